"use client";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { ViewPage } from "#server/saved-views/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Popover } from "@/components/ui/popover";
import { showDone } from "@/components/ui/toast";
import { useViewsChanged } from "./use-views-changed";

export function SaveView({ page, query }: { page: ViewPage; query: string }) {
  const trpc = useTRPC();
  const id = useId();
  const changed = useViewsChanged();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [isShared, setShared] = useState(false);
  const save = useMutation(
    trpc.savedViews.save.mutationOptions({
      onSuccess: () => {
        changed();
        setOpen(false);
        showDone(`Saved the view ${name.trim()}.`);
      },
    }),
  );
  return (
    <Popover
      title="Save view"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className="h-7 shrink-0 rounded-control px-2 text-sm text-accent hover:bg-accent-soft phone:h-11">
          Save view
        </button>
      }
    >
      <form
        className="grid w-64 gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ page, name, query, isShared });
        }}
      >
        <Labelled id={id} label="Name" hint="A name that you use already is replaced.">
          <Input id={id} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </Labelled>
        <Checkbox checked={isShared} onChange={setShared} detail="Each sees the people whom they may see.">
          Share with colleagues
        </Checkbox>
        <Problem>{save.error && sentenceOf(save.error)}</Problem>
        <Button type="submit" variant="primary" busy={save.isPending} disabled={name.trim() === ""}>
          Save view
        </Button>
      </form>
    </Popover>
  );
}
