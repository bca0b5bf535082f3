import type { Metadata } from "next";
import { listRepliesInput } from "#server/replies/schema.ts";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { InboxPage } from "@/components/replies/inbox-page";

export const metadata: Metadata = { title: "Inbox" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Inbox({ searchParams }: Props) {
  const { view } = await searchParams;
  const input = { view: listRepliesInput.shape.view.safeParse(view ?? "needs_me").data ?? "needs_me", limit: 50 };
  const client = getQueryClient();
  void client.prefetchInfiniteQuery(trpc.replies.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.nextCursor }));
  void client.prefetchQuery(trpc.replies.counts.queryOptions({}));
  void client.prefetchQuery(trpc.replies.frame.queryOptions());
  return (
    <HydrateClient>
      <InboxPage />
    </HydrateClient>
  );
}
