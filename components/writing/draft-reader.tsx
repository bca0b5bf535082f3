"use client";
import { useId, useMemo, useState } from "react";
import { paragraphsOf } from "#server/writing/constants.ts";
import type { DraftSource, Finding, RemovedSentence, Sentence } from "#server/writing/schema.ts";
import { cx } from "@/components/ui/class-names";
import { DraftSentence, RemovedLine } from "./draft-sentence";
import { DraftVerdict } from "./draft-verdict";
import { SourceList } from "./source-list";

export type ReadableDraft = {
  subject: string;
  sentences: readonly Sentence[];
  removed: readonly RemovedSentence[];
  findings: readonly Finding[];
  sources: readonly DraftSource[];
};

type Props = {
  draft: ReadableDraft;
  /** Facts to the right of the mail, or below it where there is little room (Inbox, side panel). */
  layout?: "beside" | "below";
  hideSubject?: boolean;
  /** "first mail", "mail 2 of the thread" */
  thread?: string;
};

/** A mail of which every sentence shows what it rests on: hover or focus a sentence and its facts light up, and the other way round. */
export function DraftReader({ draft, layout = "beside", hideSubject, thread }: Props) {
  const listId = useId();
  const [lit, setLit] = useState<readonly string[]>([]);
  const [pinned, setPinned] = useState<readonly string[] | null>(null);
  const shown = pinned ?? lit;
  const cited = useMemo(() => citedInOrder(draft), [draft]);
  const numberOf = useMemo(() => new Map(cited.map((source, i) => [source.id, i + 1])), [cited]);
  const rows = useMemo(() => withRemoved(draft), [draft]);
  const pin = (ids: readonly string[]) => setPinned((before) => (before?.join() === ids.join() ? null : ids));

  return (
    <div className={cx("grid min-w-0 gap-6", layout === "beside" && "grid-cols-[minmax(0,1fr)_300px] phone:grid-cols-1")}>
      <div className="min-w-0 max-w-reading">
        {!hideSubject && (
          <p className="mb-3 flex gap-2 border-b border-line pb-2 text-base">
            <span className="shrink-0 text-muted">Subject</span>
            <bdi className="min-w-0 font-medium [overflow-wrap:anywhere]">{draft.subject}</bdi>
          </p>
        )}
        <div className="grid gap-3 text-lg leading-7">
          {rows.map((paragraph) => (
            <p key={paragraph.map((row) => row.key).join()} className="whitespace-pre-line [overflow-wrap:anywhere]">
              {paragraph.map((row) =>
                row.removed ? (
                  <RemovedLine key={row.key} removed={row.removed} />
                ) : (
                  <DraftSentence
                    key={row.key}
                    sentence={row.sentence}
                    numbers={row.sentence.factIds.flatMap((id) => numberOf.get(id) ?? [])}
                    isLit={shown.length > 0 && row.sentence.factIds.some((id) => shown.includes(id))}
                    describedBy={row.sentence.factIds.flatMap((id) => (numberOf.has(id) ? [`${listId}-${numberOf.get(id)}`] : []))}
                    onLight={setLit}
                    onPin={pin}
                  />
                ),
              )}
            </p>
          ))}
        </div>
        <DraftVerdict draft={draft} />
      </div>
      <SourceList id={listId} sources={cited} lit={shown} thread={thread} onLight={setLit} onPin={pin} />
    </div>
  );
}

function citedInOrder(draft: ReadableDraft): DraftSource[] {
  const ids = [...new Set(draft.sentences.flatMap((sentence) => sentence.factIds))];
  return ids.flatMap((id) => draft.sources.find((source) => source.id === id) ?? []);
}

type Row = { key: string; sentence: Sentence; removed?: undefined } | { key: string; removed: RemovedSentence; sentence?: undefined };

/** The paragraphs of the mail, with what was taken out at the place where it stood. */
function withRemoved(draft: ReadableDraft): Row[][] {
  const placed = new Map<number, RemovedSentence[]>();
  for (const removed of draft.removed) placed.set(removed.at, [...(placed.get(removed.at) ?? []), removed]);
  const rowsOf = (at: number): Row[] => (placed.get(at) ?? []).map((removed) => ({ key: `removed-${removed.text}`, removed }));
  let at = 0;
  const paragraphs = paragraphsOf(draft.sentences).map((paragraph) =>
    paragraph.flatMap((sentence): Row[] => {
      const before = rowsOf(at);
      at += 1;
      return [...before, { key: `${at}-${sentence.text}`, sentence }];
    }),
  );
  const after = [...placed.keys()].filter((place) => place >= at).flatMap(rowsOf);
  return after.length > 0 ? [...paragraphs, after] : paragraphs;
}
