"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { accountFields, accountFieldWords, leadFields, leadFieldWords } from "#server/leads/constants.ts";
import type { AccountField, LeadFactView, LeadField, LeadPageView } from "#server/leads/schema.ts";
import { actThen } from "@/components/trpc/act-then";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { BrokenState, Problem, sentenceOf } from "@/components/ui/list-states";
import { Popover } from "@/components/ui/popover";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useClock } from "@/components/ui/time/clock";
import { formatAge } from "@/components/ui/time/format";
import { showDone } from "@/components/ui/toast";

type Line =
  | { subject: "lead"; field: LeadField; label: string; current: string | null }
  | { subject: "account"; field: AccountField; label: string; current: string | null };

/** What is known, who said it and when. A person's word wins, and shows the pencil. */
export function LeadFacts({ lead, canEdit }: { lead: LeadPageView; canEdit: boolean }) {
  const trpc = useTRPC();
  const facts = useQuery(trpc.leads.facts.queryOptions({ id: lead.id }));
  if (facts.isPending) return <SkeletonRows rows={8} label="Facts" />;
  if (!facts.data) return <BrokenState error={facts.error} onRetry={() => void facts.refetch()} />;
  const byKey = new Map(facts.data.items.map((fact) => [`${fact.subject}.${fact.field}`, fact]));
  return (
    <dl>
      {linesOf(lead).map((line) => (
        <FactLine
          key={`${line.subject}.${line.field}`}
          leadId={lead.id}
          line={line}
          fact={byKey.get(`${line.subject}.${line.field}`)}
          canEdit={canEdit}
        />
      ))}
    </dl>
  );
}

function FactLine({ leadId, line, fact, canEdit }: { leadId: string; line: Line; fact: LeadFactView | undefined; canEdit: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { now } = useClock();
  const [isEditing, setEditing] = useState(false);
  const [value, setValue] = useState(line.current ?? "");
  const correct = useMutation(trpc.leads.correctFact.mutationOptions({ onSettled: () => void queries.invalidateQueries() }));
  const save = (next: string | null) =>
    actThen(
      correct,
      { leadId, subject: line.subject, field: line.field, value: next },
      (undoes) =>
        showDone(`Corrected ${line.label.toLowerCase()}.`, () =>
          correct.mutateAsync({ leadId, subject: line.subject, field: line.field, value: line.current, undoes }),
        ),
      () => setEditing(false),
    );
  return (
    <div className="grid min-h-9 grid-cols-[128px_minmax(0,1fr)_auto] items-center gap-3 border-t border-line py-1 text-sm first:border-t-0">
      <dt className="text-muted">{line.label}</dt>
      <dd className="min-w-0">
        {isEditing ? (
          <form
            className="flex items-center gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              save(value.trim() || null);
            }}
          >
            <Input
              aria-label={line.label}
              autoFocus
              value={value}
              onChange={(event) => setValue(event.target.value)}
              onKeyDown={(event) => event.key === "Escape" && setEditing(false)}
            />
            <Button size="sm" variant="primary" type="submit" busy={correct.isPending}>
              Save {line.label.toLowerCase()}
            </Button>
            <Button size="sm" variant="quiet" onClick={() => setEditing(false)}>
              Cancel
            </Button>
          </form>
        ) : (
          <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
            <bdi className="font-medium [overflow-wrap:anywhere]">{line.current ?? "–"}</bdi>
            {fact && (
              <span className="text-xs text-muted">
                {fact.byPerson ? `✎ ${fact.setByName ?? "a person"}` : fact.source} · {formatAge(fact.at, now)}
              </span>
            )}
            {fact && fact.others.length > 0 && (
              <Popover
                title={`${line.label}: what was said`}
                trigger={
                  <button type="button" className="rounded-control text-xs text-attention underline">
                    {fact.others.length + 1} values
                  </button>
                }
              >
                <ul className="w-72 text-sm">
                  {[fact, ...fact.others].map((said) => (
                    <li key={`${said.source} ${said.value}`} className="border-t border-line py-1 first:border-t-0">
                      <bdi className="font-medium">{said.value}</bdi>{" "}
                      <span className="text-xs text-muted">
                        {said.byPerson ? `✎ ${said.setByName ?? "a person"}` : said.source} · {formatAge(said.at, now)}
                      </span>
                    </li>
                  ))}
                </ul>
              </Popover>
            )}
          </span>
        )}
        <Problem>{correct.error && sentenceOf(correct.error)}</Problem>
      </dd>
      {canEdit && !isEditing && (
        <dd>
          <Button
            size="sm"
            variant="quiet"
            aria-label={`Edit ${line.label.toLowerCase()}`}
            onClick={() => {
              setValue(line.current ?? "");
              setEditing(true);
            }}
          >
            Edit
          </Button>
        </dd>
      )}
    </div>
  );
}

function linesOf(lead: LeadPageView): Line[] {
  const person: Record<LeadField, string | null> = {
    fullName: lead.fullName,
    email: lead.email,
    title: lead.title,
    phone: lead.phone,
    country: lead.country,
    city: lead.city,
    timeZone: lead.timeZone,
    language: lead.language,
  };
  const company: Partial<Record<AccountField, string | null>> = {
    name: lead.company,
    domain: lead.companyDomain,
    employees: lead.employees?.toLocaleString("en-GB") ?? null,
    industry: lead.industry,
  };
  return [
    ...leadFields.map((field) => ({ subject: "lead" as const, field, label: leadFieldWords[field], current: person[field] })),
    ...(lead.accountId
      ? accountFields
          .filter((field) => field in company)
          .map((field) => ({ subject: "account" as const, field, label: accountFieldWords[field], current: company[field] ?? null }))
      : []),
  ];
}
