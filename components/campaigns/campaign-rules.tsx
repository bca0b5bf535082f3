"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type Control, Controller, useForm } from "react-hook-form";
import * as z from "zod";
import { type CampaignJson, type CampaignOptions, campaignRules } from "#server/campaigns/schema.ts";
import { PageBody } from "@/components/shell/page";
import { useCan } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { asText, FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { BrokenState, Problem, sentenceOf } from "@/components/ui/list-states";
import { RadioGroup } from "@/components/ui/radio";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { showDone } from "@/components/ui/toast";
import { DaysField } from "./days-field";
import { SenderField } from "./sender-field";
import { useCampaignsChanged } from "./use-campaign-act";

const whole = z.object({
  name: z.string().trim().min(1, "Give the campaign a name").max(120),
  offerId: z.uuid(),
  rules: campaignRules.required(),
});
type RulesForm = z.input<typeof whole>;

const modes = [
  { value: "review_each" as const, label: "Review each", detail: "no mail leaves before somebody approved it" },
  {
    value: "review_first" as const,
    label: "Review the first, then send",
    detail: "after so many approved drafts, what passes every check leaves by itself",
  },
  { value: "send_passing" as const, label: "Send what passes", detail: "only drafts that need a look wait for somebody" },
];

export function CampaignRulesForm({ id }: { id: string }) {
  const trpc = useTRPC();
  const campaign = useQuery(trpc.campaigns.get.queryOptions({ id }));
  const options = useQuery(trpc.campaigns.options.queryOptions({}));
  if (options.error && !options.data) return <BrokenState error={options.error} onRetry={() => void options.refetch()} />;
  if (!campaign.data || !options.data) return <SkeletonRows label="Rules" />;
  return <Form campaign={campaign.data} options={options.data} />;
}

function Form({ campaign, options }: { campaign: CampaignJson; options: CampaignOptions }) {
  const trpc = useTRPC();
  const changed = useCampaignsChanged();
  const canWrite = useCan("campaigns:write");
  const { control, handleSubmit, watch, reset, formState } = useForm<RulesForm, unknown, z.output<typeof whole>>({
    resolver: zodResolver(whole),
    // All is saved together: what a colleague changed meanwhile comes in, except where something is being changed here.
    values: { name: campaign.name, offerId: campaign.offerId, rules: campaign.rules as RulesForm["rules"] },
    resetOptions: { keepDirtyValues: true },
  });
  const save = useMutation(
    trpc.campaigns.update.mutationOptions({
      onSuccess: (saved) => {
        changed();
        reset({ name: saved.name, offerId: saved.offerId, rules: saved.rules as RulesForm["rules"] });
        showDone(
          saved.status === "running"
            ? "Saved the rules. Planned mails were planned again where hours or senders changed."
            : "Saved the rules.",
        );
      },
    }),
  );
  const mode = watch("rules.drafts.mode");
  return (
    <PageBody>
      <form noValidate className="grid max-w-form gap-8" onSubmit={handleSubmit((values) => save.mutate({ id: campaign.id, ...values }))}>
        <fieldset disabled={!canWrite} className="contents">
          <Section title="Campaign">
            <div className="grid gap-4">
              <FormField control={control} name="name" label="Name">
                {(field) => <Input {...asText(field)} />}
              </FormField>
              <FormField control={control} name="offerId" label="What it offers">
                {(field) => (
                  <Select
                    id={field.id}
                    options={options.offers.map((offer) => ({ value: offer.id, label: offer.name }))}
                    value={String(field.value)}
                    onChange={field.onChange}
                  />
                )}
              </FormField>
            </div>
          </Section>
          <Section title="Who sends">
            <Controller
              control={control}
              name="rules.sender"
              render={({ field }) => (
                <SenderField value={field.value ?? { mode: "owner" }} onChange={field.onChange} mailboxes={options.mailboxes} />
              )}
            />
            <Problem>{formState.errors.rules?.sender && "Choose at least one mailbox."}</Problem>
          </Section>
          <Section title="Days and hours">
            <p className="mb-3 text-sm text-muted">On the clock of the person who receives.</p>
            <div className="grid gap-4">
              <Controller
                control={control}
                name="rules.window.days"
                render={({ field }) => <DaysField value={field.value} onChange={field.onChange} />}
              />
              <div className="grid grid-cols-2 gap-4">
                <FormField control={control} name="rules.window.from" label="From">
                  {(field) => <Input type="time" {...asText(field)} />}
                </FormField>
                <FormField control={control} name="rules.window.to" label="To">
                  {(field) => <Input type="time" {...asText(field)} />}
                </FormField>
              </div>
              <Check control={control} name="rules.skipHolidays">
                Not on public holidays of their country
              </Check>
              <FormField
                control={control}
                name="rules.dailyCap"
                label="Daily limit of this campaign"
                hint="Empty: only the mailboxes limit it."
              >
                {(field) => (
                  <Input
                    id={field.id}
                    type="number"
                    min={1}
                    value={typeof field.value === "number" ? field.value : ""}
                    onChange={(event) => field.onChange(event.target.value === "" ? null : Number(event.target.value))}
                  />
                )}
              </FormField>
            </div>
          </Section>
          <Section title="Who is left out">
            <div className="grid gap-2">
              <p className="text-sm text-muted">Always: do not contact, no address, in another campaign.</p>
              <Check control={control} name="rules.leaveOut.customers">
                Customers
              </Check>
              <Check control={control} name="rules.leaveOut.openDeal">
                People with an open deal
              </Check>
              <Check control={control} name="rules.leaveOut.ownedByOthers">
                People owned by somebody else than the campaign's owner
              </Check>
              <Controller
                control={control}
                name="rules.leaveOut.contactedWithinDays"
                render={({ field }) => (
                  <Checkbox checked={field.value !== null} onChange={(on) => field.onChange(on ? 90 : null)}>
                    People mailed by a campaign in the last {field.value ?? 90} days
                  </Checkbox>
                )}
              />
              <Check control={control} name="rules.oneCompanyAtATime">
                More than one person of a company at a time
              </Check>
            </div>
          </Section>
          <Section title="When somebody answers">
            <Check control={control} name="rules.pauseColleagues">
              Colleagues at the same company wait
            </Check>
          </Section>
          <Section title="Drafts">
            <div className="grid gap-3">
              <Controller
                control={control}
                name="rules.drafts.mode"
                render={({ field }) => (
                  <RadioGroup label="Drafts" options={modes} value={field.value ?? "review_first"} onChange={field.onChange} />
                )}
              />
              {mode === "review_first" && (
                <FormField control={control} name="rules.drafts.first" label="How many to review first">
                  {(field) => (
                    <Input
                      id={field.id}
                      type="number"
                      min={1}
                      max={500}
                      value={Number(field.value ?? 20)}
                      onChange={(event) => field.onChange(Number(event.target.value))}
                    />
                  )}
                </FormField>
              )}
            </div>
          </Section>
        </fieldset>
        <Problem>{save.error && sentenceOf(save.error)}</Problem>
        {canWrite && (
          <div className="flex items-center gap-3">
            <Button type="submit" variant="primary" busy={save.isPending} disabled={!formState.isDirty}>
              Save rules
            </Button>
            {formState.isDirty && campaign.status === "running" && (
              <span className="text-sm text-muted">Booked mails are planned again when hours, senders or limits change.</span>
            )}
          </div>
        )}
      </form>
    </PageBody>
  );
}

type Flag =
  | "rules.skipHolidays"
  | "rules.leaveOut.customers"
  | "rules.leaveOut.openDeal"
  | "rules.leaveOut.ownedByOthers"
  | "rules.oneCompanyAtATime"
  | "rules.pauseColleagues";

function Check({
  control,
  name,
  children,
}: {
  control: Control<RulesForm, unknown, z.output<typeof whole>>;
  name: Flag;
  children: string;
}) {
  return (
    <Controller
      control={control}
      name={name}
      render={({ field }) => (
        <Checkbox checked={field.value === true} onChange={field.onChange}>
          {children}
        </Checkbox>
      )}
    />
  );
}
