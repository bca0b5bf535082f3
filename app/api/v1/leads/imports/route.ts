import { AppError } from "#server/core/errors.ts";
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
    const { digest, start, forget } = await receiveImport(services, holder.workspaceId, { request, userId: holder.userId });
    const accepted = (stored: { id: string }) => Response.json(stored, { status: 202, headers: { "cache-control": "private, no-store" } });
    let isOurs = false;
    const run = () => {
      isOurs = true;
      return start().then(accepted, problemOf);
    };
    try {
      const answer = await answerOnce({ request, body: digest, isOneTransaction: false }, holder, run);
      if (!isOurs) await forget();
      return answer;
    } catch (error) {
      // Unless the first call with this key is still running: its file is the same, and it is about to record it.
      const comesBack = error instanceof AppError && error.retryAfterMs !== undefined;
      if (!isOurs && !comesBack) await forget();
      throw error;
    }
  } catch (error) {
    return problemOf(error);
  }
}
