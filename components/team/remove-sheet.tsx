"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type HandOutNoun, handOutNouns } from "#server/teams/schema.ts";
import { useSession } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Labelled } from "@/components/ui/labelled";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { showDone } from "@/components/ui/toast";
import type { Member } from "./team-page";

const ONE: Record<HandOutNoun, string> = {
  leads: "lead",
  companies: "company",
  campaigns: "campaign",
  deals: "deal",
  tasks: "task",
  meetings: "meeting",
  mailboxes: "mailbox",
  replies: "reply",
  teams: "team to lead",
};

type RemoveSheetProps = { member: Member | null; members: readonly Member[]; onClose: () => void; onRemoved: () => void };

/** "Leo has 212 leads, 9 tasks, 4 meetings, 3 deals, 1 mailbox" → to whom. Nothing is left without an owner. */
export function RemoveSheet({ member, members, onClose, onRemoved }: RemoveSheetProps) {
  const trpc = useTRPC();
  const session = useSession();
  const [heir, setHeir] = useState<string | null>(null);
  const [others, setOthers] = useState<Partial<Record<HandOutNoun, string>>>({});
  const holdings = useQuery(trpc.teams.holdings.queryOptions({ userId: member?.userId ?? "" }, { enabled: member !== null }));
  const close = () => {
    setHeir(null);
    setOthers({});
    remove.reset();
    onClose();
  };
  const remove = useMutation(
    trpc.teams.removeMember.mutationOptions({
      onSuccess: () => {
        showDone(`Removed ${member?.fullName ?? "the person"} and handed everything over.`);
        close();
        onRemoved();
      },
    }),
  );
  const held = handOutNouns.flatMap((noun) => {
    const count = holdings.data?.[noun] ?? 0;
    if (count === 0) return [];
    const many = noun === "teams" ? "teams to lead" : noun;
    return [{ noun, words: `${count.toLocaleString("en-GB")} ${count === 1 ? ONE[noun] : many}` }];
  });
  const options = (members: readonly Member[]) => members.map((each) => ({ value: each.userId, label: each.fullName, detail: each.role }));
  const taker = heir ?? (held.length === 0 && holdings.data ? session.userId : null);
  const heirs = members.filter((each) => each.userId !== member?.userId && each.role !== "viewer");
  return (
    <Sheet
      open={member !== null}
      onOpenChange={(open) => !open && close()}
      title={`Remove ${member?.fullName ?? ""}`}
      description="They are signed out with their next click, and their API keys stop working."
      actions={
        <>
          <Button variant="quiet" onClick={close}>
            Cancel
          </Button>
          <Button
            variant="danger"
            disabled={!taker || !holdings.data}
            busy={remove.isPending}
            onClick={() => member && taker && remove.mutate({ userId: member.userId, toUserId: taker, others })}
          >
            {held.length > 0 ? "Remove and hand over" : "Remove from the workspace"}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {holdings.isPending ? (
          <Skeleton className="w-3/4" />
        ) : (
          <p className="text-base">
            {held.length > 0
              ? `${member?.fullName} has ${held.map(({ words }) => words).join(", ")}.`
              : `${member?.fullName} holds nothing that must be handed over.`}
          </p>
        )}
        {held.length > 0 && (
          <Labelled id="heir" label="Who takes over">
            <Select id="heir" placeholder="Choose a colleague" options={options(heirs)} value={heir} onChange={setHeir} />
          </Labelled>
        )}
        {heir && held.length > 1 && (
          <ul className="grid gap-2">
            {held.map(({ noun, words }) => (
              <li key={noun} className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
                <span className="min-w-32 flex-1">{words}</span>
                <Select
                  label={`Who takes over ${words}`}
                  className="w-56 phone:w-full"
                  options={options(heirs)}
                  value={others[noun] ?? heir}
                  onChange={(userId) => setOthers((before) => ({ ...before, [noun]: userId }))}
                />
              </li>
            ))}
          </ul>
        )}
        <Problem>{(remove.error ?? holdings.error) && sentenceOf(remove.error ?? holdings.error)}</Problem>
      </div>
    </Sheet>
  );
}
