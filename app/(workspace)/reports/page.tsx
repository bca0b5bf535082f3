import type { Metadata } from "next";
import { reportInput } from "#server/reports/schema.ts";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { WeekPage } from "@/components/reports/week-page";

export const metadata: Metadata = { title: "Week" };

type Asked = { from?: string; owner?: string };

export default async function WeekRoute({ searchParams }: { searchParams: Promise<Asked> }) {
  const { from, owner } = await searchParams;
  // An address that somebody edited by hand is answered by the page itself, with a sentence.
  const asked = reportInput.safeParse({ ...(from && { from }), ...(owner && { ownerId: owner }) });
  if (asked.success) void getQueryClient().prefetchQuery(trpc.reports.week.queryOptions(asked.data));
  return (
    <HydrateClient>
      <WeekPage />
    </HydrateClient>
  );
}
