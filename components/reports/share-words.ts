import { FEW_PEOPLE } from "#server/reports/constants.ts";

/** "3 of 11" below 30 people, "2.6 %" above: a rate of few people is no rate. Null where there is nothing to compare with. */
export function shareWords(part: number, whole: number): string | null {
  if (whole <= 0 || part > whole) return null;
  if (whole < FEW_PEOPLE) return `${part} of ${whole}`;
  const percent = (part / whole) * 100;
  return `${percent >= 10 || percent === 0 ? Math.round(percent) : percent.toFixed(1)} %`;
}

/** "+22 %" or "+3": against the time before. */
export function changeWords(now: number, before: number): string | null {
  if (now === before) return "as before";
  if (before < FEW_PEOPLE) return `${now > before ? "+" : "−"}${Math.abs(now - before).toLocaleString("en-GB")}`;
  const percent = Math.round(((now - before) / before) * 100);
  return `${percent >= 0 ? "+" : "−"}${Math.abs(percent)} %`;
}

/** "38 min", "5 h", "2 d". */
export function durationWords(minutes: number | null): string {
  if (minutes === null) return "–";
  if (minutes < 90) return `${Math.round(minutes)} min`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h`;
  return `${Math.round(minutes / 1_440)} d`;
}
