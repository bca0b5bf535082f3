import type { Tx } from "#server/core/db.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { type NextBest, nextBest, type StandingFacts } from "../domain/next-best.ts";
import { requireLead } from "./get-lead.ts";

type Row = Omit<StandingFacts, "isNextBooked"> & { isNextBooked: boolean | null };

/** The one thing to do about this person, from what is true now. */
export async function getNextBest(tx: Tx, leadId: string, viewer: Viewer): Promise<NextBest> {
  const lead = await requireLead(tx, leadId, viewer);
  const endedMeeting = await tx.meeting.findFirst({
    where: { leadId: lead.id, state: "confirmed", outcome: null, endsAt: { lte: tx.now } },
    orderBy: { startsAt: "desc" },
    select: { id: true, startsAt: true },
  });
  const comingMeeting = await tx.meeting.findFirst({
    where: { leadId: lead.id, state: { not: "cancelled" }, endsAt: { gt: tx.now } },
    orderBy: { startsAt: "asc" },
    select: { id: true, startsAt: true },
  });
  const [standing] = await tx.$queryRaw<Pick<Row, "state" | "grade" | "nextAt" | "isNextBooked" | "draft" | "waitsUntil">[]>`
    select s.contact_state as state, s.grade, s.next_at as "nextAt", e.plan_kind = 'exact' as "isNextBooked",
      (select r.until_on::text from replies r where r.workspace_id = ${tx.workspaceId}::uuid and r.lead_id = s.id and r.class = 'not_now' and r.until_on > ${tx.now}::date
        order by r.received_at desc limit 1) as "waitsUntil"
    from lead_state s
    left join enrolments e on e.workspace_id = ${tx.workspaceId}::uuid and e.lead_id = s.id and e.status in ('active', 'paused')
    where s.workspace_id = ${tx.workspaceId}::uuid and s.id = ${lead.id}::uuid`;
  const answer = await tx.reply.findFirst({
    where: { leadId: lead.id, status: "needs_me" },
    orderBy: { receivedAt: "desc" },
    select: { id: true, class: true },
  });
  const draft = await tx.draft.findFirst({
    where: {
      leadId: lead.id,
      purpose: "campaign",
      status: { in: ["ready", "needs_look"] },
      enrolment: { status: "active", campaign: { status: "running" } },
    },
    orderBy: { approveBy: { sort: "asc", nulls: "last" } },
    select: { campaignId: true, approveBy: true },
  });
  const task = await tx.task.findFirst({
    where: { leadId: lead.id, status: "open" },
    orderBy: { dueAt: "asc" },
    select: { title: true, dueAt: true },
  });
  const deal = await tx.deal.findFirst({
    where: { leadId: lead.id, closedAt: null, acceptedAt: { not: null } },
    orderBy: { createdAt: "desc" },
    select: { id: true, nextStep: true },
  });
  return nextBest({
    state: standing?.state ?? "free",
    grade: standing?.grade ?? null,
    nextAt: standing?.nextAt ?? null,
    isNextBooked: standing?.isNextBooked === true,
    waitsUntil: standing?.waitsUntil ?? null,
    answer: answer && { replyId: answer.id, class: answer.class },
    endedMeeting,
    comingMeeting,
    draft: draft?.campaignId ? { campaignId: draft.campaignId, approveBy: draft.approveBy } : null,
    task,
    deal,
  });
}
