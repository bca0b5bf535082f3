import { Readable } from "node:stream";
import { can } from "#server/auth/constants.ts";
import { getActor } from "#server/auth/session.ts";
import { AppError } from "#server/core/errors.ts";
import { streamExport } from "#server/leads/commands/stream-export.ts";
import { leadFilter } from "#server/leads/schema.ts";
import { authenticateKey, problemOf } from "#server/trpc/rest.ts";
import { readAs, readQuery } from "#server/trpc/rest-input.ts";

/** GET /leads/export with the filter of the list, for an API key or a signed-in person. */
export async function GET(request: Request): Promise<Response> {
  try {
    const who = await exporterOf(request);
    const filter = leadFilter.safeParse(readAs(leadFilter, readQuery(new URL(request.url).searchParams), "query"));
    if (!filter.success) throw new AppError("INVALID_INPUT", "This filter is not one of the list of people.");
    const body = Readable.toWeb(Readable.from(streamExport(who.workspaceId, filter.data, who))) as ReadableStream;
    return new Response(body, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="people.csv"',
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    return problemOf(error);
  }
}

async function exporterOf(request: Request) {
  if (request.headers.has("authorization")) {
    const { workspaceId, userId, role, scopes } = await authenticateKey(request);
    if (!(scopes.includes("*") || scopes.includes("leads:export")) || !can(role, "leads:export"))
      throw new AppError("FORBIDDEN", "This API key lacks the scope leads:export.");
    return { workspaceId, userId, role, actorKind: "api_key" as const };
  }
  const actor = await getActor();
  if (actor?.kind !== "person" || !actor.membership) throw new AppError("UNAUTHENTICATED", "Sign in, or send an API key.");
  const { workspaceId, role } = actor.membership;
  if (!can(role, "leads:export")) throw new AppError("FORBIDDEN", "Only reps and managers can export people.");
  return { workspaceId, userId: actor.signedIn.userId, role, actorKind: "person" as const };
}
