"use client";
import type { RemovedSentence, Sentence } from "#server/writing/schema.ts";
import { cx } from "@/components/ui/class-names";

type Props = {
  sentence: Sentence;
  numbers: readonly number[];
  isLit: boolean;
  describedBy: readonly string[];
  onLight: (ids: readonly string[]) => void;
  onPin: (ids: readonly string[]) => void;
};

export function DraftSentence({ sentence, numbers, isLit, describedBy, onLight, onPin }: Props) {
  const { factIds, kind, text } = sentence;
  if (numbers.length === 0) return <span className={cx(kind === "own" && "decoration-line underline underline-offset-4")}>{text} </span>;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a button cannot wrap over lines like the sentence that it is */}
      <span
        role="button"
        tabIndex={0}
        aria-describedby={describedBy.join(" ")}
        className={cx(
          "cursor-default rounded-sm outline-offset-2 transition-colors",
          isLit ? "bg-accent-soft text-ink" : "hover:bg-accent-soft",
        )}
        onMouseEnter={() => onLight(factIds)}
        onMouseLeave={() => onLight([])}
        onFocus={() => onLight(factIds)}
        onBlur={() => onLight([])}
        onClick={() => onPin(factIds)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          event.stopPropagation();
          onPin(factIds);
        }}
      >
        {text}
        <sup aria-hidden="true" className={cx("ml-0.5 text-xs", isLit ? "text-accent" : "text-muted")}>
          {numbers.join(" ")}
        </sup>
      </span>{" "}
    </>
  );
}

export function RemovedLine({ removed }: { removed: RemovedSentence }) {
  return (
    <span className="my-1 block text-sm text-attention">
      <del className="text-base text-muted">{removed.text}</del> removed: {removed.reason}
    </span>
  );
}
