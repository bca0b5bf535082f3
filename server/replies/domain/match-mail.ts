import type { ReceivedMail } from "./mail.ts";
import type { MailReading } from "./read-mail.ts";

/** `id`: null for a mail that one of us wrote by hand. */
export type OurMessage = { id: string | null; messageIdHeader: string; leadId: string | null; toAddress: string; sentAt: Date | null };
export type KnownLead = { id: string; email: string };

export type MailMatch = {
  messageId: string | null;
  leadId: string | null;
  /** same: whom we wrote to; colleague: another known person; stranger: nobody we know, in our conversation */
  author: "same" | "colleague" | "stranger";
  authorLeadId: string | null;
  by: "in_reply_to" | "references" | "returned" | "recipient" | "address" | "calendar" | "none";
};

const NO_MATCH: MailMatch = { messageId: null, leadId: null, author: "stranger", authorLeadId: null, by: "none" };

/** The Message-IDs under which our message may be found, nearest first. */
export function answeredIds(mail: ReceivedMail, reading: MailReading): string[] {
  const returned =
    reading.kind === "bounce" ? reading.bounce.returnedIds : reading.kind === "complaint" ? reading.complaint.returnedIds : [];
  return [...new Set([...mail.inReplyTo, ...mail.references.toReversed(), ...returned])];
}

/** The addresses that may be a lead's: the sender, or whom a report is about. */
export function spokenAddresses(mail: ReceivedMail, reading: MailReading): string[] {
  if (reading.kind === "bounce") return reading.bounce.recipients.map((recipient) => recipient.address);
  if (reading.kind === "complaint") return reading.complaint.recipient ? [reading.complaint.recipient] : [];
  return mail.from ? [mail.from.address] : [];
}

/** Headers first, the address after: the nearest Message-ID of ours that it names, else the latest we wrote to that person. */
export function chooseMatch(mail: ReceivedMail, reading: MailReading, ours: readonly OurMessage[], leads: readonly KnownLead[]): MailMatch {
  const speaker = leads.find((lead) => spokenAddresses(mail, reading).includes(lead.email)) ?? null;
  for (const id of answeredIds(mail, reading)) {
    const message = ours.find((one) => one.messageIdHeader === id);
    if (!message) continue;
    const by = mail.inReplyTo.includes(id) ? "in_reply_to" : mail.references.includes(id) ? "references" : "returned";
    const isReport = reading.kind === "bounce" || reading.kind === "complaint";
    const isSame = isReport || mail.from?.address === message.toAddress || (speaker !== null && speaker.id === message.leadId);
    return {
      messageId: message.id,
      leadId: message.leadId ?? speaker?.id ?? null,
      author: isSame ? "same" : speaker ? "colleague" : "stranger",
      authorLeadId: speaker?.id ?? null,
      by,
    };
  }
  if (!speaker) return NO_MATCH;
  const latest = ours
    .filter((one) => one.leadId === speaker.id && one.sentAt !== null)
    .toSorted((a, b) => (b.sentAt?.getTime() ?? 0) - (a.sentAt?.getTime() ?? 0))[0];
  return {
    messageId: latest?.id ?? null,
    leadId: speaker.id,
    author: "same",
    authorLeadId: speaker.id,
    by: reading.kind === "bounce" ? "recipient" : "address",
  };
}
