import type { Tx } from "#server/core/db.ts";
import { readMany } from "#server/core/read-many.ts";
import { sqlList } from "#server/core/sql-list.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { setDue } from "#server/jobs/due.ts";
import { ENROLMENT_DUE } from "../constants.ts";
import { nextMail } from "../domain/next-step.ts";
import { loadSteps } from "../queries/load-steps.ts";
import { waitOf } from "../queries/wait-of.ts";
import { closeEnrolments } from "./close-enrolments.ts";

export type SentStep = { enrolmentId: string; stepId: string; messageId: string; sentAt: Date };

type Place = {
  enrolmentId: string;
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

/** One person moves on after their mail; see `advanceAllAfterSend`. */
export async function advanceAfterSend(tx: Tx, sent: SentStep): Promise<void> {
  await advanceAllAfterSend(tx, [sent]);
}

type Moved = { id: string; sentAt: Date; stepId: string; notBefore: Date; dueAt: Date | null };

/**
 * What sent mails mean for their campaigns: each person moves to the next mail, after the working days between, or is finished. Set-based,
 * because it runs for every mail that leaves. Calling it again for the same steps changes nothing.
 */
export async function advanceAllAfterSend(tx: Tx, sent: readonly SentStep[]): Promise<void> {
  if (sent.length === 0) return;
  const byEnrolment = new Map(sent.map((one) => [one.enrolmentId, one]));
  const places = await loadPlaces(tx, sent);
  const steps = new Map<string, Awaited<ReturnType<typeof loadSteps>>>();
  for (const id of new Set(places.map((place) => place.campaignId))) steps.set(id, await loadSteps(tx, id));

  const moved: Moved[] = [];
  const finished = new Map<string, string[]>();
  for (const place of places) {
    const one = byEnrolment.get(place.enrolmentId);
    if (!one || place.stepId !== one.stepId || (place.status !== "active" && place.status !== "paused")) continue;
    const next = nextMail(steps.get(place.campaignId) ?? [], { position: place.position });
    if (!next) {
      finished.set(place.campaignId, [...(finished.get(place.campaignId) ?? []), place.leadId]);
      continue;
    }
    const { notBefore, lookAt } = waitOf(place, one.sentAt.getTime(), next.waitWorkingDays);
    const dueAt = place.status === "active" ? new Date(Math.max(tx.now.getTime(), lookAt)) : null;
    moved.push({ id: place.enrolmentId, sentAt: one.sentAt, stepId: next.step.id, notBefore: new Date(notBefore), dueAt });
  }
  await moveOn(tx, moved);
  const isMoved = new Set(moved.map((one) => one.id));
  await noteLastMail(
    tx,
    sent.filter((one) => !isMoved.has(one.enrolmentId)),
  );
  for (const [campaignId, leadIds] of finished)
    await closeEnrolments(tx, { leadIds, campaignId, status: "finished", reason: "Every mail was sent" });
}

/** Where these people are, locked in one order; their slots count as used, whatever became of them since. */
async function loadPlaces(tx: Tx, sent: readonly SentStep[]): Promise<Place[]> {
  const [enrolmentIds, stepIds] = [
    sqlList(
      sent.map((one) => one.enrolmentId),
      "uuid",
    ),
    sqlList(
      sent.map((one) => one.stepId),
      "uuid",
    ),
  ];
  const times = sqlList(
    sent.map((one) => one.sentAt),
    "timestamptz",
  );
  const given = Prisma.sql`unnest(${enrolmentIds}, ${stepIds}, ${times}) as g(enrolment_id, step_id, sent_at)`;
  const places = readMany<Place>(
    tx,
    Prisma.sql`
    select e.id as "enrolmentId", e.campaign_id as "campaignId", e.lead_id as "leadId", e.status, e.step_id as "stepId", s.position, c.rules,
      upper(coalesce(l.country, a.country)) as country, coalesce(l.time_zone, a.time_zone) as zone, b.time_zone as "mailboxZone"
    from ${given}
    join enrolments e on e.workspace_id = ${tx.workspaceId}::uuid and e.id = g.enrolment_id
    join campaigns c on c.workspace_id = e.workspace_id and c.id = e.campaign_id
    join campaign_steps s on s.workspace_id = e.workspace_id and s.id = g.step_id
    join leads l on l.workspace_id = e.workspace_id and l.id = e.lead_id
    left join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
    left join mailboxes b on b.workspace_id = e.workspace_id and b.id = e.mailbox_id
    order by e.id for no key update of e`,
  );
  // After the people: whoever ends their campaign holds them, and then takes their slots back.
  const used = tx.$executeRaw`
    update send_slots s set used_at = g.sent_at from ${given}
    where s.workspace_id = ${tx.workspaceId}::uuid and s.enrolment_id = g.enrolment_id and s.step_id = g.step_id and s.released_at is null and s.used_at is null`;
  return (await Promise.all([places, used]))[0];
}

/** The last mail is noted whatever became of the person since. */
async function noteLastMail(tx: Tx, sent: readonly SentStep[]): Promise<void> {
  if (sent.length === 0) return;
  await tx.$executeRaw`
    update enrolments e set last_sent_at = g.sent_at from unnest(${sent.map((one) => one.enrolmentId)}::uuid[], ${sent.map((one) => one.sentAt)}::timestamptz[]) as g(id, sent_at)
    where e.workspace_id = ${tx.workspaceId}::uuid and e.id = g.id`;
}

async function moveOn(tx: Tx, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return;
  const ids = (key: "id" | "stepId") =>
    sqlList(
      moved.map((one) => one[key]),
      "uuid",
    );
  const times = (key: "sentAt" | "notBefore" | "dueAt") =>
    sqlList(
      moved.map((one) => one[key]),
      "timestamptz",
    );
  const placed = tx.$executeRaw`
    update enrolments e set last_sent_at = g.sent_at, step_id = g.step_id, not_before = g.not_before, planned_at = g.not_before, plan_kind = 'not_before',
      held_by = '[]'::jsonb, due_at = g.due_at
    from unnest(${ids("id")}, ${times("sentAt")}, ${ids("stepId")}, ${times("notBefore")}, ${times("dueAt")})
      as g(id, sent_at, step_id, not_before, due_at)
    where e.workspace_id = ${tx.workspaceId}::uuid and e.id = g.id`;
  const looks = moved.flatMap((one) => (one.dueAt ? [{ kind: ENROLMENT_DUE, subjectId: one.id, dueAt: one.dueAt }] : []));
  await Promise.all([placed, setDue(tx, looks)]);
}
