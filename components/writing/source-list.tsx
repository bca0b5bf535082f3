"use client";
import type { DraftSource } from "#server/writing/schema.ts";
import { cx } from "@/components/ui/class-names";
import { Section } from "@/components/ui/section";
import { useClock } from "@/components/ui/time/clock";
import { formatAge } from "@/components/ui/time/format";

type Props = {
  id: string;
  sources: readonly DraftSource[];
  lit: readonly string[];
  thread?: string | undefined;
  onLight: (ids: readonly string[]) => void;
  onPin: (ids: readonly string[]) => void;
};

export function SourceList({ id, sources, lit, thread, onLight, onPin }: Props) {
  return (
    <Section title="Facts used" count={sources.length}>
      <ol className="-mx-2 grid gap-0.5">
        {sources.map((source, i) => (
          <li key={source.id} id={`${id}-${i + 1}`}>
            <button
              type="button"
              className={cx(
                "flex w-full gap-2 rounded-control px-2 py-1 text-left text-sm transition-colors",
                lit.includes(source.id) ? "bg-accent-soft" : "hover:bg-hover",
              )}
              onMouseEnter={() => onLight([source.id])}
              onMouseLeave={() => onLight([])}
              onFocus={() => onLight([source.id])}
              onBlur={() => onLight([])}
              onClick={() => onPin([source.id])}
            >
              <span
                className={cx(
                  "w-4 shrink-0 text-right text-xs leading-5 tabular-nums",
                  lit.includes(source.id) ? "text-accent" : "text-muted",
                )}
              >
                {i + 1}
              </span>
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                <bdi>{textOf(source)}</bdi>
                <Origin source={source} />
                {source.quote && <bdi className="block text-xs text-muted italic">“{source.quote}”</bdi>}
              </span>
            </button>
          </li>
        ))}
      </ol>
      {sources.length === 0 && <p className="text-sm text-muted">None: it states nothing.</p>}
      {thread && <p className="mt-3 text-sm text-muted">Thread: {thread}</p>}
    </Section>
  );
}

function Origin({ source }: { source: DraftSource }) {
  const { now } = useClock();
  const age = source.at && source.about !== "thread" ? ` · ${formatAge(source.at, now)}` : "";
  return (
    <span className={cx("block text-xs", source.isStale ? "text-attention" : "text-muted")}>
      {source.label} · {source.source}
      {age}
    </span>
  );
}

/** What we sell is kept with whom it is for, for the check; the reader needs the first sentence. */
function textOf(source: DraftSource): string {
  const first = source.field === "offer" ? (source.value.split(". ")[0] ?? source.value) : source.value;
  return first.length > 160 ? `${first.slice(0, 159)}…` : first;
}
