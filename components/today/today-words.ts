import type { TodayItem, TodayKind } from "#server/today/schema.ts";

export const SECTION_WORDS: Record<TodayKind, string> = {
  answer: "Needs an answer",
  meeting: "Meetings",
  outcome: "Did it happen?",
  drafts: "Drafts",
  task: "Tasks",
  health: "Setup and health",
};

/** "3 things", "1 thing". */
export function things(count: number): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? "thing" : "things"}`;
}

/** Sections in the order in which the queue brings them; empty ones are absent. */
export function bySection(items: readonly TodayItem[]): { kind: TodayKind; count: number; items: TodayItem[] }[] {
  return [...Map.groupBy(items, (item) => item.kind)].map(([kind, group]) => ({
    kind,
    items: group,
    count: group.reduce((sum, item) => sum + item.count, 0),
  }));
}
