import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { MeetingList } from "@/components/meetings/meeting-list";

export const metadata: Metadata = { title: "All meetings" };

export default function AllMeetingsPage() {
  void getQueryClient().prefetchInfiniteQuery(
    trpc.meetings.list.infiniteQueryOptions({ tab: "all" }, { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <HydrateClient>
      <MeetingList tab="all" />
    </HydrateClient>
  );
}
