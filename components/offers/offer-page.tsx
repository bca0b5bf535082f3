"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { OfferInput, OfferView } from "#server/offers/schema.ts";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { PageBody } from "@/components/shell/page";
import { useCan } from "@/components/shell/session";
import { actThen } from "@/components/trpc/act-then";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { CheckList } from "@/components/ui/check-list";
import { Chip } from "@/components/ui/chip";
import { BrokenState, EmptyState, Problem, sentenceOf } from "@/components/ui/list-states";
import { Menu } from "@/components/ui/menu";
import { SkeletonRows } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { showDone } from "@/components/ui/toast";
import { untilAlive } from "@/components/ui/until-alive";

// With its fields and their rules, which the frame of the page does not wait for.
const OfferForm = dynamic(() => import("./offer-form").then((part) => untilAlive(part.OfferForm)));

const NEW = "new";

/** What we sell, for whom, the proof and the voice: drafts quote only from here and from facts. */
export function OfferPage() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const canWrite = useCan("offers:write");
  const offers = useQuery(trpc.offers.list.queryOptions({}));
  const [chosen, setChosen] = useState<string | null>(null);
  const [saves, setSaves] = useState(0);
  const refresh = () =>
    Promise.all([queryClient.invalidateQueries(trpc.offers.pathFilter()), queryClient.invalidateQueries(trpc.setup.pathFilter())]);

  const create = useMutation(trpc.offers.create.mutationOptions({ onSettled: refresh }));
  const save = useMutation(trpc.offers.save.mutationOptions({ onSettled: refresh }));
  const makeDefault = useMutation(trpc.offers.makeDefault.mutationOptions({ onSettled: refresh }));
  const restore = useMutation(trpc.offers.restore.mutationOptions({ onSettled: refresh }));
  const archive = useMutation(trpc.offers.archive.mutationOptions({ onSettled: refresh }));

  if (offers.isPending)
    return (
      <SettingsFrame>
        <PageBody>
          <SkeletonRows rows={8} label="The offer is loading" />
        </PageBody>
      </SettingsFrame>
    );
  if (!offers.data)
    return (
      <SettingsFrame>
        <BrokenState error={offers.error} onRetry={() => void offers.refetch()} />
      </SettingsFrame>
    );
  const items = offers.data.items;
  const failed = archive.error ?? restore.error ?? makeDefault.error;
  const isNew = chosen === NEW;
  const offer = isNew ? null : (items.find((one) => one.id === chosen) ?? items[0] ?? null);

  const onSave = (input: OfferInput, edited: OfferView | null) => {
    const done = (saved: OfferView) => {
      setChosen(saved.id);
      setSaves((count) => count + 1);
      showDone(
        edited
          ? `Saved ${saved.name} as version ${saved.version}. Waiting drafts keep version ${saved.version - 1}.`
          : `Saved ${saved.name}.`,
      );
    };
    if (edited) save.mutate({ ...input, id: edited.id, version: edited.version }, { onSuccess: done });
    else create.mutate(input, { onSuccess: done });
  };
  const onArchive = (one: OfferView) =>
    actThen(
      archive,
      { id: one.id },
      () => showDone(`Archived ${one.name}.`, () => restore.mutateAsync({ id: one.id })),
      () => setChosen(null),
    );

  return (
    <SettingsFrame>
      <PageBody>
        {!offer && !isNew ? (
          <EmptyState
            action={
              canWrite && (
                <Button variant="primary" hotkey="n" onClick={() => setChosen(NEW)}>
                  Add offer
                </Button>
              )
            }
          >
            What you sell, for whom, and the proof that may be quoted. Drafts rest on this and on facts about the reader, on nothing else.
          </EmptyState>
        ) : (
          <>
            <div className="mb-4 flex flex-wrap items-center gap-2">
              {items.map((one) => (
                <Chip key={one.id} pressed={one.id === offer?.id} onClick={() => setChosen(one.id)}>
                  {one.name}
                </Chip>
              ))}
              {isNew && <Chip pressed>New offer</Chip>}
              {canWrite && !isNew && (
                <Button size="sm" variant="quiet" hotkey="n" onClick={() => setChosen(NEW)}>
                  Add offer
                </Button>
              )}
              {canWrite && offer && (
                <Menu
                  trigger={
                    <Button size="sm" variant="quiet">
                      More
                    </Button>
                  }
                  entries={[
                    ...(offer.isDefault
                      ? []
                      : [{ label: "Use for answers and new campaigns", onSelect: () => makeDefault.mutate({ id: offer.id }) }]),
                    { label: "Archive offer", tone: "bad" as const, onSelect: () => onArchive(offer) },
                  ]}
                />
              )}
            </div>
            <div className="mb-4 max-w-reading">
              <Problem>{failed && sentenceOf(failed)}</Problem>
            </div>
            {offer && <OfferStatus offer={offer} canWrite={canWrite} />}
            <OfferForm
              // A new form after one's own save only. A colleague's version is met by saving, which says so and keeps what is written here.
              key={offer ? `${offer.id} ${saves}` : NEW}
              offer={offer}
              canWrite={canWrite}
              onSave={onSave}
              isBusy={create.isPending || save.isPending}
              error={offer ? save.error : create.error}
            />
          </>
        )}
      </PageBody>
    </SettingsFrame>
  );
}

function OfferStatus({ offer, canWrite }: { offer: OfferView; canWrite: boolean }) {
  return (
    <div className="mb-6 grid max-w-reading gap-3">
      <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
        <span>Version {offer.version}</span>·
        <span>
          saved <RelativeTime at={offer.savedAt} />
          {offer.savedBy && (
            <>
              {" "}
              by <bdi>{offer.savedBy}</bdi>
            </>
          )}
        </span>
        ·<span>{offer.campaigns === 1 ? "1 campaign writes from it" : `${offer.campaigns} campaigns write from it`}</span>
        {offer.isDefault && (
          <>
            ·<span>used for answers and new campaigns</span>
          </>
        )}
      </p>
      {!canWrite && <p className="text-sm text-muted">Only managers change the offer.</p>}
      {offer.missing.length > 0 && (
        <CheckList
          label="Missing before mails can be written"
          lines={offer.missing.slice(0, 3).map((part) => ({ id: part.field, state: "failed" as const, title: part.message }))}
        />
      )}
    </div>
  );
}
