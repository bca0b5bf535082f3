"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import * as z from "zod";
import { Page, PageBody, PageHeader } from "@/components/shell/page";
import { useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Notice, Problem, sentenceOf } from "@/components/ui/list-states";
import { RadioGroup } from "@/components/ui/radio";
import { Select } from "@/components/ui/select";
import { useCampaignsChanged } from "./use-campaign-act";

const form = z.object({
  name: z.string().trim().min(1, "Give the campaign a name").max(120),
  offerId: z.string(),
  play: z.enum(["first-touch", "blank"]),
});
const plays = [
  {
    value: "first-touch" as const,
    label: "First touch",
    detail: "mail · 3 working days · mail in the same thread · 5 working days · last mail",
  },
  { value: "blank" as const, label: "Blank", detail: "you build the steps" },
];

export function NewCampaign({ play }: { play: "first-touch" | "blank" }) {
  const trpc = useTRPC();
  const router = useRouter();
  const changed = useCampaignsChanged();
  const options = useQuery(trpc.campaigns.options.queryOptions({}));
  const { control, handleSubmit } = useForm<z.input<typeof form>, unknown, z.output<typeof form>>({
    resolver: zodResolver(form),
    defaultValues: { name: "", offerId: "", play },
  });
  const create = useMutation(
    trpc.campaigns.create.mutationOptions({
      onSuccess: (campaign) => {
        changed();
        router.push(`/campaigns/${campaign.id}/people`);
      },
    }),
  );
  const offers = options.data?.offers ?? [];
  return (
    <Page>
      <PageHeader title="New campaign" />
      <PageBody>
        <form
          noValidate
          className="grid max-w-form gap-4"
          onSubmit={handleSubmit(({ name, offerId, play: chosen }) =>
            create.mutate({ name, ...(offerId && { offerId }), ...(chosen === "first-touch" && { play: chosen }) }),
          )}
        >
          {options.data && offers.length === 0 && (
            <Notice action={<ButtonLink href="/settings/offer">Describe it</ButtonLink>}>
              Say first what you sell: a campaign writes from it.
            </Notice>
          )}
          <FormField control={control} name="name" label="Name" hint="Such as Spring finance. People never see it.">
            {(field) => <Input {...asText(field)} autoFocus />}
          </FormField>
          {offers.length > 1 && (
            <FormField control={control} name="offerId" label="What it offers">
              {(field) => (
                <Select
                  id={field.id}
                  options={offers.map((offer) => ({ value: offer.id, label: offer.name }))}
                  value={String(field.value || offers[0]?.id)}
                  onChange={field.onChange}
                />
              )}
            </FormField>
          )}
          <FormField control={control} name="play" label="Begin with">
            {(field) => <RadioGroup label="Begin with" options={plays} value={field.value as "blank"} onChange={field.onChange} />}
          </FormField>
          <Problem>{create.error && sentenceOf(create.error)}</Problem>
          <div className="flex gap-2">
            <Button type="submit" variant="primary" busy={create.isPending}>
              Create campaign
            </Button>
            <ButtonLink variant="quiet" href="/campaigns">
              Cancel
            </ButtonLink>
          </div>
          <p className="text-sm text-muted">Nothing is sent until you press Start.</p>
        </form>
      </PageBody>
    </Page>
  );
}
