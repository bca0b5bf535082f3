import type { Metadata } from "next";
import { getQueryClient, HydrateClient, trpc } from "#server/trpc/rsc.tsx";
import { BookingPages } from "@/components/meetings/booking-pages";

export const metadata: Metadata = { title: "Booking pages" };

export default function BookingPagesPage() {
  void getQueryClient().prefetchQuery(trpc.meetings.pages.queryOptions({}));
  return (
    <HydrateClient>
      <BookingPages />
    </HydrateClient>
  );
}
