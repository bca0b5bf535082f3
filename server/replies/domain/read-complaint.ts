import { addressOf } from "./delivery-status.ts";
import { headerOf, type ReceivedMail } from "./mail.ts";

export type Complaint = { feedback: string; recipient: string | null; returnedIds: string[] };

const FEEDBACK_SUBJECT = /complaint about message|abuse report|feedback report|spam report|email abuse report/i;
const LIST_UNSUBSCRIBE = /^unsubscribe$/i;

/** ARF (RFC 5965), Microsoft's JMRP and hosts' own "unsubscribe" mails. Null when the mail is none of these. */
export function readComplaint(mail: ReceivedMail): Complaint | null {
  const report = mail.parts.find((part) => part.contentType.includes("feedback-report"));
  const returned = mail.parts
    .filter((part) => /rfc822|global/.test(part.contentType))
    .map((part) => part.text)
    .join("\n\n");
  const isHotmail = mail.parts.length > 0 && FEEDBACK_SUBJECT.test(mail.subject) && /^x-hmxmroriginalrecipient:/im.test(returned);
  const isOptOut =
    headerOf(mail, "x-apple-unsubscribe") === "true" ||
    (LIST_UNSUBSCRIBE.test(mail.subject.trim()) && mail.text.trim().length < 400 && mail.headers.has("x-apple-unsubscribe"));
  const isJson = /^\s*\{"notificationType":"Complaint"/.test(mail.text);
  const inText = /^feedback-type:\s*[a-z-]+/im.test(mail.text);
  if (
    !report &&
    mail.reportType !== "feedback-report" &&
    !isHotmail &&
    !isOptOut &&
    !isJson &&
    !(inText && FEEDBACK_SUBJECT.test(mail.subject))
  )
    return null;

  const fields = report?.text ?? mail.text;
  const feedback = isOptOut ? "opt-out" : (/^feedback-type:\s*([a-z-]+)/im.exec(fields)?.[1]?.toLowerCase() ?? "abuse");
  const named = /^(?:original-rcpt-to|removal-recipient|x-hmxmroriginalrecipient):\s*(.+)$/im;
  const recipient =
    (isJson ? addressOf(/"emailAddress"\s*:\s*"([^"]+)"/.exec(mail.text)?.[1]) : "") ||
    addressOf(named.exec(fields)?.[1]) ||
    addressOf(named.exec(returned)?.[1]) ||
    addressOf(/^to:\s*(.+)$/im.exec(returned)?.[1]) ||
    (isOptOut ? (mail.from?.address ?? "") : "");
  const ids = [...returned.matchAll(/^message-id:\s*(<[^<>\s]{1,500}>)/gim)].map((match) => match[1] ?? "");
  return { feedback, recipient: recipient === "" ? null : recipient, returnedIds: [...new Set(ids)].slice(0, 20) };
}
