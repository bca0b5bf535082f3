import { addressOf } from "./delivery-status.ts";
import type { ReceivedMail } from "./mail.ts";

export type CalendarAnswer = { uid: string; answer: "accepted" | "declined" | "tentative" | "counter"; attendee: string };

/** iTIP (RFC 5546): what a calendar program answers to our invitation. */
export function readCalendarAnswer(mail: ReceivedMail): CalendarAnswer | null {
  const part = mail.parts.find((one) => /calendar|ics/.test(one.contentType));
  if (!part) return null;
  const lines = part.text.replace(/\n[ \t]/g, "").split("\n");
  const uid = lines
    .find((line) => line.startsWith("UID"))
    ?.replace(/^UID[^:]*:/, "")
    .trim();
  const attendee = lines.find((line) => line.startsWith("ATTENDEE")) ?? "";
  if (!uid) return null;
  const status = /PARTSTAT=([A-Z-]+)/i.exec(attendee)?.[1]?.toUpperCase();
  const isCounter = lines.some((line) => /^METHOD:COUNTER/i.test(line));
  const answer = isCounter ? "counter" : status === "ACCEPTED" ? "accepted" : status === "DECLINED" ? "declined" : "tentative";
  return { uid: uid.slice(0, 300), answer, attendee: addressOf(attendee.replace(/^.*mailto:/i, "")) || (mail.from?.address ?? "") };
}
