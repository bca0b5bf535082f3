import type { Tx } from "#server/core/db.ts";
import { diffSteps } from "../domain/diff-steps.ts";
import { faultsOfSteps } from "../domain/next-step.ts";
import type { CampaignStep, SetStepsInput } from "../schema.ts";
import { loadSteps } from "./load-steps.ts";

/** Before saving: what is wrong with the steps, and how many people wait for a mail that changes or goes. */
export async function previewSteps(tx: Tx, input: SetStepsInput) {
  const diff = diffSteps(await loadSteps(tx, input.id), input.steps);
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
  const faults = faultsOfSteps(input.steps.map((step) => ({ kind: step.kind, config: step.config })) as CampaignStep[]);
  return { faults, affected, waiting: affected.reduce((sum, step) => sum + step.people, 0) };
}
