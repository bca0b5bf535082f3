import type { ReplyClass } from "../../schema.ts";

export type Rule = { class: ReplyClass; name: string; confidence: number; pattern: RegExp };

/**
 * One rule: the words that show a class. Words stand alone (letters of any language end them), spaces match any white space.
 * Patterns are run over at most 4,000 characters and hold no nested repetition, so that no mail makes them slow.
 */
export function rule(className: ReplyClass, name: string, confidence: number, words: readonly string[]): Rule {
  const body = words.map((word) => word.replaceAll(" ", "\\s{1,4}")).join("|");
  return { class: className, name, confidence, pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${body})(?![\\p{L}\\p{N}])`, "giu") };
}
