import type { Metadata } from "next";
import { reportInput } from "#server/reports/schema.ts";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { FunnelPage } from "@/components/reports/funnel-page";

export const metadata: Metadata = { title: "Funnel" };

type Asked = { from?: string; to?: string };

export default async function FunnelRoute({ searchParams }: { searchParams: Promise<Asked> }) {
  const { from, to } = await searchParams;
  const asked = reportInput.safeParse({ ...(from && { from }), ...(to && { to }) });
  if (asked.success) void getQueryClient().prefetchQuery(trpc.reports.funnel.queryOptions(asked.data));
  return (
    <HydrateClient>
      <FunnelPage />
    </HydrateClient>
  );
}
