import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { MeetingList } from "@/components/meetings/meeting-list";

export const metadata: Metadata = { title: "Meetings that need an outcome" };

export default function NeedsOutcomePage() {
  void getQueryClient().prefetchInfiniteQuery(
    trpc.meetings.list.infiniteQueryOptions({ tab: "needs-outcome" }, { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <HydrateClient>
      <MeetingList tab="needs-outcome" />
    </HydrateClient>
  );
}
