"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SetupLine } from "#server/setup/schema.ts";
import { useCan, useSession } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { CheckList } from "@/components/ui/check-list";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { useIsPhone } from "@/components/ui/media";
import { showDone } from "@/components/ui/toast";

/** Without an address there is nothing here that a button could do. */
type Words = { title: string; verb: string; href?: string; fix?: string };

const WORDS: Record<SetupLine["id"], Words> = {
  offer: { title: "What you sell: offer, proof that may be quoted, what you ask for", verb: "Describe", href: "/settings/offer" },
  identity: { title: "Who you are: signature, postal address, working hours, zone", verb: "Fill in", href: "/settings/profile" },
  "do-not-contact": { title: "Do not contact: customers, competitors, past opt-outs", verb: "Upload", href: "/settings/do-not-contact" },
  mailbox: { title: "Mailbox: sends and reads", verb: "Connect", fix: "Fix", href: "/mailboxes" },
  reachable: { title: "This computer can be reached from outside", verb: "" },
  people: { title: "People: import or paste", verb: "Import", href: "/leads/import" },
  scoring: { title: "Who fits: scoring", verb: "Review", href: "/settings/scoring" },
  campaign: { title: "First campaign", verb: "Make one", href: "/campaigns/new" },
};

const SHOWN_ON_PHONE = 3;

/** Stands at the top of Today until it is done or hidden; each line checks itself. A pretend workspace has none. */
export function SetupList() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { kind } = useSession();
  const mayHide = useCan("settings:write");
  const isPhone = useIsPhone();
  const [isWhole, setWhole] = useState(false);
  const setup = useQuery(trpc.setup.get.queryOptions(undefined, { enabled: kind === "live" }));
  const refresh = () => void queryClient.invalidateQueries(trpc.setup.pathFilter());
  const hide = useMutation(
    trpc.setup.setHidden.mutationOptions({
      onSettled: refresh,
      onSuccess: (_, { isHidden }) => {
        if (isHidden) showDone("Hid the setup list.", () => hide.mutateAsync({ isHidden: false }));
      },
    }),
  );
  const prove = useMutation(trpc.suppressions.proveReachable.mutationOptions({ onSettled: refresh }));
  if (kind !== "live" || !setup.data || setup.data.isHidden || setup.data.done === setup.data.lines.length) return null;
  const { done } = setup.data;
  const failed = prove.error ?? hide.error;
  // On a phone the day's work stays in sight: what comes next is shown, the rest on demand.
  const isFolded = isPhone && !isWhole;
  const lines = isFolded ? setup.data.lines.filter((line) => line.state !== "ok").slice(0, SHOWN_ON_PHONE) : setup.data.lines;
  return (
    <section aria-label="Get ready to send" className="border-b border-line px-6 pt-2 pb-4 phone:px-4">
      <div className="flex items-center gap-2 border-b border-line pb-1">
        <h2 className="flex-1 text-sm font-semibold">Get ready to send</h2>
        <span className="text-xs text-muted">
          {done} of {setup.data.lines.length}
        </span>
        {mayHide && (
          <Button size="sm" variant="quiet" onClick={() => hide.mutate({ isHidden: true })}>
            Hide
          </Button>
        )}
      </div>
      <Problem>{failed && sentenceOf(failed)}</Problem>
      <CheckList
        label="What is ready and what is not"
        lines={lines.map((line) => {
          const words = WORDS[line.id];
          return {
            id: line.id,
            state: line.state,
            title: words.title,
            detail: line.id === "reachable" && prove.data && !prove.data.isProven ? prove.data.sentence : line.detail,
            action:
              line.id === "reachable" && line.state !== "ok" && mayHide ? (
                <Button size="sm" busy={prove.isPending} onClick={() => prove.mutate({})}>
                  Check now
                </Button>
              ) : line.state === "ok" || !words.href ? undefined : (
                <ButtonLink size="sm" href={line.missing === "postal-address" ? "/settings/workspace" : words.href}>
                  {line.state === "failed" ? (words.fix ?? words.verb) : words.verb}
                </ButtonLink>
              ),
          };
        })}
      />
      {isPhone && setup.data.lines.length > SHOWN_ON_PHONE && (
        <Button size="sm" variant="quiet" onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Show what comes next only" : `Show all ${setup.data.lines.length}`}
        </Button>
      )}
    </section>
  );
}
