"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { WhyPanel } from "@/components/ui/why";

/** "Why not now?" for one person in a campaign, asked when it is opened: the answer is made fresh. */
export function WhyNotNow({ enrolmentId }: { enrolmentId: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.enrolments.next.queryOptions({ id: enrolmentId }, { staleTime: 0 }));
  if (query.error) return <Problem>{sentenceOf(query.error)}</Problem>;
  if (!query.data) return <SkeletonRows rows={3} label="Why not now" />;
  const { sentence, reasons, change, rule, zone, zoneSays } = query.data;
  return (
    <WhyPanel
      sentence={sentence}
      reasons={[
        ...reasons.map((reason) => ({ text: capital(reason.text) })),
        ...(zoneSays ? [{ text: `Clock: ${zone}`, source: zoneSays }] : []),
      ]}
      change={change ? [`${change}.`] : []}
      rule={rule}
    />
  );
}

/** An address keeps its letters. */
const capital = (text: string) => (/^\S+@/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1));
