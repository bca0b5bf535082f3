"use client";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useMemo, useState } from "react";
import { peopleStates } from "#server/enrolments/constants.ts";
import type { CampaignPerson } from "#server/enrolments/schema.ts";
import { useCan } from "@/components/shell/session";
import { actThen } from "@/components/trpc/act-then";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { SearchField } from "@/components/ui/filters/filter-bar";
import { Grade } from "@/components/ui/grade";
import { later } from "@/components/ui/later";
import { EmptyState, Problem, sentenceOf } from "@/components/ui/list-states";
import { State } from "@/components/ui/state";
import type { Column, RowAction } from "@/components/ui/table/column";
import { DataTable } from "@/components/ui/table/data-table";
import { SendTime } from "@/components/ui/time/send-time";
import { showDone } from "@/components/ui/toast";
import { useCampaignsChanged } from "./use-campaign-act";
import { WhyNotNow } from "./why-not-now";
import { peopleStateWords, personSays } from "./words";

const AddPeopleSheet = later(() => import("./add-people-sheet").then((part) => part.AddPeopleSheet));

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const dayWords = (iso: string) => `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]}`;
const heldBy = (person: CampaignPerson) => person.heldBy.find((reason) => reason.code !== "left")?.text ?? null;

function PersonState({ person }: { person: CampaignPerson }) {
  const says = personSays(person, dayWords);
  return <State tone={says.tone}>{says.text}</State>;
}

const columns: Column<CampaignPerson>[] = [
  { id: "grade", header: "Gr", width: 44, cell: (person) => <Grade grade={person.grade as "A" | null} /> },
  {
    id: "name",
    header: "Name ▸ company",
    width: 190,
    grow: true,
    cell: (person) => (
      <span className="truncate">
        <bdi className="font-medium">{person.fullName}</bdi> <bdi className="text-muted">{person.company}</bdi>
      </span>
    ),
  },
  {
    id: "step",
    header: "Step",
    width: 92,
    cell: (person) => (person.mailNumber === null ? <span className="text-muted">–</span> : `Mail ${person.mailNumber} of ${person.mails}`),
  },
  {
    id: "next",
    header: "Next",
    width: 104,
    explains: "On the clock of the person who receives",
    cell: (person) =>
      person.status === "active" ? (
        <SendTime
          compact
          at={person.plannedAt}
          zone={person.zone}
          place={person.place ?? undefined}
          isBooked={person.planKind === "exact"}
          heldBy={person.plannedAt ? heldBy(person) : null}
        />
      ) : (
        <span className="text-muted">–</span>
      ),
  },
  {
    id: "held",
    header: "Held by",
    width: 190,
    cell: (person) => (
      <span className="truncate text-muted" title={heldBy(person) ?? undefined}>
        {person.status === "active" ? heldBy(person) : null}
      </span>
    ),
  },
  {
    id: "sender",
    header: "Sender",
    width: 116,
    cell: (person) => <span className="truncate text-muted">{person.senderAddress ?? "–"}</span>,
  },
  { id: "state", header: "State", width: 190, cell: (person) => <PersonState person={person} /> },
];

