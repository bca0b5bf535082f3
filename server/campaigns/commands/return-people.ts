import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { setDue } from "#server/jobs/due.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { ENROLMENT_DUE } from "../constants.ts";
import { nextUnsentMail } from "../queries/next-unsent-mail.ts";
import { lockCampaign } from "./start-campaign.ts";

type Returned = { id: string; leadId: string; status: string };

/**
 * People who were taken out of a campaign come in again, in the place that they had: their mails, their thread and their mailbox stay
 * theirs, and they go on with the first mail that they have not had, after the wait that they were in. Whoever is elsewhere meanwhile stays there.
 */
export async function readmitPeople(
  tx: Tx,
  input: { campaignId: string; leadIds: readonly string[]; byId: string | null; dueAt: Date | null },
): Promise<Returned[]> {
  return bringBack(tx, {
    ...input,
    which: Prisma.sql`e.lead_id = any(${[...input.leadIds]}::uuid[])`,
    // An answer to the time before counts for the time before.
    change: Prisma.sql`status = 'active', paused_reason = null, entered_at = ${tx.now}, entered_by_id = ${input.byId}::uuid`,
  });
}

/** Undoes a person's *Take out*: everything is as it was, also who rested. Says how many came back. */
export async function putPeopleBack(
  tx: Tx,
  input: { campaignId: string; enrolmentIds: readonly string[]; byId: string },
): Promise<{ people: number }> {
  const campaign = await lockCampaign(tx, input.campaignId);
  const isRunning = campaign.status === "running" || campaign.status === "finished";
  const back = await bringBack(tx, {
    campaignId: campaign.id,
    dueAt: isRunning ? tx.now : null,
    which: Prisma.sql`e.id = any(${[...input.enrolmentIds]}::uuid[])
      and taken.actor_id is not null and taken.occurred_at = e.ended_at`,
    change: Prisma.sql`status = old.was, paused_reason = case old.was when 'paused' then 'Paused before' end`,
  });
  if (back.length > 0) await reopenFinished(tx, campaign);
  for (const { id, leadId } of back)
    await recordActivity(tx, {
      kind: "campaign/person.returned",
      leadId,
      campaignId: campaign.id,
      actorId: input.byId,
      detail: { enrolmentId: id },
    });
  return { people: back.length };
}

/** Somebody added to a finished campaign opens it again. */
export async function reopenFinished(tx: Tx, campaign: { id: string; status: string }): Promise<void> {
  if (campaign.status !== "finished") return;
  await tx.campaign.updateMany({ where: { id: campaign.id, status: "finished" }, data: { status: "running", finishedAt: null } });
}

async function bringBack(
  tx: Tx,
  input: { campaignId: string; which: Prisma.Sql; change: Prisma.Sql; dueAt: Date | null },
): Promise<Returned[]> {
  const workspace = Prisma.sql`${tx.workspaceId}::uuid`;
  const next = nextUnsentMail(workspace, Prisma.sql`e.campaign_id`, Prisma.sql`e.lead_id`);
  const back = await tx.$queryRaw<Returned[]>`
    with old as (
      select e.id, ${next} as step_id, coalesce(taken.detail ->> 'was', 'active') as was
      from enrolments e
      join leads l on l.workspace_id = e.workspace_id and l.id = e.lead_id and l.deleted_at is null
      left join lateral (
        select a.actor_id, a.occurred_at, a.detail from activities a
        where a.workspace_id = ${workspace} and a.lead_id = e.lead_id and a.campaign_id = e.campaign_id and a.kind = 'campaign/person.stopped'
        order by a.occurred_at desc, a.id desc limit 1
      ) taken on true
      where e.workspace_id = ${workspace} and e.campaign_id = ${input.campaignId}::uuid and e.status in ('stopped', 'given_up') and ${input.which}
        and not exists (select 1 from enrolments o where o.workspace_id = ${workspace} and o.lead_id = e.lead_id and o.status in ('active', 'paused'))
      order by e.id for no key update of e
    )
    update enrolments e set ${input.change}, step_id = old.step_id, stop_reason = null, ended_at = null,
      due_at = ${input.dueAt}::timestamptz
    from old
    where e.workspace_id = ${workspace} and e.id = old.id
      and (old.step_id is not null or exists (select 1 from campaigns c where c.workspace_id = ${workspace} and c.id = e.campaign_id and c.status = 'draft'))
    returning e.id, e.lead_id as "leadId", e.status`;
  const { dueAt } = input;
  if (dueAt)
    await setDue(
      tx,
      back.filter((row) => row.status === "active").map((row) => ({ kind: ENROLMENT_DUE, subjectId: row.id, dueAt })),
    );
  await refreshLeadState(
    tx,
    back.map((row) => row.leadId),
  );
  return back;
}
