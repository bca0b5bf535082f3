"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { DraftView } from "#server/writing/schema.ts";
import { CampaignsTabs } from "@/components/campaigns/campaigns-tabs";
import { Page, PageBody, PageHeader } from "@/components/shell/page";
import { useCan } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { FilterBar } from "@/components/ui/filters/filter-bar";
import { useFilters } from "@/components/ui/filters/use-filters";
import { BrokenState, EmptyState, FilteredEmpty, Notice, Problem, sentenceOf } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ApprovePassing } from "./approve-passing";
import { draftFilters } from "./draft-filters";
import { toDraftInput } from "./draft-input";
import { DraftPane } from "./draft-pane";
import { useDraftActs } from "./use-draft-acts";

/** Read, fix, approve: one at a time, the next appears at once. */
export function DraftsPage() {
  const trpc = useTRPC();
  const canWrite = useCan("drafts:write");
  const filters = useFilterChoices();
  const handle = useFilters(filters);
  const input = toDraftInput(handle.values);
  const query = useInfiniteQuery(trpc.drafts.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.nextCursor }));
  const narrowed = { ...(input.campaignId && { campaignId: input.campaignId }), ...(input.senderId && { senderId: input.senderId }) };
  const counts = useQuery(trpc.drafts.counts.queryOptions(narrowed));
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [isApproving, setApproving] = useState(false);

  const drafts = useMemo(
    () => (query.data?.pages.flatMap((page) => page.items) ?? []).filter((draft) => !gone.has(draft.id)),
    [query.data, gone],
  );
  const found = drafts.findIndex((draft) => draft.id === currentId);
  const at = Math.max(0, found);
  // What somebody writes in stays, also when a colleague decides on the draft meanwhile: Save says so, and the words are still there.
  const [edited, setEdited] = useState<DraftView | null>(null);
  const current = edited ? (drafts.find((draft) => draft.id === edited.id) ?? edited) : drafts[at];
  const isTaken = edited !== null && query.isSuccess && !drafts.some((draft) => draft.id === edited.id);
  // What is read stays what A approves, also when a draft with less time comes before it.
  if (current && currentId === null) setCurrentId(current.id);
  const show = (place: number) => {
    setCurrentId(drafts[Math.min(Math.max(0, place), drafts.length - 1)]?.id ?? null);
    if (place >= drafts.length - 3 && query.hasNextPage) void query.fetchNextPage();
  };
  const leave = (id: string) => {
    // The next one is on screen before the server has answered.
    if (id === current?.id) setCurrentId((drafts[at + 1] ?? drafts[at - 1])?.id ?? null);
    setGone((before) => new Set(before).add(id));
  };
  const comeBack = (id: string) => {
    setGone((before) => new Set([...before].filter((one) => one !== id)));
    setCurrentId(id);
  };
  const acts = useDraftActs(leave, comeBack);
  const { waiting = 0, passing = 0, needLook = 0 } = counts.data ?? {};

  return (
    <Page>
      <PageHeader
        scoped
        title="Drafts"
        count={counts.data?.waiting}
        primary={
          canWrite &&
          passing > 0 && (
            <Button variant="primary" onClick={() => setApproving(true)}>
              Approve {passing} that {passing === 1 ? "passes" : "pass"}…
            </Button>
          )
        }
      >
        {waiting > 0 && `${passing} pass all checks · ${needLook} ${needLook === 1 ? "needs" : "need"} a look`}
      </PageHeader>
      <CampaignsTabs />
      <FilterBar filters={filters} handle={handle} hideSearch />
      {query.isPending && !current ? (
        <PageBody>
          <SkeletonRows rows={8} label="Drafts are loading" />
        </PageBody>
      ) : !query.data && !current ? (
        <BrokenState error={query.error} onRetry={() => void query.refetch()} />
      ) : !current ? (
        handle.isFiltered ? (
          <FilteredEmpty noun="drafts" onClear={handle.clear} />
        ) : (
          <NoDrafts />
        )
      ) : (
        <PageBody>
          <div className="mb-3">
            <Problem>{acts.error && sentenceOf(acts.error)}</Problem>
            {isTaken && <Notice>This draft is not in the list any more. What you wrote stays until you close it.</Notice>}
          </div>
          <DraftPane
            key={current.id}
            draft={current}
            place={`${at + 1} of ${Math.max(waiting, drafts.length)}`}
            canWrite={canWrite}
            isEditing={edited !== null}
            onEdit={(isEditing) => setEdited(isEditing ? current : null)}
            onNext={() => show(at + 1)}
            onPrevious={() => show(at - 1)}
            onApprove={() => acts.approve(current)}
            onReject={(reason) => acts.reject(current, reason)}
            edit={acts.edit}
          />
        </PageBody>
      )}
      {isApproving && (
        <ApprovePassing
          filter={narrowed}
          onClose={() => setApproving(false)}
          onApprove={(expected) => acts.approvePassing.mutate({ ...narrowed, expected }, { onSuccess: () => setApproving(false) })}
          isBusy={acts.approvePassing.isPending}
          error={acts.approvePassing.error}
        />
      )}
    </Page>
  );
}

/** The campaigns that write, and who sends. */
function useFilterChoices() {
  const trpc = useTRPC();
  const campaigns = useQuery(trpc.campaigns.list.queryOptions({ limit: 100 }));
  const senders = useQuery(trpc.teams.page.queryOptions());
  return useMemo(
    () =>
      draftFilters.map((filter) => {
        if (filter.key === "campaign" && filter.kind === "one")
          return { ...filter, options: (campaigns.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })) };
        if (filter.key === "sender" && filter.kind === "one")
          return { ...filter, options: (senders.data?.members ?? []).map(({ userId, fullName }) => ({ value: userId, label: fullName })) };
        return filter;
      }),
    [campaigns.data, senders.data],
  );
}

function NoDrafts() {
  return (
    <EmptyState action={<ButtonLink href="/campaigns">Open campaigns</ButtonLink>}>
      No drafts wait. When a campaign is about to send, its mails appear here to be read.
    </EmptyState>
  );
}
