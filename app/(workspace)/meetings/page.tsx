import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { MeetingList } from "@/components/meetings/meeting-list";

export const metadata: Metadata = { title: "Meetings" };

export default function MeetingsPage() {
  void getQueryClient().prefetchInfiniteQuery(
    trpc.meetings.list.infiniteQueryOptions({ tab: "upcoming" }, { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <HydrateClient>
      <MeetingList tab="upcoming" />
    </HydrateClient>
  );
}
