/**
 * How often a function may start: the generic cell rate algorithm, as Inngest counts. `tat` is the instant up to which the
 * allowance is spent; each start spends period/limit of it, and `ahead` starts may be spent in advance. Times are
 * fractional milliseconds.
 */
export type Pace = { limit: number; periodMs: number; ahead: number };

/** throttle: `limit` and the burst may start at once. */
export function throttlePace(throttle: { limit: number; burst: number; periodMs: number }): Pace {
  return { limit: throttle.limit, periodMs: throttle.periodMs, ahead: throttle.limit + throttle.burst };
}

/** rateLimit: spread over the period but for a tenth. */
export function ratePace(rate: { limit: number; burst: number; periodMs: number }): Pace {
  return { limit: rate.limit, periodMs: rate.periodMs, ahead: rate.burst + 1 };
}

/** A place for one more start that may wait: when it is, and what is spent then. */
export function reserve(pace: Pace, tat: number | null, now: number): { at: number; tat: number } {
  const each = pace.periodMs / pace.limit;
  const spent = Math.max(tat ?? now, now) + each;
  return { at: Math.max(now, spent - each * pace.ahead), tat: spent };
}

/** Whether one more may start right now; null when it may not. */
export function spend(pace: Pace, tat: number | null, now: number): number | null {
  const place = reserve(pace, tat, now);
  return place.at > now ? null : place.tat;
}

/** debounce: each event puts the start off, but never past the time that the first one was given. */
export function putOff(
  debounce: { periodMs: number; timeoutMs: number | null },
  held: { latestAt: number | null } | null,
  now: number,
): { dueAt: number; latestAt: number | null } {
  const latestAt = held ? held.latestAt : debounce.timeoutMs === null ? null : now + debounce.timeoutMs;
  return { dueAt: Math.min(now + debounce.periodMs, latestAt ?? Number.POSITIVE_INFINITY), latestAt };
}
