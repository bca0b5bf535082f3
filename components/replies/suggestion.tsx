"use client";
import { useState } from "react";
import type { ReplyDetail, SuggestedAnswer } from "#server/replies/schema.ts";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { FactChip } from "@/components/ui/fact-chip";
import type { ReplyActs } from "./use-reply-acts";

type Props = { reply: ReplyDetail; suggestion: SuggestedAnswer; acts: ReplyActs; onEdit: () => void };

/** Each sentence names what it rests on: hover or focus one and its facts light up. */
export function Suggestion({ reply, suggestion, acts, onEdit }: Props) {
  const [lit, setLit] = useState<readonly string[]>([]);
  const isBlocked = suggestion.findings.some((finding) => finding.blocking);
  const facts = suggestion.sources.length;
  return (
    <section aria-label="Suggested answer" className="rounded-panel border border-control/60">
      <h3 className="flex items-baseline gap-2 border-b border-line px-3 py-2 text-sm font-semibold">
        Suggested answer
        <span className="font-normal text-muted">{facts === 1 ? "1 fact" : `${facts} facts`}</span>
      </h3>
      <div className="grid gap-2 p-3 text-base leading-6">
        {paragraphs(suggestion).map((paragraph) => (
          <p key={paragraph[0]?.at ?? 0} dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
            {paragraph.map(({ at, sentence }) => (
              // biome-ignore lint/a11y/noStaticElementInteractions: a sentence shows its facts on focus as on hover
              <span
                key={at}
                tabIndex={sentence.factIds.length > 0 ? 0 : undefined}
                onMouseEnter={() => setLit(sentence.factIds)}
                onMouseLeave={() => setLit([])}
                onFocus={() => setLit(sentence.factIds)}
                onBlur={() => setLit([])}
                className={cx("rounded-control", sentence.factIds.length > 0 && "hover:bg-accent-soft focus:bg-accent-soft")}
              >
                {sentence.text}{" "}
              </span>
            ))}
          </p>
        ))}
        {suggestion.removed.map((one) => (
          <p key={one.text} className="text-sm text-muted">
            <s>{one.text}</s> removed: {one.reason}
          </p>
        ))}
        {suggestion.findings.map((finding) => (
          <p key={finding.message} className="rounded-control bg-attention-soft px-2 py-1 text-sm text-attention">
            {finding.message}
          </p>
        ))}
      </div>
      {facts > 0 && (
        <ul aria-label="Facts used" className="flex flex-wrap gap-1.5 border-t border-line px-3 py-2">
          {suggestion.sources.map((source) => (
            <li key={source.id} className={cx("flex max-w-full min-w-0 rounded-control", lit.includes(source.id) && "bg-accent-soft")}>
              <FactChip
                value={`${source.label}: ${source.value}`}
                source={source.source}
                at={source.at ?? reply.receivedAt}
                stale={source.isStale}
              />
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-2">
        <Button
          variant="primary"
          hotkey="a"
          busy={acts.isAnswering}
          disabled={isBlocked}
          onClick={() => acts.send({ draftId: suggestion.draftId }, () => {})}
        >
          Send answer
        </Button>
        <Button hotkey="e" onClick={onEdit}>
          Edit
        </Button>
        <Button variant="quiet" hotkey="backspace" onClick={acts.discard}>
          Discard
        </Button>
        <span className="ml-auto text-xs text-muted">from {reply.mailboxAddress}</span>
      </div>
    </section>
  );
}

type Placed = { at: number; sentence: SuggestedAnswer["sentences"][number] };

/** Greeting, ask and closing stand by themselves, as in the mail. */
function paragraphs(suggestion: SuggestedAnswer): Placed[][] {
  const result: Placed[][] = [];
  suggestion.sentences.forEach((sentence, at) => {
    const alone = sentence.kind === "greeting" || sentence.kind === "closing" || sentence.kind === "ask";
    const last = result.at(-1);
    const joins = !alone && last !== undefined && !["greeting", "closing", "ask"].includes(last[0]?.sentence.kind ?? "");
    if (joins) last.push({ at, sentence });
    else result.push([{ at, sentence }]);
  });
  return result;
}
