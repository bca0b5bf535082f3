import type { ReceivedMail } from "./mail.ts";
import { type MailSignals, readSignals } from "./mail-signals.ts";
import { type Bounce, readBounce } from "./read-bounce.ts";
import { type CalendarAnswer, readCalendarAnswer } from "./read-calendar-answer.ts";
import { type Complaint, readComplaint } from "./read-complaint.ts";

export type MailReading = { signals: MailSignals } & (
  | { kind: "own" | "reply" | "automatic" }
  | { kind: "bounce"; bounce: Bounce }
  | { kind: "complaint"; complaint: Complaint }
  | { kind: "calendar_answer"; answer: CalendarAnswer }
);

/** What kind of mail this is, from its form alone. `own` are the addresses of the workspace's mailboxes. */
export function readMail(mail: ReceivedMail, own: ReadonlySet<string>): MailReading {
  const signals = readSignals(mail, own);
  const complaint = readComplaint(mail);
  if (complaint) return { kind: "complaint", complaint, signals };
  // A bounce may come from our own host under our own name, so it is recognised before "our own mail" is.
  const bounce = readBounce(mail, own);
  if (bounce) return { kind: "bounce", bounce, signals };
  if (signals.isOwn) return { kind: "own", signals };
  const answer = signals.isCalendarAnswer ? readCalendarAnswer(mail) : null;
  if (answer) return { kind: "calendar_answer", answer, signals };
  return { kind: signals.automatic !== null ? "automatic" : "reply", signals };
}
