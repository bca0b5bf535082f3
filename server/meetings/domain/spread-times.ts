import { Temporal } from "temporal-polyfill";

/**
 * Picks times that are good to offer: inside the prospect's own working hours, on different days where that is possible, at
 * different times of day, round ones first. A time that they asked for and that is free always comes first.
 */
export type SpreadQuestion = {
  /** Free starts of the host, in order. */
  starts: readonly number[];
  durationMs: number;
  /** The prospect's zone. */
  zone: string;
  count: number;
  /** Instants that they named, best first. */
  wanted?: readonly number[];
  /** Read only on another day, an offer for today is no offer: nothing before this instant, unless they asked for it. */
  earliest?: number;
  /** Days on which the prospect does not work, as civil dates in their zone. */
  daysOff?: ReadonlySet<string>;
  /** Days of the week, 1 Monday to 7 Sunday, on which they do not work. Default: Saturday and Sunday. */
  weekend?: readonly number[];
};

/** The hours around which a meeting is easily accepted, taken in turn so that three offers differ. */
const TARGET_HOURS = [10, 14, 16, 11, 15];
const THEIR_DAY = { from: 9 * 60, to: 17 * 60 + 30 };

type Candidate = { start: number; day: string; minute: number };

export function spreadTimes(question: SpreadQuestion): number[] {
  const free = new Set(question.starts);
  const asked = (question.wanted ?? []).filter((instant) => free.has(instant)).slice(0, question.count);
  const candidates = question.starts
    .filter((start) => start >= (question.earliest ?? 0))
    .map((start) => civil(start, question.zone))
    .filter((candidate) => isTheirWorkingTime(candidate, question));

  const picked = [...asked];
  const usedDays = new Set(asked.map((start) => civil(start, question.zone).day));
  const days = [...Map.groupBy(candidates, (candidate) => candidate.day)];
  for (const [day, times] of days) {
    if (picked.length >= question.count) break;
    if (usedDays.has(day)) continue;
    const best = closest(times, TARGET_HOURS[picked.length % TARGET_HOURS.length] ?? 10);
    if (best) picked.push(best.start);
    usedDays.add(day);
  }
  // Fewer days than offers: fill up with the farthest apart on the days there are.
  for (const candidate of [...candidates].sort((a, b) => distance(b, picked) - distance(a, picked) || a.start - b.start)) {
    if (picked.length >= question.count) break;
    if (!picked.includes(candidate.start)) picked.push(candidate.start);
  }
  const rest = picked.slice(asked.length).sort((a, b) => a - b);
  return [...asked, ...rest];
}

function isTheirWorkingTime({ day, minute }: Candidate, { durationMs, daysOff, weekend = [6, 7] }: SpreadQuestion): boolean {
  if (daysOff?.has(day) || weekend.includes(Temporal.PlainDate.from(day).dayOfWeek)) return false;
  return minute >= THEIR_DAY.from && minute + durationMs / 60_000 <= THEIR_DAY.to;
}

function closest(times: readonly Candidate[], hour: number): Candidate | undefined {
  const cost = ({ minute }: Candidate) => Math.abs(minute - hour * 60) + (minute % 60 === 0 ? 0 : 20);
  return [...times].sort((a, b) => cost(a) - cost(b) || a.start - b.start)[0];
}

function distance(candidate: Candidate, picked: readonly number[]): number {
  return Math.min(...picked.map((start) => Math.abs(start - candidate.start)), Number.MAX_SAFE_INTEGER);
}

function civil(start: number, zone: string): Candidate {
  const at = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone);
  return { start, day: at.toPlainDate().toString(), minute: at.hour * 60 + at.minute };
}
