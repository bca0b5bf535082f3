"use client";
import { useState } from "react";
import type { Control } from "react-hook-form";
import type { OfferFormValues, OfferInput } from "#server/offers/schema.ts";
import { FormField } from "@/components/ui/form-field";
import { Textarea } from "@/components/ui/input";

type Props = {
  control: Control<OfferFormValues, unknown, OfferInput>;
  name: "avoidWords" | "voice";
  label: string;
  hint: string;
  rows: number;
  split: "line" | "dashes";
};

/** Several texts in one field; what is typed stays as typed, what is kept is the list. */
export function LinesField({ control, name, label, hint, rows, split }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const [parter, joiner] = split === "line" ? [/\n/, "\n"] : [/\n\s*-{3,}\s*\n/, "\n---\n"];
  return (
    <FormField control={control} name={name} label={label} hint={hint}>
      {(field) => (
        <Textarea
          id={field.id}
          aria-describedby={field["aria-describedby"]}
          aria-invalid={field["aria-invalid"]}
          rows={rows}
          value={typed ?? (Array.isArray(field.value) ? field.value.join(joiner) : "")}
          onBlur={field.onBlur}
          onChange={(event) => {
            setTyped(event.target.value);
            field.onChange(
              event.target.value
                .split(parter)
                .map((text) => text.trim())
                .filter((text) => text !== ""),
            );
          }}
        />
      )}
    </FormField>
  );
}
