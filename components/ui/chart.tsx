"use client";
import { BarChart3, Table2 } from "lucide-react";
import { useState } from "react";
import { COLOURS, DASHES } from "./chart-look";
import { IconButton } from "./icon-button";
import { onDemand, usePart } from "./later";

export type Series = { key: string; label: string };
export type ChartPoint = { label: string } & Record<string, number | string>;

export type ChartProps = {
  title: string;
  /** What it counts: "people contacted, by day". */
  counts: string;
  kind: "bars" | "lines";
  points: readonly ChartPoint[];
  /** At most five. */
  series: readonly Series[];
  height?: number;
  format?: (value: number) => string;
};

const drawing = onDemand(() => import("./chart-drawing"));

/** At most five series, labelled directly and told apart by dash too; the table behind it with T. */
export function Chart({
  title,
  counts,
  kind,
  points,
  series,
  height = 220,
  format = (value) => value.toLocaleString("en-GB"),
}: ChartProps) {
  const [asTable, setAsTable] = useState(false);
  const loaded = usePart(drawing, !asTable);
  return (
    <figure className="min-w-0">
      <figcaption className="flex items-center gap-2 pb-2">
        <span className="text-sm font-semibold">{title}</span>
        <span className="min-w-0 flex-1 truncate text-xs text-muted">{counts}</span>
        <IconButton label={asTable ? "Show the chart" : "Show the table"} hotkey="t" pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? <BarChart3 /> : <Table2 />}
        </IconButton>
      </figcaption>
      {asTable ? (
        <ChartTable title={title} points={points} series={series} format={format} />
      ) : (
        <div style={{ height }} aria-hidden="true">
          {loaded && <loaded.Drawing kind={kind} points={points} series={series} format={format} />}
        </div>
      )}
      {!asTable && series.length > 1 && <Legend series={series} kind={kind} />}
    </figure>
  );
}

function Legend({ series, kind }: { series: readonly Series[]; kind: "bars" | "lines" }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 pt-2 text-xs">
      {series.map((each, at) => (
        <li key={each.key} className="flex items-center gap-1.5">
          <svg aria-hidden="true" width="20" height="8">
            {kind === "bars" ? (
              <rect width="12" height="8" rx="1" fill={COLOURS[at]} />
            ) : (
              <line x1="0" x2="20" y1="4" y2="4" stroke={COLOURS[at]} strokeWidth="2" strokeDasharray={DASHES[at]} />
            )}
          </svg>
          {each.label}
        </li>
      ))}
    </ul>
  );
}

function ChartTable({
  title,
  points,
  series,
  format,
}: {
  title: string;
  points: readonly ChartPoint[];
  series: readonly Series[];
  format: (value: number) => string;
}) {
  return (
    <div className="max-h-80 overflow-auto">
      <table aria-label={title} className="w-full text-sm">
        <thead>
          <tr className="text-left text-xs text-muted">
            <th scope="col" className="border-b border-line py-1 font-medium">
              {" "}
            </th>
            {series.map((each) => (
              <th key={each.key} scope="col" className="border-b border-line py-1 text-right font-medium">
                {each.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.label}>
              <th scope="row" className="border-b border-line py-1 text-left font-normal">
                {point.label}
              </th>
              {series.map((each) => (
                <td key={each.key} className="border-b border-line py-1 text-right">
                  {format(Number(point[each.key] ?? 0))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
