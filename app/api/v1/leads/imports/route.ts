import { can } from "#server/auth/constants.ts";
import type { KeyHolder } from "#server/auth/queries.ts";
import { AppError } from "#server/core/errors.ts";
import { importUpload } from "#server/imports/commands/receive-upload.ts";
import { services } from "#server/services.ts";
import { authenticateKey, problemOf } from "#server/trpc/rest.ts";

/** POST /leads/imports with a `text/csv` body: streamed, so it stands beside the generated calls. 202 {id}; the state is at /leads/imports/{id}. */
export async function POST(request: Request): Promise<Response> {
  try {
    const holder = await authenticateKey(request);
    requireScope(holder);
    const stored = await importUpload(services, holder.workspaceId, { request, userId: holder.userId });
    return Response.json(stored, { status: 202, headers: { "cache-control": "private, no-store" } });
  } catch (error) {
    return problemOf(error);
  }
}

function requireScope(holder: KeyHolder): void {
  if (!holder.scopes.includes("*") && !holder.scopes.includes("leads:write"))
    throw new AppError("FORBIDDEN", "This API key lacks the scope leads:write.");
  if (!can(holder.role, "leads:write")) throw new AppError("FORBIDDEN", "The person who made this API key may no longer do this.");
}
