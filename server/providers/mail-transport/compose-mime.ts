import { encode as encodeBase64, wrap as wrapBase64 } from "nodemailer/lib/base64";
import MailComposer from "nodemailer/lib/mail-composer";
import type MimeNode from "nodemailer/lib/mime-node";
import { encode as encodeQp, wrap as wrapQp } from "nodemailer/lib/qp";
import type { MailAccount, OutgoingMail } from "./port.ts";

/** The mail as it goes over the wire: UTF-8, the text first, then HTML where there is one, then the calendar part. No Reply-To, no tracking. */
export async function composeMime(account: MailAccount, mail: OutgoingMail): Promise<Buffer> {
  const text = mail.text.replace(/\r\n?|\n/g, "\r\n");
  const composer = new MailComposer({
    from: { name: account.displayName, address: account.address },
    to: mail.to,
    subject: mail.subject,
    date: mail.date,
    messageId: mail.messageId,
    text,
    ...(mail.html !== null && { html: mail.html }),
    ...(mail.calendar !== null && { icalEvent: { method: methodOf(mail.calendar), content: mail.calendar, filename: "invite.ics" } }),
    ...(mail.inReplyTo !== null && { inReplyTo: mail.inReplyTo }),
    ...(mail.references.length > 0 && { references: [...mail.references] }),
    headers: headersOf(mail),
    newline: "\r\n",
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const node = composer.compile();
  return mail.html === null && mail.calendar === null ? buildText(node, text) : node.build();
}

/** One text, as nearly every mail is, needs none of the streams by which any mail is built: they cost more than all the rest of composing it. */
function buildText(node: MimeNode, text: string): Buffer {
  const head = node.buildHeaders();
  const encoding = node.getTransferEncoding();
  const body = encoding === "quoted-printable" ? wrapQp(encodeQp(text)) : encoding === "base64" ? wrapBase64(encodeBase64(text)) : text;
  const whole = `${head}\r\n\r\n${body}`;
  return Buffer.from(whole.endsWith("\n") ? whole : `${whole}\r\n`);
}

function headersOf({ isAutomatic, unsubscribe }: OutgoingMail): { key: string; value: string }[] {
  const headers: { key: string; value: string }[] = [];
  if (unsubscribe) {
    const ways = [unsubscribe.url ? `<${unsubscribe.url}>` : null, `<mailto:${unsubscribe.mailto}>`].filter((way) => way !== null);
    headers.push({ key: "List-Unsubscribe", value: ways.join(", ") });
    if (unsubscribe.url) headers.push({ key: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" });
  }
  if (isAutomatic) headers.push({ key: "Auto-Submitted", value: "auto-generated" });
  return headers;
}

function methodOf(calendar: string): string {
  return /^METHOD:([A-Z]+)\s*$/m.exec(calendar)?.[1] ?? "PUBLISH";
}
