"use client";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { openWorkspace } from "@/components/shell/workspace-menu";
import { ZoneSelect } from "@/components/shell/zone-select";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { Problem, sentenceOf } from "@/components/ui/list-states";

/** Offer, scoring and campaigns go along; people never do. */
export function MakeRealDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const trpc = useTRPC();
  const [name, setName] = useState("");
  const [timeZone, setTimeZone] = useState("Europe/Lisbon");
  useEffect(() => setTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  const make = useMutation(trpc.sandbox.makeReal.mutationOptions({ onSuccess: ({ id }) => openWorkspace(id, "/today") }));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Make it real"
      description="A live workspace gets copies of your offers, scoring and campaigns. Pretend people stay here. Nothing is sent until you press Start."
      actions={
        <>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            Not yet
          </Button>
          <Button
            variant="primary"
            busy={make.isPending || make.isSuccess}
            disabled={name.trim() === ""}
            onClick={() => make.mutate({ name, timeZone })}
          >
            Open the live workspace
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Labelled id="real-name" label="Name of your company">
          <Input id="real-name" value={name} onChange={(event) => setName(event.target.value)} autoComplete="organization" />
        </Labelled>
        <Labelled id="real-zone" label="Time zone of your team">
          <ZoneSelect id="real-zone" value={timeZone} onChange={(zone) => setTimeZone(zone ?? timeZone)} />
        </Labelled>
        <Problem>{make.error && sentenceOf(make.error)}</Problem>
      </div>
    </Dialog>
  );
}
