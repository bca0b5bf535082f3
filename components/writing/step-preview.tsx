"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Combobox } from "@/components/ui/combobox";
import { Problem, sentenceOf } from "@/components/ui/list-states";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { DraftReader } from "./draft-reader";

/** A mail of the campaign as one person would get it today. Written for the eye, stored nowhere; people in the campaign come first. */
export function StepPreview({ campaignId, mails }: { campaignId: string; mails: readonly { stepId: string; label: string }[] }) {
  const trpc = useTRPC();
  const [stepId, setStepId] = useState(mails[0]?.stepId ?? "");
  const [leadId, setLeadId] = useState<string | null>(null);
  const [search, setSearch] = useState("");
  const asked = { limit: 20, ...(search && { search }) };
  const inCampaign = useQuery(trpc.leads.list.queryOptions({ ...asked, campaignId }, { placeholderData: keepPreviousData }));
  const isEmpty = inCampaign.data?.items.length === 0;
  const anybody = useQuery(trpc.leads.list.queryOptions(asked, { enabled: isEmpty, placeholderData: keepPreviousData }));
  const people = (isEmpty ? anybody.data?.items : inCampaign.data?.items) ?? [];
  const chosen = leadId ?? people[0]?.id ?? null;
  const preview = useQuery(
    trpc.drafts.preview.queryOptions({ leadId: chosen ?? "", stepId }, { enabled: chosen !== null && stepId !== "" }),
  );
  if (mails.length === 0) return null;

  return (
    <Section title="Preview" className="mt-4">
      <div className="mb-4 flex flex-wrap gap-2">
        {mails.length > 1 && (
          <div className="w-32">
            <Select
              label="Mail"
              options={mails.map((mail) => ({ value: mail.stepId, label: mail.label }))}
              value={stepId}
              onChange={setStepId}
            />
          </div>
        )}
        <Combobox
          label="Preview as"
          className="w-72"
          placeholder="Preview as somebody"
          options={people.map((person) => ({
            value: person.id,
            label: person.fullName,
            ...(person.company && { detail: person.company }),
          }))}
          value={chosen}
          onChange={setLeadId}
          onSearch={setSearch}
          none="Nobody matches."
        />
      </div>
      <Problem>{preview.error && sentenceOf(preview.error)}</Problem>
      {preview.data ? (
        <DraftReader draft={preview.data} layout="below" />
      ) : chosen === null && !inCampaign.isPending ? (
        <p className="text-sm text-muted">Add people, and their mails can be read here before anything is sent.</p>
      ) : (
        !preview.error && <Skeleton className="h-40" />
      )}
    </Section>
  );
}
