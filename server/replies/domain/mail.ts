/**
 * How a mail becomes an answer:
 *
 *   raw bytes ─ MailParser ─▶ ReceivedMail ─ readMail ─▶ kind (own, complaint, calendar answer, bounce, automatic, reply)
 *     ─ matchMail ─▶ the message of ours it answers ─ classifyReply ─▶ classes with spans ─ actionsFor ─▶ what is done about it
 *
 * Everything after the parser is pure: `today`, our own addresses and what the database knows arrive as arguments.
 * What a stranger wrote can only become a value of the closed sets in schema.ts, plus literal spans of its own text.
 */
export type MailAddress = { address: string; name: string };

/** A part that machines read: a delivery status, a feedback report, a returned message or its headers, a calendar. */
export type MailPart = { contentType: string; parameters: Readonly<Record<string, string>>; text: string };

/** What the parser makes of raw bytes; nothing is interpreted yet. */
export type ReceivedMail = {
  /** Names in lower case, values unfolded and decoded, in order of appearance. */
  headers: ReadonlyMap<string, readonly string[]>;
  contentType: string;
  reportType: string | null;
  messageId: string | null;
  inReplyTo: readonly string[];
  references: readonly string[];
  from: MailAddress | null;
  to: readonly MailAddress[];
  subject: string;
  sentAt: Date | null;
  /** The text a person sees: the plain part, else the HTML with hidden elements dropped and quotes marked with ">". */
  text: string;
  parts: readonly MailPart[];
};

export function headerOf(mail: ReceivedMail, name: string): string {
  return mail.headers.get(name)?.[0] ?? "";
}

export function hasHeader(mail: ReceivedMail, name: string): boolean {
  return mail.headers.has(name);
}
