import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type TodayItem, todayKinds } from "../schema.ts";
import { estimateMinutes, gradeWeight, orderQueue } from "./order-queue.ts";

const now = new Date("2026-03-02T09:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const item = (kind: TodayItem["kind"], key: string, more: Partial<TodayItem> = {}): TodayItem => ({
  key,
  kind,
  subjectId: "0",
  title: key,
  company: null,
  grade: null,
  leadId: null,
  detail: "",
  state: null,
  at: null,
  endsAt: null,
  zone: null,
  count: 1,
  why: "",
  href: "",
  ownerId: null,
  ownerName: null,
  task: null,
  ...more,
});
const keys = (items: TodayItem[]) => orderQueue(items, now).map((each) => each.key);

describe("orderQueue", () => {
  it("puts answers by age times grade", () => {
    expect(
      keys([
        item("answer", "fresh A", { grade: "A", at: minutesAgo(12) }),
        item("answer", "old C", { grade: "C", at: minutesAgo(60) }),
        item("answer", "fresh F", { grade: "F", at: minutesAgo(12) }),
      ]),
    ).toEqual(["old C", "fresh A", "fresh F"]);
  });

  it("puts tasks by due time, then grade, and nothing before its section", () => {
    const due = minutesAgo(600);
    expect(
      keys([
        item("task", "B", { grade: "B", at: due }),
        item("task", "A", { grade: "A", at: due }),
        item("task", "late", { at: minutesAgo(900) }),
        item("health", "box"),
        item("outcome", "raj"),
      ]),
    ).toEqual(["raj", "late", "A", "B", "box"]);
  });

  it("is the same order whatever order it gets", () => {
    const anyItem = fc.record({
      kind: fc.constantFrom(...todayKinds),
      key: fc.uuid(),
      grade: fc.constantFrom("A", "C", "F", null),
      age: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(anyItem, { selector: (each) => each.key, maxLength: 12 }), (given) => {
        const items = given.map((each) => item(each.kind, each.key, { grade: each.grade, at: minutesAgo(each.age) }));
        expect(keys(items)).toEqual(keys([...items].reverse()));
      }),
    );
  });

  it("weighs an unknown grade like a C", () => {
    expect(gradeWeight(null)).toBe(gradeWeight("C"));
    expect(gradeWeight("A")).toBe(6);
  });
});

describe("estimateMinutes", () => {
  it("counts what a row stands for", () => {
    expect(estimateMinutes([])).toBe(0);
    expect(estimateMinutes([item("outcome", "x")])).toBe(5);
    expect(estimateMinutes([item("drafts", "x", { count: 20 })])).toBe(20);
  });
});
