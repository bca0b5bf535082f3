"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { MeetingRow } from "#server/meetings/schema.ts";
import { useCan } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { later } from "@/components/ui/later";
import { EmptyState, Problem, sentenceOf } from "@/components/ui/list-states";
import { SidePanel } from "@/components/ui/side-panel";
import type { Column } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { BothTimes } from "./both-times";
import { MeetingSummary } from "./meeting-panel";
import { MeetingStateMark } from "./meeting-words";
import { MeetingsFrame } from "./meetings-frame";
import { useOutcome } from "./use-outcome";

const HeldSheet = later(() => import("./held-sheet").then((part) => part.HeldSheet));
const MoveSheet = later(() => import("./move-sheet").then((part) => part.MoveSheet));
const CancelDialog = later(() => import("./cancel-dialog").then((part) => part.CancelDialog));

type Tab = "upcoming" | "needs-outcome" | "all";
type Asked = { act: "held" | "move" | "cancel" | "open"; meeting: MeetingRow } | null;

const EMPTY: Record<Tab, string> = {
  upcoming: "Meetings that prospects book, or that you agree by mail, appear here.",
  "needs-outcome": "Every meeting that is over has its outcome.",
  all: "Meetings that prospects book, or that you agree by mail, appear here.",
};

export function MeetingList({ tab }: { tab: Tab }) {
  const trpc = useTRPC();
  const mayWrite = useCan("meetings:write");
  const outcome = useOutcome();
  const [asked, setAsked] = useState<Asked>(null);
  const query = useInfiniteQuery(trpc.meetings.list.infiniteQueryOptions({ tab }, { getNextPageParam: (page) => page.nextCursor }));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const counts = query.data?.pages[0]?.counts;
  const total = counts && { upcoming: counts.upcoming, "needs-outcome": counts.needsOutcome, all: counts.all }[tab];
  const close = () => setAsked(null);

  const noShow = (meeting: MeetingRow) => outcome.say({ id: meeting.id, outcome: "no_show", name: meeting.attendeeName });
  const verbsOf = (meeting: MeetingRow) =>
    mayWrite
      ? {
          onHeld: () => setAsked({ act: "held", meeting }),
          onNoShow: () => noShow(meeting),
          onMove: () => setAsked({ act: "move", meeting }),
          onCancel: () => setAsked({ act: "cancel", meeting }),
        }
      : null;
  const columns: Column<MeetingRow>[] = [
    {
      id: "when",
      header: "When (yours · theirs)",
      width: 232,
      cell: (row) => <BothTimes at={row.startsAt} theirZone={row.attendeeZone} compact />,
    },
    {
      id: "who",
      header: "Who",
      width: 200,
      grow: true,
      cell: (row) => (
        <>
          <bdi>{row.attendeeName}</bdi>
          {row.company && <bdi className="text-muted"> · {row.company}</bdi>}
        </>
      ),
    },
    { id: "kind", header: "Kind", width: 110, cell: (row) => <KindOf meeting={row} /> },
    { id: "host", header: "Host", width: 90, cell: (row) => <bdi>{row.hostName.split(" ")[0]}</bdi> },
    { id: "from", header: "From", width: 124, cell: (row) => <bdi className="text-muted">{row.campaignName ?? "–"}</bdi> },
    // Where every row asks the same question, its answers say it.
    ...(tab === "needs-outcome" && mayWrite
      ? []
      : [{ id: "state", header: "State", width: 170, cell: (row: MeetingRow) => <MeetingStateMark meeting={row} /> }]),
    ...(mayWrite && tab === "needs-outcome"
      ? [
          {
            id: "outcome",
            header: "Did it happen?",
            width: 220,
            cell: (row: MeetingRow) => <OutcomeButtons meeting={row} verbs={verbsOf(row)} />,
          },
        ]
      : []),
  ];
  return (
    <MeetingsFrame>
      {outcome.error && (
        <div className="px-6 pt-3 phone:px-4">
          <Problem>{sentenceOf(outcome.error)}</Problem>
        </div>
      )}
      <DataTable
        noun="meetings"
        rows={rows}
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.attendeeName}
        total={total}
        isLoading={query.isPending}
        error={query.error}
        onRetry={query.refetch}
        empty={<EmptyState action={<ButtonLink href="/meetings/booking-pages">Set your hours</ButtonLink>}>{EMPTY[tab]}</EmptyState>}
        onOpen={(meeting) => setAsked({ act: "open", meeting })}
        panel={(row, onClose) => (
          <SidePanel label="Meeting" title={<bdi>{row.title}</bdi>} onClose={onClose}>
            <MeetingSummary meeting={row} verbs={verbsOf(row)} />
          </SidePanel>
        )}
        actions={(row) => [
          ...(row.leadId ? [{ label: "Open person", href: `/leads/${row.leadId}` }] : []),
          ...(mayWrite && row.state === "needs_outcome"
            ? [
                { label: "Held", onSelect: () => setAsked({ act: "held", meeting: row }) },
                { label: "No-show", onSelect: () => noShow(row) },
              ]
            : []),
          ...(mayWrite && ["confirmed", "moved", "needs_outcome"].includes(row.state)
            ? [{ label: "Move meeting", onSelect: () => setAsked({ act: "move", meeting: row }) }]
            : []),
          ...(mayWrite && ["confirmed", "moved"].includes(row.state)
            ? [{ label: "Cancel meeting", tone: "bad" as const, onSelect: () => setAsked({ act: "cancel", meeting: row }) }]
            : []),
        ]}
        phoneRow={(row) => ({
          title: <bdi>{row.attendeeName}</bdi>,
          state: <MeetingStateMark meeting={row} />,
          detail: <bdi>{row.company ?? row.title}</bdi>,
          next: <BothTimes at={row.startsAt} theirZone={row.attendeeZone} compact />,
        })}
        onEndReached={() => query.hasNextPage && void query.fetchNextPage()}
        isFetchingMore={query.isFetchingNextPage}
      />
      {asked?.act === "open" && (
        <SidePanel label="Meeting" title={<bdi>{asked.meeting.title}</bdi>} onClose={close}>
          <MeetingSummary meeting={rows.find((row) => row.id === asked.meeting.id) ?? asked.meeting} verbs={verbsOf(asked.meeting)} />
        </SidePanel>
      )}
      {asked?.act === "held" && <HeldSheet meeting={asked.meeting} onClose={close} />}
      {asked?.act === "move" && <MoveSheet meeting={asked.meeting} onClose={close} />}
      {asked?.act === "cancel" && <CancelDialog meeting={asked.meeting} onClose={close} />}
    </MeetingsFrame>
  );
}

function KindOf({ meeting }: { meeting: MeetingRow }) {
  const minutes = Math.round((meeting.endsAt.getTime() - meeting.startsAt.getTime()) / 60_000);
  return (
    <bdi>
      {meeting.title.split(":")[0]} {minutes} min
    </bdi>
  );
}

function OutcomeButtons({
  meeting,
  verbs,
}: {
  meeting: MeetingRow;
  verbs: { onHeld: () => void; onNoShow: () => void; onMove: () => void } | null;
}) {
  if (!verbs || meeting.state !== "needs_outcome") return null;
  return (
    <span className="flex gap-1">
      <Button size="sm" onClick={verbs.onHeld}>
        Held
      </Button>
      <Button single size="sm" onClick={verbs.onNoShow}>
        No-show
      </Button>
      <Button size="sm" variant="quiet" onClick={verbs.onMove}>
        Moved
      </Button>
    </span>
  );
}
