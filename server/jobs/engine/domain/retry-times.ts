const UNIT_MS = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;
const isUnit = (unit: string): unit is keyof typeof UNIT_MS => unit in UNIT_MS;

/** Between the attempts of a failing step: seconds first, then minutes, then hours. */
const BACKOFF_S = [10, 30, 60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200];

/**
 * When to try again. What the function asked for (RetryAfterError) wins; else the table, spread by a tenth so that
 * many that failed together do not return together.
 */
export function retryAt(input: { now: Date; attempt: number; retryAfter: string | null; dice: number }): Date {
  const asked = input.retryAfter === null ? null : readInstant(input.retryAfter, input.now);
  if (asked) return asked;
  const seconds = BACKOFF_S[Math.min(input.attempt, BACKOFF_S.length - 1)] ?? 10;
  return new Date(input.now.getTime() + seconds * 1_000 * (1 + input.dice / 10));
}

/** A `retry-after`: seconds or a date. */
function readInstant(text: string, now: Date): Date | null {
  if (/^\d+(\.\d+)?$/.test(text)) return new Date(now.getTime() + Number(text) * 1_000);
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** A sleep's name or a wait's timeout: a duration such as `1h30m`, or an ISO instant. */
export function wakeAt(name: string, now: Date): Date | null {
  const ms = durationMs(name);
  if (ms !== null) return new Date(now.getTime() + ms);
  const at = new Date(name);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** `1h30m`; null when it is none. */
export function durationMs(text: string): number | null {
  const parts = [...text.matchAll(/(\d+)(ms|[wdhms])/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join("") !== text) return null;
  return parts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * (isUnit(unit) ? UNIT_MS[unit] : 0), 0);
}
