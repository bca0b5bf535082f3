import { isCommonWord } from "./common-words.ts";
import { fold, type Word, words } from "./normalise.ts";

export type NameMention = { text: string; parts: string[]; at: number; end: number };

const CASED = /^\p{Lu}|\p{Ll}\p{Lu}/u;
const FOREIGN = /[^\p{Script=Latin}\p{N}\p{M}'&]/u;
const ALPHANUMERIC = /\p{L}\p{N}|\p{N}\p{L}/u;
const SHORT_FORMS = new Set(["i", "i'm", "i'd", "i'll", "i've", "ok", "faq", "pdf", "ps", "re", "fyi", "mr", "ms", "mrs", "dr"]);
const JOINERS = new Set(["of", "de", "van", "von", "der", "di", "da", "del", "la", "le", "the", "&"]);

/** What looks like the name of somebody or something: capitals inside a sentence, mixed case, letters with digits, other scripts. */
export function names(text: string): NameMention[] {
  const tokens = words(text);
  const found: NameMention[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token || !looksNamed(token, text)) continue;
    let last = i;
    for (let j = i + 1; j < tokens.length; j++) {
      const [previous, next, after] = [tokens[j - 1], tokens[j], tokens[j + 1]];
      if (!previous || !next || !/^[ &.-]*$/.test(text.slice(previous.end, next.at)) || /\. /.test(text.slice(previous.end, next.at)))
        break;
      if (looksNamed(next, text)) last = j;
      else if (!(JOINERS.has(next.lower) && after && looksNamed(after, text))) break;
    }
    const end = tokens[last]?.end ?? token.end;
    found.push({ text: text.slice(token.at, end), parts: tokens.slice(i, last + 1).map((part) => part.lower), at: token.at, end });
    i = last;
  }
  return found;
}

function looksNamed(token: Word, text: string): boolean {
  if (SHORT_FORMS.has(fold(token.text))) return false;
  if (FOREIGN.test(token.text)) return true;
  if (ALPHANUMERIC.test(token.text) && !/^\d+(?:st|nd|rd|th|k|m|bn|x|am|pm)$/i.test(token.text)) return true;
  if (!CASED.test(token.text)) return false;
  const isPlain = /^\p{Lu}\p{Ll}*(?:'\p{Ll}+)?$/u.test(token.text);
  return !(isPlain && startsSentence(token, text) && isCommonWord(fold(token.text)));
}

function startsSentence(token: Word, text: string): boolean {
  return /(?:^|[.!?:]["']?\s|\n)["'(\s-]*$/.test(text.slice(0, token.at));
}
