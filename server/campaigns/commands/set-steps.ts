import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { setDue } from "#server/jobs/due.ts";
import { cancelReserved } from "#server/sending/commands/cancel-reserved.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { ENROLMENT_DUE } from "../constants.ts";
import { changedWaits } from "../domain/changed-waits.ts";
import { diffSteps, type StepDiff } from "../domain/diff-steps.ts";
import { faultsOfSteps, nextMail } from "../domain/next-step.ts";
import { loadSteps } from "../queries/load-steps.ts";
import type { CampaignStep, SetStepsInput, StepInput } from "../schema.ts";
import { closeEnrolments } from "./close-enrolments.ts";
import { moveWaiting } from "./move-waiting.ts";
import { replanEnrolments } from "./replan-enrolments.ts";

/**
 * Replaces the steps of a campaign. Step ids never change under people. `everybody`: people on a changed mail get the new words, people
 * on a removed one go on to the next, people in a changed wait are planned by the new one. `new_only`: people on it still get what they were promised; the old step is archived and
 * its successor keeps the lineage, so that nobody gets both.
 */
export async function setSteps(tx: Tx, input: SetStepsInput & { byId: string }): Promise<CampaignStep[]> {
  const [campaign] = await tx.$queryRaw<{ status: string }[]>`
    select status from campaigns where workspace_id = ${tx.workspaceId}::uuid and id = ${input.id}::uuid and deleted_at is null for no key update`;
  if (!campaign) throw new AppError("NOT_FOUND", "This campaign no longer exists.");
  const faults = faultsOfSteps(input.steps.map((step) => ({ kind: step.kind, config: step.config })) as CampaignStep[]);
  if (campaign.status !== "draft" && faults[0]) throw new AppError("INVALID_INPUT", faults[0]);
  await refuseStale(tx, input);
  const steps = await replaceSteps(tx, input);
  await recordActivity(tx, {
    kind: "campaign/steps.changed",
    campaignId: input.id,
    actorId: input.byId,
    detail: { scope: input.scope, steps: steps.length },
  });
  return steps;
}

/**
 * What somebody else saved meanwhile is not overwritten, and a step that they removed or replaced does not come back as another mail: people
 * would get its words twice.
 */
async function refuseStale(tx: Tx, input: SetStepsInput): Promise<void> {
  const here = await loadSteps(tx, input.id);
  const known = new Set(here.map((step) => step.id));
  const isOther = input.before && wordsOf(input.before) !== wordsOf(here);
  if (isOther || input.steps.some((step) => step.id && !known.has(step.id)))
    throw new AppError(
      "CONFLICT",
      "Somebody else saved other steps meanwhile. Yours are not saved; discard them to see what stands there now.",
    );
}

const wordsOf = (steps: readonly StepInput[]) => JSON.stringify(steps.map(({ id, kind, config }) => [id, kind, config]));

export async function replaceSteps(tx: Tx, input: SetStepsInput): Promise<CampaignStep[]> {
  const before = await loadSteps(tx, input.id);
  const diff = diffSteps(before, input.steps);
  for (const { step, position } of diff.kept)
    if (step.position !== position) await tx.campaignStep.updateMany({ where: { id: step.id }, data: { position } });
  for (const { step, input: wanted, position } of diff.changed) {
    if (input.scope === "everybody")
      await tx.campaignStep.updateMany({ where: { id: step.id }, data: { position, config: wanted.config } });
    else {
      await tx.campaignStep.updateMany({ where: { id: step.id }, data: { position, archivedAt: tx.now } });
      await insertStep(tx, input.id, { ...wanted, position, lineageId: step.lineageId });
    }
  }
  for (const { input: wanted, position } of diff.added) await insertStep(tx, input.id, { ...wanted, position, lineageId: newId() });
  for (const { step, position } of diff.removed)
    await tx.campaignStep.updateMany({ where: { id: step.id }, data: { position, archivedAt: tx.now } });

  const steps = await loadSteps(tx, input.id);
  if (input.scope === "everybody") {
    const waits = changedWaits(before, steps);
    await lockPeople(tx, [
      ...diff.changed.map(({ step }) => step.id),
      ...diff.removed.map(({ step }) => step.id),
      ...waits.map(({ stepId }) => stepId),
    ]);
    await applyToPeople(tx, diff, steps);
    for (const { stepId, to } of waits) await moveWaiting(tx, stepId, to);
  }
  await placeNewcomers(tx, input.id, steps);
  return steps;
}

