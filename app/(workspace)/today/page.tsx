import type { Metadata } from "next";
import { getActor } from "#server/auth/session.ts";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { TodayPage } from "@/components/today/today-page";

export const metadata: Metadata = { title: "Today" };

export default async function TodayRoute() {
  const actor = await getActor();
  // The list of what is left to set up stands above everything: it comes with the page, so that nothing moves.
  if (actor?.kind === "person" && actor.membership?.kind === "live") void getQueryClient().prefetchQuery(trpc.setup.get.queryOptions());
  void getQueryClient().prefetchQuery(trpc.today.queue.queryOptions({ who: "me" }));
  return (
    <HydrateClient>
      <TodayPage />
    </HydrateClient>
  );
}
