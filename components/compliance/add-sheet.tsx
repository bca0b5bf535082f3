"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { choosableReasons, suppressionReasonLabels } from "#server/compliance/constants.ts";
import { addSuppressionsInput } from "#server/compliance/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { asText, FormField } from "@/components/ui/form-field";
import { Input, Textarea } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Select } from "@/components/ui/select";

type Values = z.input<typeof addSuppressionsInput>;
const EMPTY: Values = { values: "", reason: "customer", note: "", untilOn: undefined };
const REASONS = choosableReasons.map((value) => ({ value, label: suppressionReasonLabels[value] }));

/** Adds what is pasted or dropped: addresses and domains, one a line. */
export function AddSheet({ open, onOpenChange, onAdded }: { open: boolean; onOpenChange: (open: boolean) => void; onAdded: () => void }) {
  const trpc = useTRPC();
  const form = useForm<Values, unknown, z.output<typeof addSuppressionsInput>>({
    resolver: zodResolver(addSuppressionsInput),
    defaultValues: EMPTY,
  });
  const add = useMutation(trpc.suppressions.add.mutationOptions({ onSuccess: onAdded }));
  const close = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    form.reset(EMPTY);
    add.reset();
  };
  const result = add.data;
  return (
    <Sheet
      open={open}
      onOpenChange={close}
      title="Add to the list"
      description={result ? undefined : "Their campaigns end and mails that have not left are stopped at once."}
      actions={
        result ? (
          <Button variant="primary" onClick={() => close(false)}>
            Done
          </Button>
        ) : (
          <>
            <Button variant="quiet" onClick={() => close(false)}>
              Cancel
            </Button>
            <Button variant="primary" type="submit" form="add-suppressions" busy={add.isPending}>
              Add to the list
            </Button>
          </>
        )
      }
    >
      {result ? (
        <Result result={result} />
      ) : (
        <form
          id="add-suppressions"
          // A day that is not chosen is no day.
          onSubmit={form.handleSubmit((values) => add.mutate(values))}
          noValidate
          className="grid gap-4"
        >
          <FormField
            control={form.control}
            name="values"
            label="Addresses and domains"
            hint="One a line, or a CSV. A domain stops its sub-domains too."
          >
            {(field) => <Textarea {...asText(field)} rows={8} spellCheck={false} placeholder={"nadia@norvale.example\nrival.example"} />}
          </FormField>
          <FileButton onText={(text) => form.setValue("values", text, { shouldValidate: true })} />
          <FormField control={form.control} name="reason" label="Reason">
            {(field) => <Select id={field.id} options={REASONS} value={field.value as Values["reason"]} onChange={field.onChange} />}
          </FormField>
          <FormField control={form.control} name="untilOn" label="Until and including" hint="Empty: for good.">
            {(field) => <Input {...asText(field)} type="date" onChange={(event) => field.onChange(event.target.value || undefined)} />}
          </FormField>
          <FormField control={form.control} name="note" label="Note">
            {(field) => <Input {...asText(field)} />}
          </FormField>
          <Problem>{add.error && sentenceOf(add.error)}</Problem>
        </form>
      )}
    </Sheet>
  );
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

function FileButton({ onText }: { onText: (text: string) => void }) {
  return (
    <label className="inline-flex w-fit cursor-pointer items-center text-sm text-accent underline focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent">
      Take them from a file
      <input
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        className="sr-only"
        onChange={async (event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again, corrected.
          event.target.value = "";
          if (file) onText(await file.text());
        }}
      />
    </label>
  );
}

function Result({
  result,
}: {
  result: {
    added: number;
    already: number;
    addresses: number;
    domains: number;
    refused: { value: string; why: string }[];
    refusedCount: number;
  };
}) {
  return (
    <div className="grid gap-3 text-sm">
      <p>
        {result.added} added. Read {counted(result.addresses, "address", "addresses")} and {counted(result.domains, "domain", "domains")}
        {result.already > 0 && `, ${result.already} stood on the list already`}.
      </p>
      {result.refusedCount > 0 && (
        <div>
          <p className="font-medium">{counted(result.refusedCount, "line was", "lines were")} not read</p>
          <ul className="mt-1 grid gap-1 text-muted">
            {result.refused.map((line) => (
              <li key={line.value} className="truncate">
                <bdi>{line.value}</bdi>: {line.why}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