/** The page managers live on: who gets what, when, and what holds it. */
export function CampaignPeople({ id }: { id: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const canWrite = useCan("campaigns:write");
  const changed = useCampaignsChanged();
  const [state, setState] = useQueryState("state", parseAsStringLiteral(peopleStates));
  const [search, setSearch] = useQueryState("q", { defaultValue: "" });
  const [isAdding, setAdding] = useState(false);
  const query = useInfiniteQuery(
    trpc.enrolments.list.infiniteQueryOptions(
      { id, limit: 100, ...(state && { state }), ...(search && { search }) },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const [first] = query.data?.pages ?? [];
  const pause = useMutation(trpc.enrolments.pause.mutationOptions({ onSuccess: changed }));
  const resume = useMutation(trpc.enrolments.resume.mutationOptions({ onSuccess: changed }));
  const remove = useMutation(trpc.enrolments.remove.mutationOptions({ onSuccess: changed }));
  const putBack = useMutation(trpc.enrolments.putBack.mutationOptions({ onSuccess: changed }));
  const failed = pause.error ?? resume.error ?? remove.error ?? putBack.error;

  const count = (people: number) => `${people} ${people === 1 ? "person" : "people"}`;
  // Of those who are chosen some rest or are out already, by whoever's wish: what is said and what Undo does is for the others alone.
  const sayDone = (sentence: string, enrolmentIds: string[], back: typeof resume | typeof putBack) =>
    showDone(sentence, enrolmentIds.length > 0 ? () => back.mutateAsync({ id, enrolmentIds }) : undefined);
  const pauseThem = (ids: string[]) =>
    actThen(pause, { id, enrolmentIds: ids }, ({ people, enrolmentIds }) => sayDone(`Paused ${count(people)}.`, enrolmentIds, resume));
  const resumeThem = (ids: string[]) => actThen(resume, { id, enrolmentIds: ids }, ({ people }) => showDone(`Resumed ${count(people)}.`));
  const removeThem = (ids: string[]) =>
    actThen(remove, { id, enrolmentIds: ids }, ({ people, enrolmentIds }) =>
      sayDone(`Took ${count(people)} out of the campaign.`, enrolmentIds, putBack),
    );
  const actions = (person: CampaignPerson): RowAction[] => [
    { label: "Open person", href: `/leads/${person.leadId}` },
    ...(canWrite && person.status === "active" ? [{ label: "Pause", onSelect: () => pauseThem([person.id]) }] : []),
    ...(canWrite && person.status === "paused" ? [{ label: "Resume", onSelect: () => resumeThem([person.id]) }] : []),
    ...(canWrite && (person.status === "active" || person.status === "paused")
      ? [{ label: "Take out", tone: "bad" as const, hotkey: "backspace", onSelect: () => removeThem([person.id]) }]
      : []),
  ];
  const addButton = canWrite && (
    <Button size="sm" hotkey="n" onClick={() => setAdding(true)}>
      Add people
    </Button>
  );
  return (
    <>
      {failed && (
        <div className="px-6 pt-2 phone:px-4">
          <Problem>{sentenceOf(failed)}</Problem>
        </div>
      )}
      <DataTable
        noun="people"
        rows={rows}
        columns={columns}
        rowId={(person) => person.id}
        rowName={(person) => person.fullName}
        total={state ? first?.counts[state] : first?.total}
        isLoading={query.isPending}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={
          <EmptyState
            action={
              canWrite && (
                <Button variant="primary" onClick={() => setAdding(true)}>
                  Add people
                </Button>
              )
            }
          >
            People you add to this campaign appear here, each with the time of their next mail.
          </EmptyState>
        }
        filtered={
          state || search
            ? {
                totalWithout: first?.total,
                onClear: () => {
                  void setState(null);
                  void setSearch("");
                },
              }
            : undefined
        }
        filterBar={
          <div className="flex flex-wrap items-center gap-2 px-6 py-2 phone:px-4">
            {peopleStates
              .filter((value) => (first?.counts[value] ?? 0) > 0 || value === state)
              .map((value) => (
                <Chip
                  key={value}
                  pressed={state === value}
                  count={first?.counts[value] ?? 0}
                  onClick={() => void setState(state === value ? null : value)}
                >
                  {peopleStateWords[value]}
                </Chip>
              ))}
            <span className="flex-1" />
            <SearchField value={search} onChange={(text) => void setSearch(text || null)} label="Search people" />
            {addButton}
          </div>
        }
        onOpen={(person) => router.push(`/leads/${person.leadId}`)}
        actions={actions}
        why={(person) => <WhyNotNow enrolmentId={person.id} />}
        {...(canWrite && {
          bulk: (selection) => (
            <>
              <Button
                size="sm"
                onClick={() => {
                  pauseThem(selection.ids);
                  selection.clear();
                }}
              >
                Pause
              </Button>
              <Button
                size="sm"
                onClick={() => {
                  resumeThem(selection.ids);
                  selection.clear();
                }}
              >
                Resume
              </Button>
              <Button
                size="sm"
                variant="danger"
                onClick={() => {
                  removeThem(selection.ids);
                  selection.clear();
                }}
              >
                Take out
              </Button>
            </>
          ),
        })}
        phoneRow={(person) => ({
          lead: <Grade grade={person.grade as "A" | null} />,
          title: <bdi>{person.fullName}</bdi>,
          state: <PersonState person={person} />,
          detail: <bdi>{person.company}</bdi>,
          next:
            person.status === "active" ? (
              <SendTime compact at={person.plannedAt} zone={person.zone} isBooked={person.planKind === "exact"} />
            ) : null,
        })}
        onEndReached={() => query.hasNextPage && void query.fetchNextPage()}
        isFetchingMore={query.isFetchingNextPage}
      />
      <AddPeopleSheet campaignId={id} open={isAdding} onOpenChange={setAdding} />
    </>
  );
}
