import { recordAudit } from "#server/audit/commands.ts";
import { seesEverything } from "#server/auth/constants.ts";
import { asViewer, inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { exportHeadings, exportSlice } from "../queries/export-leads.ts";
import type { LeadFilter } from "../schema.ts";

type Slice = ReturnType<typeof exportSlice>;

/** Everybody whom the filter matches, as CSV, a slice per short transaction: memory stays flat however many there are. */
export async function* streamExport(
  workspaceId: WorkspaceId,
  filter: LeadFilter,
  by: Viewer & { actorKind: "person" | "api_key" },
): AsyncGenerator<Uint8Array> {
  const { fields, line } = await inWorkspace(workspaceId, async (tx) => {
    await recordAudit(tx, { actorId: by.userId, actorKind: by.actorKind, action: "lead/exported", subjectType: "lead", subjectId: null });
    return exportHeadings(tx);
  });
  const encoder = new TextEncoder();
  // The mark makes spreadsheets read UTF-8.
  yield encoder.encode(`\ufeff${line}`);
  let after: string | null = null;
  do {
    const from: string | null = after;
    const read = (): Slice => inWorkspace(workspaceId, (tx) => exportSlice(tx, filter, by, fields, from));
    const slice: Awaited<Slice> = await (seesEverything(by.role) ? read() : asViewer({ userId: by.userId, kind: "read" }, read));
    if (slice.lines) yield encoder.encode(slice.lines);
    after = slice.after;
  } while (after !== null);
}
