"use client";
import { Check, X } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { formatShare } from "@/components/ui/progress-bar";
import { State } from "@/components/ui/state";
import type { Column } from "@/components/ui/table/column";
import { RelativeTime } from "@/components/ui/time/relative-time";
import type { Mailbox } from "./mailboxes-page";

function Tick({ ok, word, since }: { ok: boolean; word: string; since?: Date | null }) {
  return (
    <span className={ok ? "inline-flex items-center gap-1 align-middle text-good" : "inline-flex items-center gap-1 align-middle text-bad"}>
      {ok ? <Check className="size-4" aria-hidden /> : <X className="size-4" aria-hidden />}
      <span className="sr-only">{word}</span>
      {!ok && since && <RelativeTime at={since} />}
    </span>
  );
}

/** Which mailbox, whether it sends and reads, how much today and who uses it. */
export function mailboxColumns(onFix: (mailbox: Mailbox) => void, mayChange: (mailbox: Mailbox) => boolean): Column<Mailbox>[] {
  return [
    { id: "address", header: "Address", width: 200, grow: true, cell: (box) => <bdi className="font-medium">{box.address}</bdi> },
    {
      id: "state",
      header: "State",
      width: 176,
      cell: (box) => (
        <span className="flex items-center gap-2">
          <State tone={box.tone}>{box.statusText}</State>
          {box.tone === "bad" && mayChange(box) && (
            <Button size="sm" onClick={() => onFix(box)}>
              Fix
            </Button>
          )}
        </span>
      ),
    },
    { id: "sends", header: "Sends", width: 64, cell: (box) => <Tick ok={box.sends} word={box.sends ? "sends" : "does not send"} /> },
    {
      id: "reads",
      header: "Reads",
      width: 96,
      cell: (box) => <Tick ok={box.reads} word={box.reads ? "reads" : "does not read"} since={box.lastReadAt} />,
    },
    {
      id: "today",
      header: "Today",
      width: 96,
      align: "end",
      explains: "Campaign mails that left today, of today's limit",
      cell: (box) => `${box.sentToday} of ${box.capToday}`,
    },
    { id: "pace", header: "Pace", width: 136, cell: (box) => box.pace },
    {
      id: "bounces",
      header: "Bounces 30 d",
      width: 104,
      align: "end",
      explains: "Bounced mails of those sent in 30 days",
      cell: (box) => (box.sent30d === 0 ? "–" : formatShare(box.bounces30d, box.sent30d)),
    },
    {
      id: "used",
      header: "Used by",
      width: 180,
      cell: (box) => <UsedBy mailbox={box} />,
    },
    { id: "owner", header: "Owner", width: 140, hidden: true, cell: (box) => <bdi>{box.ownerName}</bdi> },
  ];
}

function UsedBy({ mailbox }: { mailbox: Mailbox }) {
  const [first, ...more] = mailbox.campaigns;
  if (!first) return <span className="text-muted">no campaign</span>;
  return (
    <span className="truncate">
      <Link href={`/campaigns/${first.id}`} className="text-accent hover:underline">
        {first.name}
      </Link>
      {more.length > 0 && ` and ${more.length} more`}
      {first.isWaiting && <span className="text-attention">, waiting</span>}
    </span>
  );
}
