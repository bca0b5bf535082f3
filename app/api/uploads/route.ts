import { can } from "#server/auth/constants.ts";
import { getActor } from "#server/auth/session.ts";
import { AppError } from "#server/core/errors.ts";
import { receiveUpload } from "#server/imports/commands/receive-upload.ts";
import { services } from "#server/services.ts";
import { isOwnOrigin } from "#server/trpc/origin.ts";
import { problemOf } from "#server/trpc/rest.ts";

/** A list, streamed straight into the file store: the body is never held in memory and never passes proxy.ts. */
export async function POST(request: Request): Promise<Response> {
  try {
    if (!isOwnOrigin(request)) throw new AppError("FORBIDDEN", "This request did not come from one of our pages.");
    const actor = await getActor();
    if (actor?.kind !== "person" || !actor.membership) throw new AppError("UNAUTHENTICATED", "Sign in first.");
    if (!can(actor.membership.role, "leads:write")) throw new AppError("FORBIDDEN", "Only reps and managers can import people.");
    const stored = await receiveUpload(services, actor.membership.workspaceId, { request, userId: actor.signedIn.userId });
    return Response.json(stored, { status: 201, headers: { "cache-control": "private, no-store" } });
  } catch (error) {
    return problemOf(error);
  }
}
