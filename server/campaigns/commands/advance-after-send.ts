import type { Tx } from "#server/core/db.ts";
import { setDue } from "#server/jobs/due.ts";
import { ENROLMENT_DUE } from "../constants.ts";
import { nextMail } from "../domain/next-step.ts";
import { addWorkingDays, weekendOf } from "../domain/working-days.ts";
import { dayAt, instantOf, isKnownZone } from "../domain/zone-days.ts";
import { publicHolidays } from "../holidays.ts";
import { readRules } from "../queries/load-due-people.ts";
import { loadSteps } from "../queries/load-steps.ts";
import { closeEnrolments } from "./close-enrolments.ts";

export type SentStep = { enrolmentId: string; stepId: string; messageId: string; sentAt: Date };

type Place = {
  campaignId: string;
  leadId: string;
  status: string;
  stepId: string | null;
  position: number;
  rules: unknown;
  country: string | null;
  zone: string | null;
  mailboxZone: string | null;
};

/** From the second working day before, a plan is exact: only then is it worth a look. */
const EXACT_WORKING_DAYS = 2;

/**
 * Called in the transaction that marks a message sent: the person moves to the next mail, after the working days between, or is
 * finished. Calling it again for the same step changes nothing.
 */
export async function advanceAfterSend(tx: Tx, sent: SentStep): Promise<void> {
  const [place] = await tx.$queryRaw<Place[]>`
    with used as (
      update send_slots set used_at = ${sent.sentAt}
      where workspace_id = ${tx.workspaceId}::uuid and enrolment_id = ${sent.enrolmentId}::uuid and step_id = ${sent.stepId}::uuid
        and released_at is null and used_at is null
    )
    select e.campaign_id as "campaignId", e.lead_id as "leadId", e.status, e.step_id as "stepId", s.position, c.rules,
      upper(coalesce(l.country, a.country)) as country, coalesce(l.time_zone, a.time_zone) as zone, b.time_zone as "mailboxZone"
    from enrolments e
    join campaigns c on c.workspace_id = e.workspace_id and c.id = e.campaign_id
    join campaign_steps s on s.workspace_id = e.workspace_id and s.id = ${sent.stepId}::uuid
    join leads l on l.workspace_id = e.workspace_id and l.id = e.lead_id
    left join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
    left join mailboxes b on b.workspace_id = e.workspace_id and b.id = e.mailbox_id
    where e.workspace_id = ${tx.workspaceId}::uuid and e.id = ${sent.enrolmentId}::uuid for no key update of e`;
  if (!place) return;
  await tx.enrolment.updateMany({ where: { id: sent.enrolmentId }, data: { lastSentAt: sent.sentAt } });
  if (place.stepId !== sent.stepId || (place.status !== "active" && place.status !== "paused")) return;

  const next = nextMail(await loadSteps(tx, place.campaignId), { position: place.position });
  if (!next) {
    await closeEnrolments(tx, { leadIds: [place.leadId], campaignId: place.campaignId, status: "finished", reason: "Every mail was sent" });
    return;
  }
  const { notBefore, lookAt } = waitOf(place, sent.sentAt.getTime(), next.waitWorkingDays);
  const dueAt = place.status === "active" ? new Date(Math.max(tx.now.getTime(), lookAt)) : null;
  await tx.enrolment.updateMany({
    where: { id: sent.enrolmentId },
    data: {
      stepId: next.step.id,
      notBefore: new Date(notBefore),
      plannedAt: new Date(notBefore),
      planKind: "not_before",
      heldBy: [],
      dueAt,
    },
  });
  if (dueAt) await setDue(tx, { kind: ENROLMENT_DUE, subjectId: sent.enrolmentId, dueAt });
}

/** The start of the day on which the wait ends, on the recipient's calendar, and when the exact plan can be made. */
function waitOf(place: Place, sentAt: number, workingDays: number): { notBefore: number; lookAt: number } {
  if (workingDays === 0) return { notBefore: sentAt, lookAt: sentAt };
  const zone = [place.zone, place.mailboxZone].find((candidate) => candidate !== null && isKnownZone(candidate)) ?? "UTC";
  const rules = readRules(place.rules);
  const calendar = {
    weekend: weekendOf(place.country),
    holidays: rules.skipHolidays ? publicHolidays(place.country, sentAt) : new Map<number, string>(),
  };
  const today = dayAt(zone, sentAt);
  const lookDay = addWorkingDays(today, Math.max(0, workingDays - EXACT_WORKING_DAYS), calendar);
  return { notBefore: instantOf(zone, addWorkingDays(today, workingDays, calendar), 0), lookAt: instantOf(zone, lookDay, 0) };
}
