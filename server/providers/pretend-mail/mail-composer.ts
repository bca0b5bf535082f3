import MailComposer from "nodemailer/lib/mail-composer/index.js";
import type { PretendBounce, PretendMail, PretendReply } from "./port.ts";

/** The one adapter: nodemailer composes, nothing is sent. */
export function createMailComposerPretendMail(): PretendMail {
  return {
    reply: async (mail) => {
      const composer = new MailComposer({
        from: mail.from,
        to: mail.to,
        subject: mail.subject,
        text: `${mail.text}${quotedBelow(mail)}`,
        messageId: mail.messageId,
        date: mail.date,
        inReplyTo: mail.inReplyTo,
        references: [...mail.references],
        headers: { ...mail.headers },
        ...(mail.calendarReply && { icalEvent: { method: "REPLY", content: mail.calendarReply } }),
      });
      return composer.compile().build();
    },
    bounce: async (mail) => Buffer.from(deliveryReport(mail).join("\r\n")),
  };
}

function quotedBelow({ quoted }: PretendReply): string {
  if (!quoted) return "";
  const lines = quoted.text
    .trimEnd()
    .split("\n")
    .map((line) => `> ${line}`);
  const at = quoted.date.toISOString();
  return `\n\nOn ${at.slice(0, 10)} at ${at.slice(11, 16)}, ${quoted.from} wrote:\n${lines.join("\n")}\n`;
}

/** RFC 3464, as a receiving server writes it. */
function deliveryReport({ to, failedRecipient, original, messageId, date }: PretendBounce): string[] {
  const host = failedRecipient.slice(failedRecipient.indexOf("@") + 1);
  const boundary = "report-boundary-1";
  return [
    `From: Mail Delivery System <MAILER-DAEMON@mx.${host}>`,
    `To: <${to}>`,
    "Subject: Undelivered Mail Returned to Sender",
    `Date: ${date.toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: ${messageId}`,
    "Auto-Submitted: auto-replied",
    "Return-Path: <>",
    "MIME-Version: 1.0",
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    "",
    `--${boundary}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    `This is the mail system at mx.${host}. Your message could not be delivered: <${failedRecipient}>: user unknown.`,
    "",
    `--${boundary}`,
    "Content-Type: message/delivery-status",
    "",
    `Reporting-MTA: dns; mx.${host}`,
    "",
    `Final-Recipient: rfc822; ${failedRecipient}`,
    "Action: failed",
    "Status: 5.1.1",
    `Diagnostic-Code: smtp; 550 5.1.1 <${failedRecipient}>: user unknown`,
    "",
    `--${boundary}`,
    "Content-Type: text/rfc822-headers",
    "",
    `Message-ID: ${original.messageId}`,
    `Subject: ${original.subject}`,
    `To: <${failedRecipient}>`,
    "",
    `--${boundary}--`,
    "",
  ];
}
