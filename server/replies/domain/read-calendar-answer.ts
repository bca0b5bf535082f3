import { Temporal } from "temporal-polyfill";
import { addressOf } from "./delivery-status.ts";
import type { ReceivedMail } from "./mail.ts";

export type CalendarAnswer = {
  uid: string;
  answer: "accepted" | "declined" | "tentative" | "counter";
  attendee: string;
  sequence: number | null;
  stampedAt: Date | null;
  startsAt: Date | null;
};

/** iTIP (RFC 5546): what a calendar program answers to our invitation. Only the event counts, not the definitions of zones before it. */
export function readCalendarAnswer(mail: ReceivedMail): CalendarAnswer | null {
  const part = mail.parts.find((one) => /calendar|ics/.test(one.contentType));
  if (!part) return null;
  const all = part.text.replace(/\r?\n[ \t]/g, "").split(/\r?\n/);
  const from = all.findIndex((line) => /^BEGIN:VEVENT/i.test(line));
  const lines = from < 0 ? all : all.slice(from);
  const uid = textOf(lines, "UID");
  const attendee = lines.find((line) => /^ATTENDEE/i.test(line)) ?? "";
  if (!uid) return null;
  const status = /PARTSTAT=([A-Z-]+)/i.exec(attendee)?.[1]?.toUpperCase();
  const isCounter = all.some((line) => /^METHOD:COUNTER/i.test(line));
  const answer = isCounter ? "counter" : status === "ACCEPTED" ? "accepted" : status === "DECLINED" ? "declined" : "tentative";
  const sequence = /^\d{1,6}$/.exec(textOf(lines, "SEQUENCE") ?? "")?.[0];
  return {
    uid: uid.slice(0, 300),
    answer,
    attendee: addressOf(attendee.replace(/^.*mailto:/i, "")) || (mail.from?.address ?? ""),
    sequence: sequence === undefined ? null : Number(sequence),
    stampedAt: instantIn(lines, "DTSTAMP"),
    startsAt: instantIn(lines, "DTSTART"),
  };
}

function textOf(lines: readonly string[], name: string): string | undefined {
  const line = lines.find((one) => new RegExp(`^${name}[:;]`, "i").test(one));
  return line?.slice(line.indexOf(":") + 1).trim();
}

/** "20260303T150000Z", or civil time with the zone named beside it. A zone that nobody knows is no instant. */
function instantIn(lines: readonly string[], name: string): Date | null {
  const line = lines.find((one) => new RegExp(`^${name}[:;]`, "i").test(one)) ?? "";
  const found = /:(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z?)\s*$/.exec(line);
  if (!found) return null;
  const [, year, month, day, hour, minute, second, utc] = found;
  const zone = utc ? "UTC" : /TZID="?([^":;]+)/i.exec(line)?.[1];
  if (!zone) return null;
  try {
    const civil = Temporal.PlainDateTime.from(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
    return new Date(civil.toZonedDateTime(zone).epochMilliseconds);
  } catch {
    return null;
  }
}
