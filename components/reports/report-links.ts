import type { FunnelKey, WeekKey } from "#server/reports/schema.ts";

type Range = { from?: string | undefined; to?: string | undefined; owner?: string | undefined };

/** The address of exactly the rows that a number counts. */
export function rowsHref(report: "week" | "funnel", measure: WeekKey | FunnelKey, range: Range): string {
  const search = new URLSearchParams({ report, measure });
  for (const [key, value] of Object.entries(range)) if (value) search.set(key, value);
  return `/reports/rows?${search}`;
}
