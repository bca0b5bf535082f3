import * as z from "zod";
import { inWorkspace } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { requireImport, rowErrorsCsv } from "#server/imports/queries/list-imports.ts";
import { authorise } from "#server/trpc/init.ts";
import { authenticateKey, problemOf } from "#server/trpc/rest.ts";

/** The rows with errors as CSV. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const holder = await authenticateKey(request);
    authorise({ kind: "api_key", holder }, "leads:read");
    const id = z.uuid().safeParse((await params).id);
    if (!id.success) throw new AppError("NOT_FOUND", "This import no longer exists.");
    const { text } = await inWorkspace(holder.workspaceId, async (tx) => {
      await requireImport(tx, holder, id.data);
      return rowErrorsCsv(tx, id.data);
    });
    return new Response(text, { headers: { "content-type": "text/csv; charset=utf-8", "cache-control": "private, no-store" } });
  } catch (error) {
    return problemOf(error);
  }
}
