// What pages need of this noun at once: without zod, so that no page carries it for a list of words.
import type { RejectReason, Sentence } from "./schema.ts";

export const rejectReasons = ["wrong_fact", "wrong_person", "tone", "weak", "other"] as const;

export const rejectReasonWords: Record<RejectReason, string> = {
  wrong_fact: "Wrong fact",
  wrong_person: "Wrong person",
  tone: "Tone",
  weak: "Weak",
  other: "Other",
};

/**
 * The paragraphs of a mail, as it is sent and as it is shown: greeting, at most three sentences each, the ask by itself, the closing.
 * Once a person has edited, their own breaks hold.
 */
export function paragraphsOf<T extends Pick<Sentence, "text" | "kind" | "opens">>(sentences: readonly T[]): T[][] {
  const isEdited = sentences.some((one) => one.opens !== undefined);
  const paragraphs: T[][] = [];
  let isClosed = true;
  for (const one of sentences) {
    const standsAlone = !isEdited && (one.kind === "greeting" || one.kind === "closing" || one.kind === "ask" || one.text.includes("\n"));
    const last = paragraphs.at(-1);
    const isFull = !isEdited && last !== undefined && last.length >= 3 && one.kind !== "question";
    if (!last || (isEdited ? one.opens !== false : isClosed || standsAlone || isFull)) paragraphs.push([one]);
    else last.push(one);
    isClosed = standsAlone;
  }
  return paragraphs;
}
