import type { WeeklyHours } from "../schema.ts";
import { joined, type Span, workingSpans } from "./working-spans.ts";

/**
 * The slot engine. A host's free times are the grid points of their working spans at which a meeting fits: whole inside the
 * working hours, not before the notice, not after the horizon, and with its buffer clear of everything that is busy.
 *
 * A busy block is `[start, end + buffer)`, and so is what a candidate would occupy: the gap between two meetings is then exactly
 * one buffer, on whichever side the second one is put. The grid counts from the start of each day's working span, so times stay round.
 */
export type SlotQuestion = {
  range: Span;
  now: number;
  zone: string;
  hours: WeeklyHours;
  durationMs: number;
  bufferMs: number;
  noticeMs: number;
  horizonMs: number;
  busy: readonly Span[];
  /** Civil days since 1970 on which the host does not work: public holidays, away. */
  daysOff?: ReadonlySet<number>;
};

const STEP_MS = 30 * 60_000;

/** Long meetings start on half hours, short ones as often as they are long. */
export function gridStep(durationMs: number): number {
  return Math.min(STEP_MS, durationMs);
}

/** Start instants in order. Linear in spans, slots and busy blocks: one pointer walks the slots, one the busy blocks. */
export function freeSlots(question: SlotQuestion): number[] {
  const { durationMs, bufferMs } = question;
  const step = gridStep(durationMs);
  const earliest = Math.max(question.range.start, question.now + question.noticeMs);
  const latest = Math.min(question.range.end, question.now + question.horizonMs);
  if (earliest >= latest) return [];

  const busy = joined(question.busy);
  const starts: number[] = [];
  let block = 0;
  // Two days earlier, so that a span which began before the range keeps its own grid.
  const around = { start: earliest - 2 * 86_400_000, end: latest + durationMs };
  for (const span of workingSpans(question.hours, question.zone, around, question.daysOff)) {
    let at = span.start + Math.max(0, Math.ceil((earliest - span.start) / step)) * step;
    while (at + durationMs <= span.end && at < latest) {
      while ((busy[block]?.end ?? Number.POSITIVE_INFINITY) <= at) block++;
      const next = busy[block];
      if (next && next.start < at + durationMs + bufferMs) {
        at += Math.max(1, Math.ceil((next.end - at) / step)) * step;
        continue;
      }
      starts.push(at);
      at += step;
    }
  }
  return starts;
}

/** The free starts nearest to a wanted one, in order of time. */
export function nearestSlots(starts: readonly number[], wanted: number, count: number): number[] {
  return [...starts]
    .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b)
    .slice(0, count)
    .sort((a, b) => a - b);
}
