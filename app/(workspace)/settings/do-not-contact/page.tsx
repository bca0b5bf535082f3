import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { DoNotContactPage } from "@/components/compliance/do-not-contact-page";

export const metadata: Metadata = { title: "Do not contact" };

export default async function DoNotContactRoute({ searchParams }: { searchParams: Promise<Record<string, string>> }) {
  // With filters the list asks by itself, when they are read.
  if (Object.keys(await searchParams).length === 0) {
    void getQueryClient().prefetchInfiniteQuery(
      trpc.suppressions.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor }),
    );
  }
  return (
    <HydrateClient>
      <DoNotContactPage />
    </HydrateClient>
  );
}
