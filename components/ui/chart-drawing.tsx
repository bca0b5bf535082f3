"use client";
import { Bar, BarChart, CartesianGrid, LabelList, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { ChartProps } from "./chart";
import { COLOURS, DASHES } from "./chart-look";

const AXIS = { fontSize: 12, fill: "var(--muted)" };

/** The axes and the series: nothing for a screen reader, which has the table. */
export function Drawing({ kind, points, series, format }: Required<Pick<ChartProps, "kind" | "points" | "series" | "format">>) {
  const common = { data: [...points], margin: { top: 16, right: 16, bottom: 0, left: 0 } };
  const frame = (
    <>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis dataKey="label" tick={AXIS} tickLine={false} axisLine={{ stroke: "var(--line)" }} />
      <YAxis tick={AXIS} tickLine={false} axisLine={false} width={48} tickFormatter={format} allowDecimals={false} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: "var(--hover)", stroke: "var(--line)" }}
        formatter={(value) => format(Number(value))}
        contentStyle={{ background: "var(--surface)", border: "1px solid var(--line)", borderRadius: 6, fontSize: 12, color: "var(--ink)" }}
      />
    </>
  );
  return (
    <ResponsiveContainer width="100%" height="100%">
      {kind === "bars" ? (
        <BarChart {...common} accessibilityLayer={false}>
          {frame}
          {series.map((each, at) => (
            <Bar
              key={each.key}
              dataKey={each.key}
              name={each.label}
              fill={COLOURS[at] ?? "var(--muted)"}
              radius={[2, 2, 0, 0]}
              maxBarSize={40}
              isAnimationActive={false}
            >
              {series.length === 1 && points.length <= 14 && (
                <LabelList dataKey={each.key} position="top" fontSize={12} fill="var(--ink)" formatter={(value) => format(Number(value))} />
              )}
            </Bar>
          ))}
        </BarChart>
      ) : (
        <LineChart {...common} accessibilityLayer={false}>
          {frame}
          {series.map((each, at) => (
            <Line
              key={each.key}
              dataKey={each.key}
              name={each.label}
              stroke={COLOURS[at] ?? "var(--muted)"}
              strokeWidth={2}
              strokeDasharray={DASHES[at] ?? ""}
              dot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      )}
    </ResponsiveContainer>
  );
}
