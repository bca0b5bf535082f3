import type { Tx } from "#server/core/db.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { funnelMeasures, weekKeys, weekMeasures } from "../constants.ts";
import { writeCsv } from "../domain/write-csv.ts";
import type { ReportInput, WeekKey } from "../schema.ts";
import { getFunnel } from "./get-funnel.ts";
import { getWeek } from "./get-week.ts";

type CsvFile = { fileName: string; csv: string };

export async function writeWeekCsv(tx: Tx, viewer: Viewer, input: ReportInput): Promise<CsvFile> {
  const week = await getWeek(tx, viewer, input);
  const line = (name: string, numbers: Record<WeekKey, number>) => [
    name,
    ...weekKeys.map((key) => (weekMeasures[key].unit === "money" ? numbers[key] / 100 : numbers[key])),
  ];
  const heads = weekKeys.map((key) =>
    weekMeasures[key].unit === "money" ? `${weekMeasures[key].label} (${week.currency})` : weekMeasures[key].label,
  );
  const csv = writeCsv([
    ["Person", ...heads, "Median first answer (minutes)"],
    [...line("All", week.total), null],
    [...line("All, week before", week.before), null],
    ...week.people.map((person) => [
      ...line(person.name, person.numbers),
      person.medianAnswerMinutes === null ? null : Math.round(person.medianAnswerMinutes),
    ]),
  ]);
  return { fileName: `week-${week.firstOn}.csv`, csv };
}

export async function writeFunnelCsv(tx: Tx, viewer: Viewer, input: ReportInput): Promise<CsvFile> {
  const { stages } = await getFunnel(tx, viewer, input);
  const rows = stages.map(({ key, count, kept }) => [funnelMeasures[key].label, count, kept, funnelMeasures[key].counts]);
  return { fileName: "funnel.csv", csv: writeCsv([["Stage", "People", "Of them in the stage before", "Counts"], ...rows]) };
}
