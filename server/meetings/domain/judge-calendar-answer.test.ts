import { describe, expect, it } from "vitest";
import { type CalendarSaid, type Invited, judgeCalendarAnswer } from "./judge-calendar-answer.ts";

const now = new Date("2026-03-02T09:00:00Z");
const start = new Date("2026-03-03T15:00:00Z");
const meeting: Invited = {
  state: "confirmed",
  outcome: null,
  startsAt: start,
  endsAt: new Date("2026-03-03T15:30:00Z"),
  sequence: 1,
  attendeeEmail: "nadia@norvale.example",
  guests: ["omar@norvale.example"],
  answeredAt: null,
};
const said: CalendarSaid = { answer: "accepted", attendee: "nadia@norvale.example", sequence: 1, stampedAt: now, startsAt: start };
const later = new Date("2026-03-05T10:00:00Z");

describe("judgeCalendarAnswer", () => {
  it.each<[string, Partial<CalendarSaid>, Partial<Invited>, object]>([
    ["their yes is noted", {}, {}, { does: "note" }],
    ["their maybe too", { answer: "tentative" }, {}, { does: "note" }],
    ["their no frees the time", { answer: "declined" }, {}, { does: "cancel" }],
    ["another time is asked about", { answer: "counter", startsAt: later }, {}, { does: "ask_to_move", proposedAt: later }],
    ["a counter into the past is only noted", { answer: "counter", startsAt: new Date("2026-03-01T10:00:00Z") }, {}, { does: "note" }],
    ["a guest's no moves nothing", { answer: "declined", attendee: "omar@norvale.example" }, {}, { does: "note_guest" }],
    ["a stranger says nothing", { answer: "declined", attendee: "eve@elsewhere.example" }, {}, { does: "nothing", because: "stranger" }],
    ["an answer to the version before the move", { answer: "declined", sequence: 0 }, {}, { does: "nothing", because: "old_version" }],
    ["without SEQUENCE the time decides: this one", { answer: "declined", sequence: null }, {}, { does: "cancel" }],
    [
      "without SEQUENCE the time decides: another one",
      { answer: "declined", sequence: null, startsAt: later },
      {},
      { does: "nothing", because: "old_version" },
    ],
    ["without both, a moved meeting is not touched", { sequence: null, startsAt: null }, {}, { does: "nothing", because: "old_version" }],
    ["without both, one that never moved is", { sequence: null, startsAt: null }, { sequence: 0 }, { does: "note" }],
    [
      "an answer written before the last one",
      { answer: "declined", stampedAt: new Date("2026-03-02T08:00:00Z") },
      { answeredAt: now },
      { does: "nothing", because: "old_answer" },
    ],
    ["cancelled", { answer: "declined" }, { state: "cancelled" }, { does: "nothing", because: "cancelled" }],
    ["over", { answer: "declined" }, { endsAt: now }, { does: "nothing", because: "over" }],
    ["has its outcome", {}, { outcome: "held" }, { does: "nothing", because: "over" }],
  ])("%s", (_, saying, invited, judgement) => {
    expect(judgeCalendarAnswer({ ...said, ...saying }, { ...meeting, ...invited }, now)).toEqual(judgement);
  });
});
