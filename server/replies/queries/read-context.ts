import { type Holidays, isWorkingDay as isWorking, weekendOf } from "#server/campaigns/domain/working-days.ts";
import { dayAt, isKnownZone, isoDay, parseIsoDay } from "#server/campaigns/domain/zone-days.ts";
import { publicHolidays } from "#server/campaigns/queries/public-holidays.ts";
import type { Tx } from "#server/core/db.ts";
import type { ReceivedMail } from "../domain/mail.ts";
import { answeredIds, chooseMatch, type MailMatch, spokenAddresses } from "../domain/match-mail.ts";
import type { MailReading } from "../domain/read-mail.ts";
import type { IsWorkingDay } from "../domain/until-date.ts";

export type LeadContext = {
  id: string;
  fullName: string;
  firstName: string;
  email: string | null;
  emailStatus: string;
  accountId: string | null;
  company: string | null;
  companyDomain: string | null;
  ownerId: string;
  zone: string;
};

type MessageContext = {
  id: string;
  threadId: string | null;
  campaignId: string | null;
  enrolmentId: string | null;
  subject: string;
};

export type ReadContext = {
  match: MailMatch;
  lead: LeadContext | null;
  message: MessageContext | null;
  /** The mailbox whose mail it answers, and the conversation that its headers name. */
  answeredMailboxId: string | null;
  threadId: string | null;
  today: string;
  isWorkingDay: IsWorkingDay;
};

/** What the database knows about this mail: the message of ours that it answers, the person, their working days. */
export async function readContext(tx: Tx, mail: ReceivedMail, reading: MailReading): Promise<ReadContext> {
  const ids = answeredIds(mail, reading);
  const addresses = spokenAddresses(mail, reading);
  const leads =
    addresses.length === 0
      ? []
      : await tx.lead.findMany({ where: { email: { in: addresses }, deletedAt: null }, select: { id: true, email: true } });
  const known = leads.flatMap((lead) => (lead.email ? [{ id: lead.id, email: lead.email }] : []));
  const select = { id: true, messageIdHeader: true, leadId: true, toAddress: true, sentAt: true } as const;
  const byHeader = ids.length === 0 ? [] : await tx.message.findMany({ where: { messageIdHeader: { in: ids } }, select });
  const byHand =
    ids.length === 0 || byHeader.length > 0
      ? []
      : await tx.handwrittenMail.findMany({
          where: { messageIdHeader: { in: ids } },
          select: { messageIdHeader: true, leadId: true, toAddress: true, threadId: true, mailboxId: true },
        });
  // Without a header that names us, the latest mail to that person is what they most likely answer.
  const byPerson =
    byHeader.length > 0 || byHand.length > 0 || known.length === 0
      ? []
      : await tx.message.findMany({
          where: { leadId: { in: known.map((lead) => lead.id) }, status: { in: ["sent", "uncertain"] } },
          orderBy: { sentAt: "desc" },
          take: 20,
          select,
        });
  const named = chooseMatch(
    mail,
    reading,
    [...byHeader, ...byHand.map((one) => ({ ...one, id: null, messageIdHeader: one.messageIdHeader ?? "", sentAt: null })), ...byPerson],
    known,
  );
  const match = named.by === "none" && reading.kind === "calendar_answer" ? await matchMeeting(tx, reading.answer.uid, named) : named;
  const lead = match.leadId ? await readLead(tx, match.leadId) : null;
  const message = match.messageId
    ? await tx.message.findFirst({
        where: { id: match.messageId },
        select: { id: true, threadId: true, campaignId: true, enrolmentId: true, subject: true, mailboxId: true },
      })
    : null;
  const handwritten = byHand.find((mail) => ids.includes(mail.messageIdHeader ?? ""));
  const answeredMailboxId = (match.by === "address" ? null : message?.mailboxId) ?? handwritten?.mailboxId ?? null;
  const threadId = message?.threadId ?? handwritten?.threadId ?? null;
  return {
    match,
    lead: lead?.context ?? null,
    message,
    answeredMailboxId,
    threadId,
    ...workDays(lead?.context.zone ?? "UTC", lead?.country ?? null, tx.now),
  };
}

/** A calendar names the meeting even where its mail names none of ours: a guest, or an assistant who answers for them. */
async function matchMeeting(tx: Tx, uid: string, nobody: MailMatch): Promise<MailMatch> {
  const meeting = await tx.meeting.findFirst({ where: { uid }, select: { leadId: true } });
  return meeting?.leadId ? { ...nobody, leadId: meeting.leadId, by: "calendar" } : nobody;
}

export async function readLead(tx: Tx, leadId: string): Promise<{ context: LeadContext; country: string | null } | null> {
  const lead = await tx.lead.findFirst({
    where: { id: leadId },
    select: {
      id: true,
      fullName: true,
      firstName: true,
      email: true,
      emailStatus: true,
      accountId: true,
      ownerId: true,
      timeZone: true,
      country: true,
      account: true,
    },
  });
  if (!lead) return null;
  const zone = [lead.timeZone, lead.account?.timeZone].find((one) => one && isKnownZone(one)) ?? "UTC";
  return {
    country: (lead.country ?? lead.account?.country ?? null)?.toUpperCase() ?? null,
    context: {
      id: lead.id,
      fullName: lead.fullName,
      firstName: lead.firstName ?? lead.fullName.split(" ")[0] ?? lead.fullName,
      email: lead.email,
      emailStatus: lead.emailStatus,
      accountId: lead.accountId,
      company: lead.account?.nameForMail ?? null,
      companyDomain: lead.account?.domain ?? null,
      ownerId: lead.ownerId,
      zone,
    },
  };
}

/** The day it is for the person, and which days they work. */
export function workDays(zone: string, country: string | null, now: Date): { today: string; isWorkingDay: IsWorkingDay } {
  const holidays: Holidays = publicHolidays(country, now.getTime());
  const calendar = { weekend: weekendOf(country), holidays };
  return { today: isoDay(dayAt(zone, now.getTime())), isWorkingDay: (on) => isWorking(parseIsoDay(on), calendar) };
}
