"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Page, PageHeader } from "@/components/shell/page";
import { useCan } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { later } from "@/components/ui/later";
import { Tabs } from "@/components/ui/tabs";

const BookSheet = later(() => import("./book-sheet").then((part) => part.BookSheet));

/** Meetings are one page with tabs; hand-overs get their tab when they exist. */
export function MeetingsFrame({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const mayBook = useCan("meetings:write");
  const [isBooking, setBooking] = useState(false);
  const { data } = useQuery(trpc.meetings.list.queryOptions({ tab: "upcoming" }));
  return (
    <Page>
      <PageHeader
        scoped
        title="Meetings"
        primary={
          mayBook && (
            <Button variant="primary" hotkey="b" onClick={() => setBooking(true)}>
              Book a meeting
            </Button>
          )
        }
      />
      <Tabs
        label="Meetings"
        tabs={[
          { href: "/meetings", label: "Upcoming", count: data?.counts.upcoming },
          { href: "/meetings/needs-outcome", label: "Needs outcome", count: data?.counts.needsOutcome },
          { href: "/meetings/all", label: "All", count: data?.counts.all },
          { href: "/meetings/booking-pages", label: "Booking pages" },
        ]}
      />
      {children}
      {isBooking && <BookSheet onClose={() => setBooking(false)} />}
    </Page>
  );
}
