import MailComposer from "nodemailer/lib/mail-composer/index.js";
import type Mail from "nodemailer/lib/mailer/index.js";

/** Real MIME, as a mail program writes it. */
export async function mimeOf(mail: Mail.Options): Promise<Buffer> {
  return new MailComposer({ date: new Date("2026-03-02T10:00:00Z"), ...mail }).compile().build();
}
