"use client";
import { useMutation } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { openWorkspace } from "@/components/shell/workspace-menu";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Problem, sentenceOf } from "@/components/ui/list-states";

// With its fields and their rules, which the frame of the page does not wait for.
const OwnWorkspaceForm = dynamic(() => import("./own-workspace-form").then((part) => part.OwnWorkspaceForm));

/** Try it with pretend people, or set up with one's own mailbox. Both can exist side by side. */
export function Doors() {
  const trpc = useTRPC();
  const [own, setOwn] = useState(false);
  const create = useMutation(trpc.workspaces.create.mutationOptions({ onSuccess: ({ id }) => openWorkspace(id, "/today") }));
  const pretend = () => create.mutate({ kind: "sandbox", name: "Acme Ledger", timeZone: "Europe/Lisbon" });
  const isOpening = create.isPending || create.isSuccess;

  if (own) {
    return (
      <OwnWorkspaceForm
        busy={isOpening}
        problem={create.error ? sentenceOf(create.error) : null}
        onBack={() => setOwn(false)}
        onSubmit={(values) => create.mutate({ kind: "live", ...values })}
      />
    );
  }
  return (
    <div className="grid gap-6">
      <div className="grid gap-4 sm:grid-cols-2">
        <Door
          title="Try it with pretend people"
          lines={["40 prospects who answer like people.", "Nothing leaves this computer."]}
          takes="10 minutes"
          act={
            <Button variant="primary" busy={isOpening} onClick={pretend}>
              {isOpening ? "Inviting 40 people" : "Try it"}
            </Button>
          }
        />
        <Door
          title="Set up with your own mailbox"
          lines={["Your list, your mailbox, your rules.", "Nothing is sent until you press Start."]}
          takes="About 20 minutes"
          act={
            <Button disabled={isOpening} onClick={() => setOwn(true)}>
              Set up
            </Button>
          }
        />
      </div>
      <Problem>{create.error && sentenceOf(create.error)}</Problem>
      <p className="text-sm text-muted">You can do the other one later. Both can exist side by side.</p>
    </div>
  );
}

function Door({ title, lines, takes, act }: { title: string; lines: readonly string[]; takes: string; act: ReactNode }) {
  return (
    <section className="flex flex-col rounded-panel border border-line p-4">
      <h2 className="text-lg font-semibold">{title}</h2>
      <div className="mt-2 flex-1 text-base text-muted">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <div className="mt-6 flex items-center justify-between">
        <span className="text-sm text-muted">{takes}</span>
        {act}
      </div>
    </section>
  );
}
