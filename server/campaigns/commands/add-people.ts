import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { AudienceSplit, SplitCode } from "#server/enrolments/schema.ts";
import { setDue } from "#server/jobs/due.ts";
import { campaignPeopleAdded } from "#server/jobs/events.ts";
import { emit } from "#server/jobs/outbox.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { ENROLMENT_DUE } from "../constants.ts";
import { nextMail } from "../domain/next-step.ts";
import { loadSteps } from "../queries/load-steps.ts";
import { splitAudience, splitRows } from "../queries/split-audience.ts";
import { readmitPeople, reopenFinished } from "./return-people.ts";
import { lockCampaign } from "./start-campaign.ts";
import { wakeCampaign } from "./wake-campaign.ts";

const EVENT_IDS = 500;

export type AddPeople = { campaignId: string; leadIds: readonly string[]; byId: string | null; include?: readonly SplitCode[] };

/**
 * Puts people into a campaign by the split that was shown. One campaign at a time per person is held by the database: somebody who was
 * added elsewhere meanwhile is simply not added here, and the answer says who came in. Who was taken out before comes in again when that
 * group is included.
 */
export async function addPeople(tx: Tx, input: AddPeople): Promise<{ added: number; enrolmentIds: string[]; split: AudienceSplit }> {
  const campaign = await tx.campaign.findFirst({ where: { id: input.campaignId, deletedAt: null }, select: { id: true, status: true } });
  if (!campaign) throw new AppError("NOT_FOUND", "This campaign no longer exists.");
  if (campaign.status === "stopped") throw new AppError("INVALID_STATE", "This campaign stopped itself. Resume it before adding people.");
  const split = await splitAudience(tx, input);
  const chosen = (await splitRows(tx, input)).filter((row) => row.code === "will_be_added");
  const fresh = chosen.filter((row) => !row.wasHere).map((row) => row.id);
  const first = nextMail(await loadSteps(tx, campaign.id), null);
  const isRunning = campaign.status === "running" || campaign.status === "finished";
  const dueAt = isRunning ? tx.now : null;
  const added = await tx.$queryRaw<{ id: string; leadId: string }[]>`
    insert into enrolments (id, workspace_id, campaign_id, lead_id, account_id, status, step_id, due_at, entered_by_id, entered_at)
    select t.id, ${tx.workspaceId}::uuid, ${campaign.id}::uuid, l.id, l.account_id, 'active', ${first?.step.id ?? null}::uuid, ${dueAt}::timestamptz, ${input.byId}::uuid, ${tx.now}
    from unnest(${fresh.map(() => newId())}::uuid[], ${fresh}::uuid[]) with ordinality as t(id, lead_id, place)
    join leads l on l.workspace_id = ${tx.workspaceId}::uuid and l.id = t.lead_id and l.deleted_at is null
    order by t.place
    on conflict do nothing
    returning id, lead_id as "leadId"`;
  const wereHere = chosen.filter((row) => row.wasHere).map((row) => row.id);
  if (wereHere.length > 0)
    added.push(...(await readmitPeople(tx, { campaignId: campaign.id, leadIds: wereHere, byId: input.byId, dueAt })));
  const enrolmentIds = added.map((row) => row.id);
  if (enrolmentIds.length === 0) return { added: 0, enrolmentIds, split };

  // Started, resumed or finished since it was read above: whoever did that did not see these people yet. Locked last, because mails of this
  // campaign wait for the row.
  const { status } = await lockCampaign(tx, campaign.id);
  await reopenFinished(tx, { id: campaign.id, status });
  if (dueAt)
    await setDue(
      tx,
      enrolmentIds.map((id) => ({ kind: ENROLMENT_DUE, subjectId: id, dueAt })),
    );
  else await wakeCampaign(tx, campaign.id);
  await recordAdded(tx, campaign.id, input.byId, added);
  await refreshLeadState(
    tx,
    added.map((row) => row.leadId),
  );
  for (let from = 0; from < enrolmentIds.length; from += EVENT_IDS) {
    await emit(
      tx,
      campaignPeopleAdded.create({
        workspaceId: tx.workspaceId,
        campaignId: campaign.id,
        enrolmentIds: enrolmentIds.slice(from, from + EVENT_IDS),
      }),
    );
  }
  return { added: added.length, enrolmentIds, split };
}

/** One statement for thousands of people: the stream of each says when they came in. */
async function recordAdded(
  tx: Tx,
  campaignId: string,
  byId: string | null,
  added: readonly { id: string; leadId: string }[],
): Promise<void> {
  await tx.$executeRaw`
    insert into activities (id, workspace_id, kind, lead_id, campaign_id, actor_id, detail, occurred_at)
    select t.id, ${tx.workspaceId}::uuid, 'campaign/person.added', t.lead_id, ${campaignId}::uuid, ${byId}::uuid, jsonb_build_object('enrolmentId', t.enrolment_id), ${tx.now}
    from unnest(${added.map(() => newId())}::uuid[], ${added.map((row) => row.leadId)}::uuid[], ${added.map((row) => row.id)}::uuid[]) as t(id, lead_id, enrolment_id)`;
}
