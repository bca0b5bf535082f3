import { Readable } from "node:stream";
import { getActor } from "#server/auth/session.ts";
import { AppError } from "#server/core/errors.ts";
import { streamExport } from "#server/leads/commands/stream-export.ts";
import { leadFilter } from "#server/leads/schema.ts";
import { authorise } from "#server/trpc/init.ts";
import { authenticateKey, problemOf } from "#server/trpc/rest.ts";
import { readAs, readQuery } from "#server/trpc/rest-input.ts";

/** GET /leads/export with the filter of the list, for an API key or a signed-in person. */
export async function GET(request: Request): Promise<Response> {
  try {
    const isKey = request.headers.has("authorization");
    const who = authorise(isKey ? { kind: "api_key", holder: await authenticateKey(request) } : await getActor(), "leads:export");
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
