import type { Tx } from "#server/core/db.ts";
import { changedWaits } from "../domain/changed-waits.ts";
import { diffSteps } from "../domain/diff-steps.ts";
import { faultsOfSteps } from "../domain/next-step.ts";
import type { CampaignStep, SetStepsInput } from "../schema.ts";
import { countWaiting } from "./count-waiting.ts";
import { loadSteps } from "./load-steps.ts";

/** Before saving: what is wrong with the steps, and how many people wait for a mail that changes, goes or comes at another time. */
export async function previewSteps(tx: Tx, input: SetStepsInput) {
  const current = await loadSteps(tx, input.id);
  const diff = diffSteps(current, input.steps);
  const touched = [...diff.changed, ...diff.removed].map(({ step }) => step).filter((step) => step.kind === "email");
  const counts = await tx.enrolment.groupBy({
    by: ["stepId"],
    where: { campaignId: input.id, stepId: { in: touched.map((step) => step.id) }, status: { in: ["active", "paused"] } },
    _count: true,
  });
  const affected = touched
    .map((step) => ({
      stepId: step.id,
      label: `Mail at place ${step.position}`,
      people: counts.find((row) => row.stepId === step.id)?._count ?? 0,
    }))
    .filter((step) => step.people > 0);
  for (const { stepId, from, to } of changedWaits(current, input.steps)) {
    if (affected.some((step) => step.stepId === stepId)) continue;
    const people = await countWaiting(tx, stepId);
    const label = `Mail at place ${current.find((step) => step.id === stepId)?.position ?? 0}, after ${to} working ${to === 1 ? "day" : "days"} instead of ${from}`;
    if (people > 0) affected.push({ stepId, label, people });
  }
  const faults = faultsOfSteps(input.steps.map((step) => ({ kind: step.kind, config: step.config })) as CampaignStep[]);
  return { faults, affected, waiting: affected.reduce((sum, step) => sum + step.people, 0) };
}
