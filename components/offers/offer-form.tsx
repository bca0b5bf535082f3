"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { type OfferFormValues, type OfferInput, type OfferView, offerInput } from "#server/offers/schema.ts";
import { Button } from "@/components/ui/button";
import { asText, FormField } from "@/components/ui/form-field";
import { Input, Textarea } from "@/components/ui/input";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Section } from "@/components/ui/section";
import { ClaimsEditor } from "./claims-editor";
import { LinesField } from "./lines-field";

type Props = {
  offer: OfferView | null;
  canWrite: boolean;
  /** With the version that was edited, which may not be the newest any more. */
  onSave: (input: OfferInput, edited: OfferView | null) => void;
  isBusy: boolean;
  error: { message: string } | null;
};

/** What mails may say. Saving makes a new version; drafts keep the one that they were written from. */
export function OfferForm({ offer: read, canWrite, onSave, isBusy, error }: Props) {
  const [offer, setOffer] = useState(read);
  const form = useForm<OfferFormValues, unknown, OfferInput>({ resolver: zodResolver(offerInput), defaultValues: valuesOf(offer) });
  const { control, reset } = form;
  const { isDirty } = form.formState;
  // Where nothing was typed there is nothing to keep: what is newer is shown.
  useEffect(() => {
    if (isDirty || read?.versionId === offer?.versionId) return;
    setOffer(read);
    reset(valuesOf(read));
  }, [isDirty, read, offer, reset]);
  return (
    <form onSubmit={form.handleSubmit((input) => onSave(input, offer))} noValidate>
      <fieldset disabled={!canWrite} className="grid max-w-reading gap-8">
        <Section title="What you sell">
          <div className="grid max-w-form gap-4">
            <FormField control={control} name="name" label="Name">
              {(field) => <Input {...asText(field)} placeholder="Acme Ledger" />}
            </FormField>
            <FormField
              control={control}
              name="what"
              label="What it is, in one sentence"
              hint="Mails say it with these words: “Acme Ledger is month-end close software …”"
            >
              {(field) => <Textarea {...asText(field)} rows={2} placeholder="Month-end close software" />}
            </FormField>
            <FormField control={control} name="audience" label="For whom">
              {(field) => <Input {...asText(field)} placeholder="Finance teams with several entities" />}
            </FormField>
            <FormField
              control={control}
              name="topic"
              label="Topic, in two to four words"
              hint="For subject lines: “Month-end close at Norvale”."
            >
              {(field) => <Input {...asText(field)} placeholder="month-end close" />}
            </FormField>
            <FormField control={control} name="ask" label="What you ask for">
              {(field) => <Input {...asText(field)} placeholder="A 20-minute call" />}
            </FormField>
          </div>
        </Section>
        <ClaimsEditor control={control} canWrite={canWrite} />
        <Section title="Voice">
          <div className="grid max-w-form gap-4">
            <LinesField
              control={control}
              name="avoidWords"
              label="Words to avoid"
              hint="One a line. A sentence with one of them is never sent by the agent."
              rows={3}
              split="line"
            />
            <LinesField
              control={control}
              name="voice"
              label="Up to three mails of your own"
              hint="For tone only, and only when a language model writes. Part them with a line that holds three dashes."
              rows={8}
              split="dashes"
            />
          </div>
        </Section>
        <Problem>{error && sentenceOf(error)}</Problem>
        {canWrite && (
          <div className="sticky bottom-0 flex items-center gap-3 border-t border-line bg-page py-3">
            <Button type="submit" variant="primary" busy={isBusy}>
              {offer ? `Save as version ${offer.version + 1}` : "Save offer"}
            </Button>
            {isDirty && <span className="text-sm text-muted">Not saved yet</span>}
          </div>
        )}
      </fieldset>
    </form>
  );
}

function valuesOf(offer: OfferView | null): OfferFormValues {
  if (!offer)
    return {
      name: "",
      topic: "",
      what: "",
      audience: "",
      ask: "",
      avoidWords: [],
      voice: [],
      claims: [{ text: "", evidence: "", evidenceUrl: "" }],
    };
  const { name, topic, what, audience, ask, avoidWords, voice } = offer;
  const claims = offer.claims.map(({ text, evidence, evidenceUrl }) => ({ text, evidence, evidenceUrl: evidenceUrl ?? "" }));
  return { name, topic, what, audience, ask, avoidWords, voice, claims };
}
