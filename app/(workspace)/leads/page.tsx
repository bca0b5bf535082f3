import type { Metadata } from "next";
import { listLeadsInput } from "#server/leads/schema.ts";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { leadFilters, leadInput } from "@/components/leads/lead-filters";
import { LeadList } from "@/components/leads/lead-list";
import { loadFilters } from "@/components/ui/filters/filter-state";

export const metadata: Metadata = { title: "People" };

export default async function LeadsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const asked = leadInput(await loadFilters(leadFilters(), searchParams));
  // An address that somebody edited by hand is answered by the list itself, with a sentence.
  if (listLeadsInput.safeParse(asked).success && (await searchParams).ids === undefined) {
    void getQueryClient().prefetchInfiniteQuery(
      trpc.leads.list.infiniteQueryOptions({ ...asked, limit: 50 }, { getNextPageParam: (page) => page.nextCursor }),
    );
  }
  void getQueryClient().prefetchQuery(trpc.leads.options.queryOptions({}));
  return (
    <HydrateClient>
      <LeadList />
    </HydrateClient>
  );
}
