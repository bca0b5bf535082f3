import { getActor } from "#server/auth/session.ts";
import { AppError } from "#server/core/errors.ts";
import { receiveUpload } from "#server/imports/commands/receive-upload.ts";
import { services } from "#server/services.ts";
import { authorise } from "#server/trpc/init.ts";
import { isOwnOrigin } from "#server/trpc/origin.ts";
import { problemOf } from "#server/trpc/rest.ts";

/** A list, streamed straight into the file store: the body is never held in memory and never passes proxy.ts. */
export async function POST(request: Request): Promise<Response> {
  try {
    if (!isOwnOrigin(request)) throw new AppError("FORBIDDEN", "This request did not come from one of our pages.");
    const { workspaceId, userId } = authorise(await getActor(), "leads:write");
    const stored = await receiveUpload(services, workspaceId, { request, userId });
    return Response.json(stored, { status: 201, headers: { "cache-control": "private, no-store" } });
  } catch (error) {
    return problemOf(error);
  }
}
