"use client";
import Link from "next/link";
import { grades } from "#server/leads/constants.ts";
import type { PreviewOutput } from "#server/scoring/schema.ts";
import { Chart } from "@/components/ui/chart";
import { Grade } from "@/components/ui/grade";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";

/** What saving would change, counted over everybody; nothing is written. */
export function ScoringPreview({
  preview,
  error,
  isChanged,
}: {
  preview: PreviewOutput | undefined;
  error: { message: string } | null;
  isChanged: boolean;
}) {
  if (error) return <Problem>{sentenceOf(error)}</Problem>;
  if (!preview) return <SkeletonRows rows={6} label="Distribution" />;
  const number = (count: number) => count.toLocaleString("en-GB");
  return (
    <div className="grid gap-6">
      <Chart
        title="People by grade"
        counts="people"
        kind="bars"
        height={180}
        points={grades.map((grade) => ({ label: grade, now: preview.now.grades[grade], after: preview.after.grades[grade] }))}
        series={
          isChanged
            ? [
                { key: "now", label: "Now" },
                { key: "after", label: "After" },
              ]
            : [{ key: "after", label: "Now" }]
        }
      />
      <Section
        title={
          isChanged
            ? `${number(preview.changed)} ${preview.changed === 1 ? "person changes" : "people change"} grade`
            : "Nobody changes grade"
        }
      >
        {isChanged && preview.examples.length > 0 ? (
          <ul className="max-h-96 overflow-y-auto">
            {preview.examples.map((each) => (
              <li key={each.id} className="flex items-center gap-2 border-t border-line py-1 text-sm first:border-t-0">
                <Grade grade={each.from} />
                <span aria-hidden="true">→</span>
                <Grade grade={each.to} />
                <Link href={`/leads/${each.id}`} className="min-w-0 flex-1 truncate hover:underline">
                  <bdi>{each.fullName}</bdi> <bdi className="text-muted">{each.company}</bdi>
                </Link>
                <span className="text-muted tabular-nums">{each.score}</span>
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-sm text-muted">
            {isChanged ? "Grades stay as they are." : `${number(preview.after.people)} people are scored. Change a rule to see who moves.`}
          </p>
        )}
      </Section>
    </div>
  );
}
