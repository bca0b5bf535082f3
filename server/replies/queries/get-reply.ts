import { cityOfZone, clockInWords } from "#server/campaigns/domain/zone-days.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { Viewer } from "#server/teams/queries.ts";
import type { ReplyDetail } from "../schema.ts";
import { requireReply } from "./find-reply.ts";
import { findReplyRow } from "./list-replies.ts";
import { readSuggestion } from "./read-suggestion.ts";
import { readThread } from "./read-thread.ts";

/** Everything that the inbox shows about one reply: the conversation, what was done, the suggestion, the person. */
export async function getReply(tx: Tx, viewer: Viewer, id: string): Promise<ReplyDetail> {
  const row = await findReplyRow(tx, viewer, id);
  if (!row) throw new AppError("NOT_FOUND", "This reply no longer exists.");
  const reply = await requireReply(tx, viewer, id);
  const mailbox = await tx.mailbox.findFirst({ where: { id: row.mailboxId }, select: { address: true, removedAt: true } });
  const cannot =
    reply.class === "bounce" || row.fromAddress === ""
      ? "Nobody reads answers at that address."
      : mailbox?.removedAt
        ? "The mailbox that received it is no longer connected."
        : reply.class === "remove_me"
          ? "They asked to be left alone."
          : null;
  return {
    ...row,
    evidence: reply.evidence,
    confidence: reply.confidence,
    referral: reply.referral,
    actions: reply.actions,
    mailboxAddress: mailbox?.address ?? "",
    canAnswer: cannot === null,
    cannotAnswerBecause: cannot ?? reply.noAnswerBecause,
    suggestion: await readSuggestion(tx, { replyId: id }),
    thread: await readThread(tx, reply),
    lead: row.leadId ? await readLeadPanel(tx, row.leadId) : null,
  };
}

async function readLeadPanel(tx: Tx, leadId: string): Promise<ReplyDetail["lead"]> {
  const lead = await tx.lead.findFirst({ where: { id: leadId }, include: { account: true, state: true, score: true } });
  if (!lead) return null;
  const enrolment = await tx.enrolment.findFirst({
    where: { leadId },
    orderBy: { enteredAt: "desc" },
    include: { campaign: { select: { name: true } } },
  });
  const owner = await tx.member.findFirst({ where: { userId: lead.ownerId }, select: { fullName: true } });
  const colleagues = lead.accountId
    ? await tx.lead.findMany({
        where: { accountId: lead.accountId, id: { not: leadId }, deletedAt: null },
        orderBy: [{ fullName: "asc" }, { id: "asc" }],
        take: 5,
        select: { id: true, fullName: true, state: { select: { contactState: true } } },
      })
    : [];
  const zone = lead.timeZone ?? lead.account?.timeZone ?? null;
  const reasons = Array.isArray(lead.score?.contributions) ? (lead.score.contributions as { label?: unknown; points?: unknown }[]) : [];
  return {
    id: lead.id,
    fullName: lead.fullName,
    title: lead.title,
    email: lead.email,
    company: lead.account?.name ?? null,
    companyDomain: lead.account?.domain ?? null,
    employees: lead.account?.employees ?? null,
    place: lead.city ?? lead.account?.city ?? (zone ? cityOfZone(zone) : null),
    timeZone: zone,
    localTime: zone ? clockInWords(zone, tx.now.getTime()) : null,
    grade: lead.state?.grade ?? null,
    score: lead.state?.score ?? null,
    contactState: lead.state?.contactState ?? null,
    reasons: reasons
      .filter(
        (reason): reason is { label: string; points: number } => typeof reason.label === "string" && typeof reason.points === "number",
      )
      .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
      .slice(0, 4)
      .map(({ label, points }) => ({ label, points })),
    campaign: enrolment?.campaign.name ?? null,
    campaignState: enrolment ? { status: enrolment.status, reason: enrolment.stopReason ?? enrolment.pausedReason } : null,
    ownerName: owner?.fullName ?? null,
    colleagues: colleagues.map(({ state, ...colleague }) => ({ ...colleague, state: state?.contactState ?? "free" })),
  };
}
