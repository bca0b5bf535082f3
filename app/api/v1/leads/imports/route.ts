import { can } from "#server/auth/constants.ts";
import type { KeyHolder } from "#server/auth/queries.ts";
import { AppError } from "#server/core/errors.ts";
import { receiveImport } from "#server/imports/commands/receive-upload.ts";
import { services } from "#server/services.ts";
import { answerOnce } from "#server/trpc/idempotency.ts";
import { authenticateKey, problemOf } from "#server/trpc/rest.ts";

/** POST /leads/imports with a `text/csv` body: streamed, so it stands beside the generated calls. 202 {id}; the state is at /leads/imports/{id}. */
export async function POST(request: Request): Promise<Response> {
  try {
    const holder = await authenticateKey(request);
    requireScope(holder);
    const { digest, start } = await receiveImport(services, holder.workspaceId, { request, userId: holder.userId });
    const accepted = (stored: { id: string }) => Response.json(stored, { status: 202, headers: { "cache-control": "private, no-store" } });
    return await answerOnce({ request, body: digest, isOneTransaction: false }, holder, () => start().then(accepted, problemOf));
  } catch (error) {
    return problemOf(error);
  }
}

function requireScope(holder: KeyHolder): void {
  if (!holder.scopes.includes("*") && !holder.scopes.includes("leads:write"))
    throw new AppError("FORBIDDEN", "This API key lacks the scope leads:write.");
  if (!can(holder.role, "leads:write")) throw new AppError("FORBIDDEN", "The person who made this API key may no longer do this.");
}
