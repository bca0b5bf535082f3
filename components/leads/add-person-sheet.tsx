"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import type * as z from "zod";
import { createLeadInput } from "#server/leads/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { showDone } from "@/components/ui/toast";

type Values = z.input<typeof createLeadInput>;
const FIELDS = [
  ["fullName", "Name", "name"],
  ["email", "E-mail", "off"],
  ["title", "Title", "off"],
  ["company", "Company", "off"],
  ["country", "Country", "off"],
  ["city", "City", "off"],
  ["phone", "Phone", "off"],
] as const;

export function AddPersonSheet({ onClose, onAdded }: { onClose: () => void; onAdded: (id: string) => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useForm<Values, unknown, z.output<typeof createLeadInput>>({
    resolver: zodResolver(createLeadInput),
    defaultValues: { fullName: "", email: "", title: "", company: "", country: "", city: "", phone: "" },
  });
  const create = useMutation(
    trpc.leads.create.mutationOptions({
      onSuccess: (lead) => {
        void queries.invalidateQueries();
        showDone(`Added ${lead.fullName}.`);
        onAdded(lead.id);
      },
    }),
  );
  // Enter in a field asks again while the first answer is on its way, which the button does not.
  const submit = form.handleSubmit((values) => (create.isPending ? undefined : create.mutate(values)));
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title="Add person"
      description="A name or an e-mail address is enough. The company is found by the address."
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" busy={create.isPending} onClick={() => void submit()}>
            Add person
          </Button>
        </>
      }
    >
      <form onSubmit={submit} noValidate className="grid gap-4">
        {FIELDS.map(([name, label, complete]) => (
          <FormField key={name} control={form.control} name={name} label={label}>
            {(field) => <Input {...asText(field)} autoComplete={complete} />}
          </FormField>
        ))}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
        <Problem>{create.error && sentenceOf(create.error)}</Problem>
      </form>
    </Sheet>
  );
}
