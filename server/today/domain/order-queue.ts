import { type TodayItem, type TodayKind, todayKinds } from "../schema.ts";

/**
 * The order of the day. Sections come as screens say: answers, today's meetings, meetings without outcome, drafts, tasks, health.
 * Answers by how long they wait times how good the person is; tasks by due time, then grade; everything else by its time.
 */
export function orderQueue(items: readonly TodayItem[], now: Date): TodayItem[] {
  return [...items].sort(
    (a, b) => todayKinds.indexOf(a.kind) - todayKinds.indexOf(b.kind) || within(a, b, now) || (a.key < b.key ? -1 : 1),
  );
}

function within(a: TodayItem, b: TodayItem, now: Date): number {
  if (a.kind === "answer") return answerWeight(b, now) - answerWeight(a, now);
  const byTime = (a.at?.getTime() ?? Number.MAX_SAFE_INTEGER) - (b.at?.getTime() ?? Number.MAX_SAFE_INTEGER);
  return byTime || gradeWeight(b.grade) - gradeWeight(a.grade);
}

const GRADES = "FEDCBA";

/** A weighs six times an F; who has no grade yet weighs like a C. */
export function gradeWeight(grade: string | null): number {
  const index = grade ? GRADES.indexOf(grade) : GRADES.indexOf("C");
  return (index < 0 ? GRADES.indexOf("C") : index) + 1;
}

/** Minutes waited times grade; a fresh answer counts as one minute, so that grade decides between fresh ones. */
export function answerWeight(item: Pick<TodayItem, "at" | "grade">, now: Date): number {
  const minutes = item.at ? Math.max(1, (now.getTime() - item.at.getTime()) / 60_000) : 1;
  return minutes * gradeWeight(item.grade);
}

const MINUTES: Record<TodayKind, number> = { answer: 4, meeting: 5, outcome: 1, drafts: 1, task: 4, health: 5 };

/** An honest guess, rounded to five minutes; meetings count as their preparation. */
export function estimateMinutes(items: readonly TodayItem[]): number {
  const sum = items.reduce((total, item) => total + MINUTES[item.kind] * item.count, 0);
  return sum === 0 ? 0 : Math.max(5, Math.round(sum / 5) * 5);
}
