import type { DraftSource, Sentence } from "#server/writing/schema.ts";
import { bookingLine } from "./booking-link.ts";
import type { Brief } from "./brief.ts";
import { choose } from "./dice.ts";
import { english } from "./embedded-writer/english.ts";
import { line } from "./embedded-writer/grammar.ts";
import { askForTimes, type ProposedTime, timeSource } from "./write-answer.ts";

export const NO_SHOW_VERSION = "no-show-1";

/** `when`: the meeting that nobody came to, in their zone: "Tue 3 Mar 15:00, Rome". */
type NoShow = { brief: Brief; meeting: { id: string; when: string; startsAt: Date }; times: readonly ProposedTime[] };

/** The mail after a meeting to which they did not come: which one it was, and new times. No blame, and nothing that the calendar does not say. */
export function writeNoShow({ brief, meeting, times }: NoShow): { subject: string; sentences: Sentence[]; sources: DraftSource[] } {
  const missed = meetingSource(meeting);
  const slots = times.map(timeSource);
  const pick = (what: string, options: readonly Sentence[]) => choose(`${brief.seed}:no-show:${what}`, options);
  const sentences: (Sentence | undefined)[] = [
    pick("greeting", english.greetings(brief)),
    line("fact", `We had a meeting on ${meeting.when}, and missed each other.`, missed.id),
    slots.length > 0 ? askForTimes(slots) : line("ask", "Which times suit you?"),
    slots.length > 0 && brief.booking ? bookingLine(brief.booking) : undefined,
    pick("closing", english.closings(brief)),
  ];
  return {
    subject: "New time for our meeting",
    sentences: sentences.filter((sentence) => sentence !== undefined),
    sources: [missed, ...slots],
  };
}

function meetingSource(meeting: NoShow["meeting"]): DraftSource {
  return {
    id: `meeting:${meeting.id}`,
    label: "The meeting",
    value: `We had a meeting on ${meeting.when}, and missed each other.`,
    quote: null,
    source: "your calendar",
    at: meeting.startsAt,
    field: "meeting",
    about: "thread",
    isStale: false,
  };
}
