import { CLASS_WORDS } from "#server/replies/constants.ts";
import type { Evidence } from "#server/replies/schema.ts";

/** Their words, with those marked that show the class. Plain text only: nothing of it becomes markup. */
export function MarkedText({ text, evidence }: { text: string; evidence: readonly Evidence[] }) {
  if (text === "") return <p className="text-sm text-muted">No text.</p>;
  const parts: { at: number; text: string; mark: string | null }[] = [];
  let at = 0;
  for (const { class: name, span } of evidence.toSorted((a, b) => a.span.from - b.span.from)) {
    // A span that no longer fits the text is not shown as if it did.
    if (span.from < at || text.slice(span.from, span.to) !== span.text) continue;
    parts.push({ at, text: text.slice(at, span.from), mark: null }, { at: span.from, text: span.text, mark: CLASS_WORDS[name] });
    at = span.to;
  }
  parts.push({ at, text: text.slice(at), mark: null });
  return (
    <p dir="auto" className="text-base leading-6 whitespace-pre-wrap [overflow-wrap:anywhere]">
      {parts.map((part) =>
        part.mark ? (
          <mark key={part.at} title={`Shows: ${part.mark}`} className="rounded-control bg-accent-soft text-ink">
            {part.text}
          </mark>
        ) : (
          <span key={`plain-${part.at}`}>{part.text}</span>
        ),
      )}
    </p>
  );
}
