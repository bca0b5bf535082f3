import type { Sentence } from "#server/writing/schema.ts";
import { normalise } from "./entailment/normalise.ts";
import { splitSentences } from "./split-sentences.ts";

/** The mail as a person left it. What they did not touch keeps what it rests on; everything else is their own. */
export function applyEdit(before: readonly Sentence[], text: string): Sentence[] {
  const known = new Map(before.map((sentence) => [normalise(sentence.text), sentence]));
  return paragraphsOf(text).flatMap((paragraph) => {
    const whole = known.get(normalise(paragraph));
    const pieces = whole ? [paragraph] : splitSentences(paragraph);
    return pieces.map((piece, i): Sentence => {
      const same = known.get(normalise(piece));
      return same ? { ...same, opens: i === 0 } : { text: piece, kind: "own", factIds: [], opens: i === 0 };
    });
  });
}

/** Blank lines part paragraphs; a list keeps its lines together. */
function paragraphsOf(text: string): string[] {
  return text
    .replace(/\r\n?/g, "\n")
    .split(/\n\s*\n/)
    .map((paragraph) => (/\n\s*[-*•]/.test(paragraph) ? paragraph.trim() : paragraph.replace(/\s*\n\s*/g, " ").trim()))
    .filter((paragraph) => paragraph !== "");
}
