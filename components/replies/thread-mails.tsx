"use client";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { ReplyDetail, ThreadEntry } from "#server/replies/schema.ts";
import { messageStatuses, messageStatusLabels } from "#server/sending/constants.ts";
import { cx } from "@/components/ui/class-names";
import { Badge } from "@/components/ui/state";
import { Instant } from "@/components/ui/time/relative-time";
import { MarkedText } from "./marked-text";

/** Both sides of the conversation, oldest first. The reply that is open stands out; earlier mails fold. */
export function ThreadMails({ reply }: { reply: ReplyDetail }) {
  return (
    <ol aria-label="Mails" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {reply.thread.map((entry) => (
        <li key={entry.id}>
          <ThreadMail entry={entry} isCurrent={entry.id === reply.id} />
        </li>
      ))}
    </ol>
  );
}

function ThreadMail({ entry, isCurrent }: { entry: ThreadEntry; isCurrent: boolean }) {
  const isOurs = entry.direction === "ours";
  const [isOpen, setOpen] = useState(isCurrent || !isOurs);
  const status = isOurs ? messageStatuses.find((each) => each === entry.status) : undefined;
  return (
    <article className={cx("rounded-panel border", isCurrent ? "border-control/60" : "border-line", isOurs && "bg-canvas")}>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        data-ring="inside"
        className="flex w-full items-baseline gap-2 rounded-panel px-3 py-2 text-left text-sm hover:bg-hover"
      >
        <span className="min-w-0 flex-1 truncate">
          <bdi className="font-medium">{entry.from}</bdi>
          {!isOpen && <span className="text-muted"> {entry.text.replace(/\s+/g, " ").slice(0, 120)}</span>}
        </span>
        {status && status !== "sent" && <Badge tone={status === "failed" ? "bad" : "attention"}>{messageStatusLabels[status]}</Badge>}
        {entry.isByHand && <Badge tone="neutral">Written by hand</Badge>}
        <span className="shrink-0 text-xs text-muted">
          <Instant at={entry.at} />
        </span>
      </button>
      {isOpen && (
        <div className="grid gap-2 px-3 pb-3">
          {entry.isCommandLike && (
            <p className="rounded-control bg-attention-soft px-2 py-1 text-xs text-attention">
              Text only, changed nothing: this mail tries to give orders to software.
            </p>
          )}
          {entry.alsoTo.length > 0 && <p className="text-xs text-muted">Also came to {entry.alsoTo.join(", ")}</p>}
          <MarkedText text={entry.text} evidence={entry.evidence} />
          {entry.quotedText && <Quoted text={entry.quotedText} />}
        </div>
      )}
    </article>
  );
}

function Quoted({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const lines = text.split("\n").length;
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="inline-flex min-h-6 items-center gap-1 rounded-control text-xs text-muted hover:text-ink phone:min-h-11"
      >
        <ChevronRight aria-hidden="true" className={cx("size-3.5", isOpen && "rotate-90")} />
        Quoted text ({lines === 1 ? "1 line" : `${lines} lines`})
      </button>
      {isOpen && <p className="mt-1 border-l-2 border-line pl-3 text-sm whitespace-pre-wrap text-muted [overflow-wrap:anywhere]">{text}</p>}
    </div>
  );
}
