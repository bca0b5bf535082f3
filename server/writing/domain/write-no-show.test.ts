import { expect, it } from "vitest";
import { testBrief } from "#server/testing/writing.ts";
import { verifyContextOf } from "./verify-context.ts";
import { verifyDraft } from "./verify-draft.ts";
import { writeNoShow } from "./write-no-show.ts";

const meeting = { id: "m1", when: "Tue 3 Mar 15:00, Rome", startsAt: new Date("2026-03-03T14:00:00Z") };
const time = { label: "Thu 5 Mar 10:00, Rome", startsAt: new Date("2026-03-05T09:00:00Z") };
const write = (times: (typeof time)[]) => {
  const brief = testBrief();
  const written = writeNoShow({ brief, meeting, times });
  return { ...written, verdict: verifyDraft(written, verifyContextOf({ ...brief, thread: written.sources }, [])) };
};

it("rests on the calendar alone, and passes the verifier", () => {
  const { sentences, verdict, subject } = write([time]);
  expect(verdict.removed).toEqual([]);
  expect(verdict.subjectReasons).toEqual([]);
  expect(subject).toBe("New time for our meeting");
  expect(sentences.map((sentence) => sentence.text).join("\n")).toContain("- Thu 5 Mar 10:00, Rome");
});

it("asks for their times when there is none", () => {
  const { sentences, verdict } = write([]);
  expect(verdict.removed).toEqual([]);
  expect(sentences.at(-2)?.text).toBe("Which times suit you?");
});
