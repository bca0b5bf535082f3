import type * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import { currentStep } from "../domain/guide.ts";
import { guideSteps, type pretendBarView } from "../schema.ts";

/** The bar over every page of a pretend workspace; null in a live one. Its step is read from what has really been done. */
export async function getPretendBar(tx: Tx): Promise<z.output<typeof pretendBarView> | null> {
  const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: tx.workspaceId } });
  if (workspace.kind !== "sandbox") return null;
  const running = await tx.progress.findFirst({ where: { kind: "sandbox-run", status: "running" }, select: { id: true } });
  const done = await readDone(tx);
  const step = currentStep({ ...done, looked: Math.max(0, workspace.guideStep) });
  return {
    now: tx.now,
    timeZone: workspace.timeZone,
    step: step.key,
    stepNumber: guideSteps.indexOf(step.key) + 1,
    stepCount: guideSteps.length,
    sentence: step.sentence,
    link: step.link(done.nadiaId),
    hidden: workspace.guideStep < 0,
    runningProgressId: running?.id ?? null,
  };
}

async function readDone(tx: Tx) {
  const [row] = await tx.$queryRaw<
    {
      leads: number;
      approved: number;
      started: number;
      replies: number;
      readReplies: number;
      meetings: number;
      days: number;
      nadiaId: string | null;
    }[]
  >`
    select (select count(*)::int from leads where workspace_id = ${tx.workspaceId}::uuid) as leads,
      (select count(*)::int from drafts where workspace_id = ${tx.workspaceId}::uuid and status in ('approved', 'rejected')) as approved,
      (select count(*)::int from messages where workspace_id = ${tx.workspaceId}::uuid and status = 'sent') as started,
      (select count(*)::int from replies where workspace_id = ${tx.workspaceId}::uuid) as replies,
      (select count(*)::int from replies where workspace_id = ${tx.workspaceId}::uuid and read_at is not null) as "readReplies",
      (select count(*)::int from meetings where workspace_id = ${tx.workspaceId}::uuid) as meetings,
      (select extract(day from ${tx.now}::timestamptz - created_at)::int from workspaces where id = ${tx.workspaceId}::uuid) as days,
      (select id from leads where workspace_id = ${tx.workspaceId}::uuid and email = 'nadia.rossi@norvale.example') as "nadiaId"`;
  return row ?? { leads: 0, approved: 0, started: 0, replies: 0, readReplies: 0, meetings: 0, days: 0, nadiaId: null };
}
