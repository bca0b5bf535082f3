"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { BrokenState } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { WhyPanel } from "@/components/ui/why";

const FIELD_WORDS: Record<string, string> = {
  employees: "the company's size",
  industry: "the industry",
  country: "the country",
  seniority: "the rank in the title",
  function: "the field of the title",
  title: "the title",
  company: "the company",
  domain: "the web domain",
};

/** Why this grade: the reasons that add up to it, and what would raise it. */
export function ScoreWhy({ leadId, name }: { leadId: string; name: string }) {
  const trpc = useTRPC();
  const score = useQuery(trpc.leads.score.queryOptions({ id: leadId }));
  if (score.isPending) return <SkeletonRows rows={4} label="Reasons" />;
  if (!score.data) return <BrokenState error={score.error} onRetry={() => void score.refetch()} />;
  const { value, grade, contributions, profileVersion, scoredAt, raises } = score.data;
  const sentence =
    grade === null
      ? `${name} is not scored yet.`
      : `${name} is ${grade === "A" || grade === "E" || grade === "F" ? "an" : "a"} ${grade}: ${value} of 100.`;
  return (
    <WhyPanel
      sentence={sentence}
      reasons={contributions.map((entry) => ({
        text: [
          entry.label,
          entry.fields
            .map((field) => field.value)
            .filter((text) => text !== "")
            .join(", "),
        ]
          .filter((part) => part !== "")
          .join(": "),
        points: entry.points,
        source: entry.sources.map((one) => one.source).join(", ") || undefined,
        at: entry.sources[0]?.at,
      }))}
      change={raises.slice(0, 3).map((entry) => changeOf(entry, grade))}
      {...(profileVersion !== null && { rule: `scoring version ${profileVersion}` })}
      decidedAt={scoredAt}
    />
  );
}

function changeOf(entry: { label: string; points: number; because: string; fields: string[]; grade: string }, now: string | null): string {
  const fields = entry.fields.map((field) => FIELD_WORDS[field] ?? field).join(" and ");
  const gain = entry.grade === now ? `+${entry.points}` : `+${entry.points}, then ${entry.grade}`;
  if (entry.because === "unknown") return `Find out ${fields} (“${entry.label}”: ${gain})`;
  if (entry.because === "holds") return `If “${entry.label}” were not so (${gain})`;
  return `If ${fields} were different (“${entry.label}”: ${gain})`;
}
