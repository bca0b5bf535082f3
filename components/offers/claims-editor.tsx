"use client";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { type Control, useFieldArray } from "react-hook-form";
import type { OfferFormValues, OfferInput } from "#server/offers/schema.ts";
import { Button } from "@/components/ui/button";
import { asText, FormField } from "@/components/ui/form-field";
import { IconButton } from "@/components/ui/icon-button";
import { Input, Textarea } from "@/components/ui/input";
import { Section } from "@/components/ui/section";

/** Proof that may be quoted: each claim with where it comes from. Order counts: the first mail starts with one of the first two. */
export function ClaimsEditor({ control, canWrite }: { control: Control<OfferFormValues, unknown, OfferInput>; canWrite: boolean }) {
  const { fields, append, remove, move } = useFieldArray({ control, name: "claims" });
  return (
    <Section
      title="Proof that may be quoted"
      count={fields.length}
      actions={
        canWrite && (
          <Button size="sm" onClick={() => append({ text: "", evidence: "", evidenceUrl: "" })}>
            Add claim
          </Button>
        )
      }
    >
      <p className="mb-3 text-sm text-muted">
        Besides facts about the reader, mails rest on these alone. The first mail starts with one of the first two; follow-ups bring the
        others.
      </p>
      <ol className="grid gap-4">
        {fields.map((field, i) => (
          <li key={field.id} className="flex gap-3 border-b border-line pb-4">
            <span className="w-5 shrink-0 pt-1 text-right text-sm text-muted tabular-nums">{i + 1}</span>
            <div className="grid min-w-0 flex-1 gap-3">
              <FormField control={control} name={`claims.${i}.text`} label="Claim">
                {(input) => <Textarea {...asText(input)} rows={2} placeholder="A first entity is set up in two weeks" />}
              </FormField>
              <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
                <FormField control={control} name={`claims.${i}.evidence`} label="Evidence">
                  {(input) => <Input {...asText(input)} placeholder="Average of 61 set-ups in 2025" />}
                </FormField>
                <FormField control={control} name={`claims.${i}.evidenceUrl`} label="Address of the evidence, if public">
                  {(input) => <Input {...asText(input)} placeholder="https://" />}
                </FormField>
              </div>
            </div>
            {canWrite && (
              <div className="flex shrink-0 flex-col">
                <IconButton label={`Move claim ${i + 1} up`} disabled={i === 0} onClick={() => move(i, i - 1)}>
                  <ArrowUp />
                </IconButton>
                <IconButton label={`Move claim ${i + 1} down`} disabled={i === fields.length - 1} onClick={() => move(i, i + 1)}>
                  <ArrowDown />
                </IconButton>
                <IconButton label={`Remove claim ${i + 1}`} onClick={() => remove(i)}>
                  <X />
                </IconButton>
              </div>
            )}
          </li>
        ))}
      </ol>
      {fields.length === 0 && <p className="text-sm text-attention">No claims yet. Without one, mails cannot be written.</p>}
    </Section>
  );
}
