import type { ReceivedMail } from "#server/replies/domain/mail.ts";

/** Turns raw bytes into a mail. Never throws on what a stranger sent: what cannot be read is left out. */
export interface MailParser {
  parse(raw: Buffer): Promise<ReceivedMail>;
}
