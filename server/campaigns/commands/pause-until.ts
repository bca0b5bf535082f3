import type { Tx } from "#server/core/db.ts";
import { replanEnrolments } from "./replan-enrolments.ts";

/**
 * The person is away up to and including `untilOn` ("2026-03-09"): nothing is sent before the next working day. The booked instant
 * is given back and a new one is planned; the timeline says why it moved.
 */
export async function pauseUntil(tx: Tx, input: { leadId: string; untilOn: string; reason: string }): Promise<{ enrolmentIds: string[] }> {
  const rows = await tx.$queryRaw<{ id: string; status: string }[]>`
    update enrolments set away_until = greatest(away_until, ${input.untilOn}::date)
    where workspace_id = ${tx.workspaceId}::uuid and lead_id = ${input.leadId}::uuid and status in ('active', 'paused')
    returning id, status`;
  const active = rows.filter((row) => row.status === "active").map((row) => row.id);
  await replanEnrolments(tx, { enrolmentIds: active, cause: "away", reason: input.reason });
  return { enrolmentIds: rows.map((row) => row.id) };
}