async function insertStep(
  tx: Tx,
  campaignId: string,
  step: { kind: string; config: object; position: number; lineageId: string },
): Promise<void> {
  await tx.campaignStep.create({
    data: {
      id: newId(),
      workspaceId: tx.workspaceId,
      campaignId,
      lineageId: step.lineageId,
      position: step.position,
      kind: step.kind,
      config: { ...step.config },
      createdAt: tx.now,
    },
  });
}

/** Everybody whom the change concerns, before their mails: a mail that is withdrawn takes its locks in this order. */
async function lockPeople(tx: Tx, stepIds: string[]): Promise<void> {
  await tx.$queryRaw`
    select 1 as one from enrolments where workspace_id = ${tx.workspaceId}::uuid and step_id = any(${stepIds}::uuid[]) and status in ('active', 'paused')
    order by id for no key update`;
}

async function applyToPeople(tx: Tx, diff: StepDiff, steps: CampaignStep[]): Promise<void> {
  const rewritten = diff.changed.filter(({ step }) => step.kind === "email").map(({ step }) => step.id);
  const people = await tx.enrolment.findMany({
    where: { stepId: { in: rewritten }, status: { in: ["active", "paused"] } },
    select: { id: true, status: true, dueAt: true },
  });
  const ids = people.map((person) => person.id);
  for (const id of ids) await cancelReserved(tx, { enrolmentId: id, purposes: ["campaign"], reason: "The mail was changed" });
  await tx.draft.updateMany({
    where: { enrolmentId: { in: ids }, stepId: { in: rewritten }, status: { in: ["writing", "ready", "needs_look", "approved"] } },
    data: { status: "replaced" },
  });
  await setDue(
    tx,
    people
      .filter((person) => person.status === "active" && person.dueAt)
      .map((person) => ({ kind: ENROLMENT_DUE, subjectId: person.id, dueAt: tx.now })),
  );

  for (const { step, position } of diff.removed) {
    const waiting = await tx.enrolment.findMany({
      where: { stepId: step.id, status: { in: ["active", "paused"] } },
      select: { id: true, leadId: true, campaignId: true, dueAt: true },
    });
    const next = nextMail(steps, position === 0 ? null : { position });
    const first = waiting[0];
    if (!first) continue;
    if (!next)
      await closeEnrolments(tx, {
        leadIds: waiting.map((row) => row.leadId),
        campaignId: first.campaignId,
        status: "finished",
        reason: "The rest of the campaign was removed",
      });
    else {
      await tx.enrolment.updateMany({ where: { id: { in: waiting.map((row) => row.id) } }, data: { stepId: next.step.id } });
      await replanEnrolments(tx, {
        enrolmentIds: waiting.filter((row) => row.dueAt).map((row) => row.id),
        cause: "edited",
        reason: "The mail was removed",
      });
    }
  }
}

/** People who were added before the campaign had its first mail, or whose first mail is another one now. */
async function placeNewcomers(tx: Tx, campaignId: string, steps: CampaignStep[]): Promise<void> {
  const first = nextMail(steps, null);
  if (!first) return;
  await tx.enrolment.updateMany({
    where: { campaignId, status: { in: ["active", "paused"] }, lastSentAt: null, stepId: null },
    data: { stepId: first.step.id },
  });
}
