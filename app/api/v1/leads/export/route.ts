import { Readable } from "node:stream";
import { getActor } from "#server/auth/session.ts";
import { AppError } from "#server/core/errors.ts";
import { readAtMost } from "#server/core/read-at-most.ts";
import { streamExport } from "#server/leads/commands/stream-export.ts";
import { exportFilter } from "#server/leads/schema.ts";
import { authorise, type WorkspaceContext } from "#server/trpc/init.ts";
import { isOwnOrigin } from "#server/trpc/origin.ts";
import { authenticateKey, problemOf } from "#server/trpc/rest.ts";
import { readAs, readQuery } from "#server/trpc/rest-input.ts";

const MOST_BYTES = 1_000_000;

/** GET /leads/export with the filter of the list, for an API key or a signed-in person. */
export async function GET(request: Request): Promise<Response> {
  try {
    const isKey = request.headers.has("authorization");
    const who = authorise(isKey ? { kind: "api_key", holder: await authenticateKey(request) } : await getActor(), "leads:export");
    return exported(who, new URL(request.url).searchParams);
  } catch (error) {
    return problemOf(error);
  }
}

/** The same as a form of our pages: no address holds everybody that may be chosen by hand, and the form names its own workspace. */
export async function POST(request: Request): Promise<Response> {
  try {
    if (!isOwnOrigin(request)) throw new AppError("FORBIDDEN", "This request did not come from one of our pages.");
    const body = await readAtMost(request, MOST_BYTES);
    if (!body) throw new AppError("TOO_LARGE", "Choose fewer people, or everybody of a filter.");
    const form = new URLSearchParams(body.toString());
    return exported(authorise(await getActor(form.get("workspace")), "leads:export"), form);
  } catch (error) {
    return problemOf(error);
  }
}

function exported(who: WorkspaceContext, asked: URLSearchParams): Response {
  const filter = exportFilter.safeParse(readAs(exportFilter, readQuery(asked), "query"));
  if (!filter.success) throw new AppError("INVALID_INPUT", "This filter is not one of the list of people.");
  const body = Readable.toWeb(Readable.from(streamExport(who.workspaceId, filter.data, who))) as ReadableStream;
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="people.csv"',
      "cache-control": "private, no-store",
    },
  });
}
