import { receiveImport } from "#server/imports/commands/receive-upload.ts";
import { services } from "#server/services.ts";
import { answerOnce } from "#server/trpc/idempotency.ts";
import { authorise } from "#server/trpc/init.ts";
import { authenticateKey, problemOf } from "#server/trpc/rest.ts";

/** POST /leads/imports with a `text/csv` body: streamed, so it stands beside the generated calls. 202 {id}; the state is at /leads/imports/{id}. */
export async function POST(request: Request): Promise<Response> {
  try {
    const holder = await authenticateKey(request);
    authorise({ kind: "api_key", holder }, "leads:write");
    const { digest, start } = await receiveImport(services, holder.workspaceId, { request, userId: holder.userId });
    const accepted = (stored: { id: string }) => Response.json(stored, { status: 202, headers: { "cache-control": "private, no-store" } });
    return await answerOnce({ request, body: digest, isOneTransaction: false }, holder, () => start().then(accepted, problemOf));
  } catch (error) {
    return problemOf(error);
  }
}
