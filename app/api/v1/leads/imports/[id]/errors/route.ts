import { Readable } from "node:stream";
import * as z from "zod";
import { getActor } from "#server/auth/session.ts";
import { AppError } from "#server/core/errors.ts";
import { openRowErrors } from "#server/imports/commands/stream-row-errors.ts";
import { authorise } from "#server/trpc/init.ts";
import { authenticateKey, problemOf } from "#server/trpc/rest.ts";

/** The rows with errors as CSV, for an API key or a signed-in person, whose page names its own workspace. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const isKey = request.headers.has("authorization");
    const named = new URL(request.url).searchParams.get("workspace");
    const actor = isKey ? { kind: "api_key" as const, holder: await authenticateKey(request) } : await getActor(named);
    const who = authorise(actor, "leads:read");
    const id = z.uuid().safeParse((await params).id);
    if (!id.success) throw new AppError("NOT_FOUND", "This import no longer exists.");
    const { fileName, lines } = await openRowErrors(who.workspaceId, who, id.data);
    // The mark makes spreadsheets read UTF-8; a script wants none.
    return new Response(Readable.toWeb(Readable.from(encoded(isKey ? "" : "\ufeff", lines))) as ReadableStream, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename*=UTF-8''${percent(fileName)}`,
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    return problemOf(error);
  }
}

async function* encoded(mark: string, lines: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  if (mark) yield encoder.encode(mark);
  for await (const each of lines) yield encoder.encode(each);
}

/** RFC 8187: a header carries no other letters. */
function percent(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}
