"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { actThen } from "@/components/trpc/act-then";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/input";
import { Labelled } from "@/components/ui/labelled";
import { BrokenState, Problem, sentenceOf } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Instant } from "@/components/ui/time/relative-time";
import { showDone } from "@/components/ui/toast";

/** What colleagues should know about this person, in their own words. Never in a mail: nothing is written from notes. */
export function LeadNotes({ leadId, canWrite }: { leadId: string; canWrite: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const id = useId();
  const [text, setText] = useState("");
  const notes = useQuery(trpc.notes.list.queryOptions({ leadId }));
  const changed = () => {
    void queries.invalidateQueries(trpc.notes.pathFilter());
    void queries.invalidateQueries(trpc.leads.timeline.pathFilter());
  };
  const add = useMutation(trpc.notes.add.mutationOptions({ onSuccess: changed }));
  const remove = useMutation(trpc.notes.remove.mutationOptions({ onSuccess: changed }));
  const failed = add.error ?? remove.error;
  return (
    <div className="grid gap-3">
      {canWrite && (
        <form
          className="grid max-w-form gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate({ leadId, text }, { onSuccess: () => setText("") });
          }}
        >
          <Labelled id={id} label="New note" hint="Colleagues read it here. No mail is written from it.">
            <Textarea id={id} rows={3} maxLength={5_000} value={text} onChange={(event) => setText(event.target.value)} />
          </Labelled>
          <div>
            <Button type="submit" size="sm" variant="primary" busy={add.isPending} disabled={text.trim() === ""}>
              Add note
            </Button>
          </div>
        </form>
      )}
      <Problem>{failed && sentenceOf(failed)}</Problem>
      {notes.isPending && <SkeletonRows rows={3} label="Notes" />}
      {notes.error && <BrokenState error={notes.error} onRetry={() => void notes.refetch()} />}
      {notes.data?.items.length === 0 && <p className="py-2 text-sm text-muted">No notes yet.</p>}
      <ul>
        {notes.data?.items.map((note) => (
          <li key={note.id} className="border-t border-line py-2 text-sm first:border-t-0">
            <p className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
              <bdi>{note.authorName}</bdi>
              <Instant at={note.createdAt} />
              {note.isRemovable && canWrite && (
                <Button
                  size="sm"
                  variant="quiet"
                  className="ml-auto"
                  onClick={() =>
                    actThen(remove, { noteId: note.id }, () =>
                      showDone("Removed the note.", () => add.mutateAsync({ leadId, text: note.text })),
                    )
                  }
                >
                  Remove
                </Button>
              )}
            </p>
            <p className="max-w-[680px] whitespace-pre-wrap [overflow-wrap:anywhere]">
              <bdi>{note.text}</bdi>
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
