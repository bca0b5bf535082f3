"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { timelineGroups } from "#server/timeline/constants.ts";
import type { ActivityRow, TimelineGroup } from "#server/timeline/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { BrokenState } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Instant } from "@/components/ui/time/relative-time";
import { activityWords } from "./activity-words";

const GROUP_WORDS: Record<TimelineGroup, string> = { all: "All", mail: "Mail", calls: "Calls and meetings", changes: "Changes" };

/** One stream, newest first; the filters are chips. */
export function LeadTimeline({ leadId, short }: { leadId: string; short?: boolean }) {
  const trpc = useTRPC();
  const [group, setGroup] = useState<TimelineGroup>("all");
  const query = useInfiniteQuery(
    trpc.leads.timeline.infiniteQueryOptions({ leadId, group, limit: short ? 6 : 30 }, { getNextPageParam: (page) => page.nextCursor }),
  );
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="grid gap-2">
      {!short && (
        <div className="flex flex-wrap gap-1">
          {timelineGroups.map((each) => (
            <Chip key={each} pressed={group === each} onClick={() => setGroup(each)}>
              {GROUP_WORDS[each]}
            </Chip>
          ))}
        </div>
      )}
      {query.isPending && <SkeletonRows rows={4} label="Timeline" />}
      {query.error && <BrokenState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && rows.length === 0 && <p className="py-2 text-sm text-muted">Nothing of this kind happened yet.</p>}
      <ol>
        {rows.map((row) => (
          <TimelineLine key={row.id} row={row} />
        ))}
      </ol>
      {!short && query.hasNextPage && (
        <div>
          <Button size="sm" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show earlier
          </Button>
        </div>
      )}
    </div>
  );
}

function TimelineLine({ row }: { row: ActivityRow }) {
  return (
    <li className="flex gap-3 border-t border-line py-1.5 text-sm first:border-t-0">
      <span className="w-32 shrink-0 text-muted tabular-nums">
        <Instant at={row.occurredAt} />
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {activityWords(row)}
        {row.subject && (
          <>
            {" "}
            <bdi className="text-muted">“{row.subject}”</bdi>
          </>
        )}
        {row.campaignName && (
          <span className="text-muted">
            {" "}
            · <bdi>{row.campaignName}</bdi>
          </span>
        )}
        {row.actorName && (
          <span className="text-muted">
            {" "}
            · <bdi>{row.actorName}</bdi>
          </span>
        )}
      </span>
    </li>
  );
}
