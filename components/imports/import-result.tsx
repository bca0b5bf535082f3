"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import type { ImportView } from "#server/imports/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { ProgressBar } from "@/components/ui/progress-bar";
import { showDone } from "@/components/ui/toast";
import { count } from "./import-words";
import { RowErrors } from "./row-errors";

/** Counts that open their rows; going on, and taking it back. */
export function ImportResult({ record, onAgain }: { record: ImportView; onAgain: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries();
  const cancel = useMutation(trpc.imports.cancel.mutationOptions({ onSettled: refresh }));
  const resume = useMutation(trpc.imports.start.mutationOptions({ onSettled: refresh }));
  const undo = useMutation(
    trpc.imports.undo.mutationOptions({
      onSettled: refresh,
      onSuccess: ({ removed, kept }) =>
        showDone(`Removed ${count(removed)} people.${kept > 0 ? ` ${count(kept)} stay: somebody has touched them.` : ""}`),
    }),
  );
  const failed = cancel.error ?? resume.error ?? undo.error;
  const isEnded = record.status === "done" || record.status === "cancelled" || record.status === "failed";
  const listHref = record.listId ? `/leads?list=${record.listId}` : "/leads";
  return (
    <div className="grid max-w-form gap-4 text-sm">
      {record.status === "running" && (
        <>
          <ProgressBar
            label={`Importing ${count(record.done)}${record.total === null ? "" : ` of ${count(record.total)}`}`}
            done={record.done}
            total={record.total}
            onCancel={() => cancel.mutate({ id: record.id })}
          />
          <p className="text-muted">Closing this page does not stop it.</p>
        </>
      )}
      {record.status === "failed" && <Problem>{record.error ?? "The import failed."}</Problem>}
      {record.status === "cancelled" && <p>Stopped. What is in stays; it can go on where it stopped.</p>}
      {record.status === "undone" && <p>Undone. Whom it created and nobody had touched since is gone.</p>}
      {isEnded && (
        <dl className="grid gap-1">
          <Line number={record.created} words="imported" href={listHref} />
          <Line number={record.updated} words="were here already and filled in" href={listHref} />
          <Line number={record.skipped} words="were here already, nothing to fill" href={listHref} />
          <Line number={record.suppressed} words="do not contact: kept out of campaigns" href={`${listHref}&state=do_not_contact`} />
          <Line number={record.joined} words="repeated a row of the file: joined" />
          <Line number={record.failed} words={record.failed === 1 ? "row has an error" : "rows have errors"} />
        </dl>
      )}
      {isEnded && record.failed > 0 && <RowErrors record={record} />}
      <Problem>{failed && sentenceOf(failed)}</Problem>
      <div className="flex flex-wrap gap-2">
        {isEnded && (
          <ButtonLink variant="primary" href={listHref}>
            Open the people
          </ButtonLink>
        )}
        {(record.status === "cancelled" || record.status === "failed") && (
          <Button busy={resume.isPending} onClick={() => resume.mutate({ id: record.id })}>
            Go on importing
          </Button>
        )}
        {record.status !== "running" && <Button onClick={onAgain}>Import another list</Button>}
        {isEnded && (
          <Button busy={undo.isPending} onClick={() => undo.mutate({ id: record.id })}>
            Undo this import
          </Button>
        )}
      </div>
    </div>
  );
}

function Line({ number, words, href }: { number: number; words: string; href?: string }) {
  if (number === 0) return null;
  const text = (
    <>
      <span className="font-medium tabular-nums">{count(number)}</span> {words}
    </>
  );
  return (
    <div>
      {href ? (
        <Link href={href} className="text-accent hover:underline">
          {text}
        </Link>
      ) : (
        text
      )}
    </div>
  );
}
