"use client";
import { State } from "@/components/ui/state";
import type { ReadableDraft } from "./draft-reader";

/** "Every sentence has a source", or what was removed, and what somebody should look at. At most three findings. */
export function DraftVerdict({ draft }: { draft: ReadableDraft }) {
  const words = draft.sentences.reduce(
    (sum, sentence) => sum + sentence.text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length,
    0,
  );
  const own = draft.sentences.filter((sentence) => sentence.kind === "own").length;
  const isClean = draft.removed.length === 0 && own === 0;
  return (
    <div className="mt-4 grid gap-1 border-t border-line pt-3">
      <p className="flex flex-wrap items-center gap-x-3 text-sm">
        {isClean && <State tone="good">Every sentence has a source</State>}
        {own > 0 && <State tone="neutral">{own === 1 ? "1 sentence is your own" : `${own} sentences are your own`}</State>}
        <span className="text-muted">{words} words</span>
      </p>
      {draft.findings.map((finding) => (
        <p key={finding.message} className="text-sm [overflow-wrap:anywhere] *:items-start *:[&>span]:whitespace-normal">
          <State tone={finding.blocking ? "bad" : "attention"}>{finding.message}</State>
        </p>
      ))}
    </div>
  );
}
