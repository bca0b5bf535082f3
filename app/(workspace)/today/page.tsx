import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { TodayPage } from "@/components/today/today-page";

export const metadata: Metadata = { title: "Today" };

export default function TodayRoute() {
  void getQueryClient().prefetchQuery(trpc.today.queue.queryOptions({ who: "me" }));
  return (
    <HydrateClient>
      <TodayPage />
    </HydrateClient>
  );
}
