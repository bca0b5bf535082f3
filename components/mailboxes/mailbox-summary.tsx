"use client";
import { Check, Circle, X } from "lucide-react";
import Link from "next/link";
import { proofLabels } from "#server/mailboxes/constants.ts";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/list-states";
import { Section, Terms } from "@/components/ui/section";
import { State } from "@/components/ui/state";
import { RelativeTime } from "@/components/ui/time/relative-time";
import type { Mailbox } from "./mailboxes-page";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

type MailboxSummaryProps = { mailbox: Mailbox; onEdit?: (() => void) | undefined; onReconnect?: (() => void) | undefined };

/** One mailbox beside the list: what was proven, what it may do, who waits for it. */
export function MailboxSummary({ mailbox, onEdit, onReconnect }: MailboxSummaryProps) {
  const waiting = mailbox.campaigns.filter((campaign) => campaign.isWaiting);
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-center gap-2">
        <State tone={mailbox.tone}>{mailbox.statusText}</State>
        {onEdit && (
          <Button size="sm" onClick={onEdit}>
            Edit pace and hours
          </Button>
        )}
        {onReconnect && (
          <Button size="sm" onClick={onReconnect}>
            Change servers or password
          </Button>
        )}
      </div>
      {waiting.length > 0 && (
        <Notice>
          Waiting for this mailbox:{" "}
          {waiting.map((campaign, index) => (
            <span key={campaign.id}>
              {index > 0 && ", "}
              <Link href={`/campaigns/${campaign.id}`} className="text-accent hover:underline">
                {campaign.name}
              </Link>
            </span>
          ))}
          . They go on by themselves when it is ready.
        </Notice>
      )}
      {mailbox.kind === "smtp" && (
        <Section title="Proof">
          <ProofList mailbox={mailbox} />
        </Section>
      )}
      <Section title="How it sends">
        <Terms
          items={[
            { term: "Name", value: <bdi>{mailbox.displayName}</bdi> },
            { term: "Today", value: `${mailbox.sentToday} of ${mailbox.capToday}` },
            { term: "Pace", value: `${mailbox.pace}; at most ${mailbox.dailyCap} a day` },
            { term: "Gap", value: `${mailbox.gapMinMinutes} to ${mailbox.gapMaxMinutes} min between mails` },
            {
              term: "Hours",
              value: `${mailbox.hours.days.map((day) => DAYS[day - 1]).join(" ")} ${mailbox.hours.from} to ${mailbox.hours.to}, ${mailbox.timeZone}`,
            },
            { term: "Owner", value: <bdi>{mailbox.ownerName}</bdi> },
            ...(mailbox.kind === "smtp"
              ? [{ term: "Replies read", value: mailbox.lastReadAt ? <RelativeTime at={mailbox.lastReadAt} /> : "not yet" }]
              : []),
          ]}
        />
      </Section>
      {mailbox.signature && (
        <Section title="Signature">
          <p className="text-sm whitespace-pre-line">{mailbox.signature}</p>
        </Section>
      )}
    </div>
  );
}

const SHAPE = {
  ok: { Icon: Check, tone: "text-good", word: "Done" },
  failed: { Icon: X, tone: "text-bad", word: "Failed" },
  open: { Icon: Circle, tone: "text-control", word: "Not yet" },
};

/** The four ticks, or the exact sentence and what to do. */
export function ProofList({ mailbox }: { mailbox: Mailbox }) {
  const isRunning = mailbox.status === "connecting";
  const current = isRunning ? mailbox.proof.find((step) => step.ok === null)?.key : undefined;
  return (
    <ul aria-label="What was proven" className="grid gap-3">
      {mailbox.proof.map((step) => {
        const { Icon, tone, word } = SHAPE[step.ok === null ? "open" : step.ok ? "ok" : "failed"];
        return (
          <li key={step.key} className="flex gap-3 text-sm">
            <Icon className={`mt-0.5 size-4 shrink-0 ${tone}`} aria-hidden />
            <div className="min-w-0 flex-1">
              <span className="sr-only">{word}: </span>
              <span className={step.ok === null ? "text-muted" : "font-medium"}>{proofLabels[step.key]}</span>
              {step.key === current && <span className="text-muted"> · under way</span>}
              {step.message && <p className={step.ok ? "text-muted" : "text-ink"}>{step.message}</p>}
              {step.fix && (
                <p className="text-muted">
                  {step.fix}{" "}
                  {step.link && (
                    <a href={step.link} target="_blank" rel="noreferrer" className="text-accent underline">
                      Make one here
                    </a>
                  )}
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
