import { isGlue } from "./common-words.ts";
import { stem, words } from "./normalise.ts";

const NEGATORS =
  /^(?:not|no|never|without|none|neither|nor|cannot|nobody|nothing|nowhere|hardly|barely|rarely|seldom|lacks?|lacking|missing|fails?|failed|stopped|stops|avoids?|refuse[sd]?|instead|\w+n't|isnt|arent|dont|doesnt|cant|wont)$/;

/** Stems that a text denies: what follows a negator up to the end of its clause. */
export function denied(text: string): Set<string> {
  const found = new Set<string>();
  let left = 0;
  let edge = 0;
  for (const word of words(text)) {
    if (/[.,;:!?()]/.test(text.slice(edge, word.at))) left = 0;
    edge = word.end;
    if (NEGATORS.test(word.lower) || NEGATORS.test(word.text.toLowerCase())) {
      left = 3;
      continue;
    }
    if (left === 0 || (isGlue(word.lower) && !/^\d/.test(word.lower))) continue;
    found.add(stem(word.lower));
    left -= 1;
  }
  return found;
}
