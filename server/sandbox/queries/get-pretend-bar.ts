import type * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import { currentStep, type Done } from "../domain/guide.ts";
import { guideSteps, type pretendBarView } from "../schema.ts";

type Row = Omit<Done, "looked"> & { timeZone: string; guideStep: number; runningId: string | null; nadiaId: string | null };

/** The bar over every page of a pretend workspace; null in a live one. Its step is read from what has really been done. */
export async function getPretendBar(tx: Tx): Promise<z.output<typeof pretendBarView> | null> {
  const rows = await tx.$queryRaw<Row[]>`
    select w.time_zone as "timeZone", w.guide_step as "guideStep",
      (select id from progress where workspace_id = w.id and kind = 'sandbox-run' and status = 'running' limit 1) as "runningId",
      (select count(*)::int from leads where workspace_id = w.id) as leads,
      (select count(*)::int from drafts where workspace_id = w.id and status in ('approved', 'rejected')) as approved,
      (select count(*)::int from messages where workspace_id = w.id and status = 'sent') as started,
      (select count(*)::int from replies where workspace_id = w.id) as replies,
      (select count(*)::int from replies where workspace_id = w.id and read_at is not null) as "readReplies",
      (select count(*)::int from meetings where workspace_id = w.id) as meetings,
      extract(day from ${tx.now}::timestamptz - w.created_at)::int as days,
      (select id from leads where workspace_id = w.id and email = 'nadia.rossi@norvale.example') as "nadiaId"
    from workspaces w where w.id = ${tx.workspaceId}::uuid and w.kind = 'sandbox'`;
  const row = rows[0];
  if (!row) return null;
  const step = currentStep({ ...row, looked: Math.max(0, row.guideStep) });
  return {
    now: tx.now,
    timeZone: row.timeZone,
    step: step.key,
    stepNumber: guideSteps.indexOf(step.key) + 1,
    stepCount: guideSteps.length,
    sentence: step.sentence,
    link: step.link(row.nadiaId),
    hidden: row.guideStep < 0,
    runningProgressId: row.runningId,
  };
}
