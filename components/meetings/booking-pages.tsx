"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { can } from "#server/auth/constants.ts";
import { useSession } from "@/components/shell/session";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-text";
import { later } from "@/components/ui/later";
import { EmptyState, Problem } from "@/components/ui/list-states";
import { formatShare } from "@/components/ui/progress-bar";
import { State } from "@/components/ui/state";
import type { Column } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { placeOf } from "@/components/ui/time/format";
import { showDone } from "@/components/ui/toast";
import { MeetingsFrame } from "./meetings-frame";

const BookingPageSheet = later(() => import("./booking-page-sheet").then((part) => part.BookingPageSheet));

export type BookingPageRow = RouterOutputs["meetings"]["pages"][number];

export function BookingPages() {
  const trpc = useTRPC();
  const { userId, role } = useSession();
  const pages = useQuery(trpc.meetings.pages.queryOptions({}));
  const [editing, setEditing] = useState<BookingPageRow | null>(null);
  /** The link that the browser did not let us copy. */
  const [refused, setRefused] = useState<string | null>(null);
  const mayEdit = (page: BookingPageRow) => can(role, "meetings:write") && (page.ownerId === userId || role !== "rep");
  const copy = async (page: BookingPageRow) => {
    const link = `${window.location.origin}/book/${page.slug}`;
    const isCopied = await copyText(link);
    setRefused(isCopied ? null : link);
    if (isCopied) showDone("Copied the link.");
  };
  const columns: Column<BookingPageRow>[] = [
    { id: "name", header: "Name", width: 140, cell: (page) => <bdi>{page.name}</bdi> },
    { id: "length", header: "Length", width: 80, align: "end", cell: (page) => `${page.durationMinutes} min` },
    { id: "host", header: "Host", width: 140, cell: (page) => <bdi>{page.ownerName}</bdi> },
    {
      id: "link",
      header: "Link",
      width: 180,
      grow: true,
      cell: (page) => (
        <a className="text-accent hover:underline" href={`/book/${page.slug}`} target="_blank" rel="noreferrer">
          /book/{page.slug}
        </a>
      ),
    },
    { id: "booked", header: "Booked 30 d", width: 100, align: "end", cell: (page) => page.booked30Days },
    {
      id: "missed",
      header: "No-show",
      width: 100,
      align: "end",
      explains: "Of the meetings booked in 30 days that have an outcome.",
      cell: (page) =>
        page.held30Days + page.noShow30Days === 0 ? "–" : formatShare(page.noShow30Days, page.held30Days + page.noShow30Days),
    },
    {
      id: "state",
      header: "State",
      width: 90,
      cell: (page) => <State tone={page.isActive ? "good" : "muted"}>{page.isActive ? "Open" : "Closed"}</State>,
    },
    {
      id: "acts",
      header: "Verbs",
      width: 200,
      cell: (page) => (
        <span className="flex gap-1">
          <Button size="sm" onClick={() => void copy(page)}>
            Copy link
          </Button>
          {mayEdit(page) && (
            <Button size="sm" variant="quiet" onClick={() => setEditing(page)}>
              Edit hours
            </Button>
          )}
        </span>
      ),
    },
  ];
  return (
    <MeetingsFrame>
      {refused && (
        <div className="px-6 pt-2 phone:px-4">
          <Problem>Your browser does not let this page copy. The link is {refused}</Problem>
        </div>
      )}
      <DataTable
        noun="booking pages"
        rows={pages.data ?? []}
        columns={columns}
        rowId={(page) => page.id}
        rowName={(page) => `${page.name} of ${page.ownerName}`}
        isLoading={pages.isPending}
        error={pages.error}
        onRetry={pages.refetch}
        empty={<EmptyState>A booking page shows your free times to whoever has its link. Each person gets one when they join.</EmptyState>}
        onOpen={(page) => mayEdit(page) && setEditing(page)}
        actions={(page) => [
          { label: "Copy link", onSelect: () => void copy(page) },
          ...(mayEdit(page) ? [{ label: "Edit hours", hotkey: "e", onSelect: () => setEditing(page) }] : []),
        ]}
        phoneRow={(page) => ({
          title: <bdi>{page.ownerName}</bdi>,
          state: <State tone={page.isActive ? "good" : "muted"}>{page.isActive ? "Open" : "Closed"}</State>,
          detail: `${page.name} · ${page.durationMinutes} min · ${placeOf(page.timeZone)}`,
          next: `${page.booked30Days} booked`,
        })}
      />
      {editing && <BookingPageSheet page={editing} onClose={() => setEditing(null)} />}
    </MeetingsFrame>
  );
}
