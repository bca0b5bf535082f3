import { allMatches } from "../all-matches.ts";
import { fold, stem, type Word, words } from "./normalise.ts";
import { CURRENCY, MEASURES, ORDINAL, PERCENT, SCALE, SMALL, TIMES, UNIT_STOP, VAGUE } from "./number-words.ts";

export type Qualifier = "exact" | "at_least" | "at_most" | "about" | "from" | "to" | "by";
export type Quantity = {
  value: number;
  kind: "number" | "percent" | "money" | "times" | "ordinal" | "vague";
  currency: string | null;
  units: string[];
  qualifier: Qualifier;
  text: string;
  at: number;
  end: number;
};

const DIGITS =
  /(?<![\p{L}\p{N}])([€$£¥₹₽]|(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|JPY|INR|PLN)\s?)?([+-]?\d+(?:[., ']\d{3})*(?:[.,]\d+)?)(?:\s?(k|m|mn|mio|bn|tn|million|billion|thousand|hundred)(?![\p{L}]))?(\+)?(?:\s?(%|‰|x(?![\p{L}])|st|nd|rd|th|€|\$|£)(?!\p{L}))?/giu;

function readNumber(raw: string): number {
  const text = raw.replace(/[ ']/g, "");
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) return Number(text.replaceAll(",", ""));
  if (/^[+-]?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$/.test(text)) return Number(text.replaceAll(".", "").replace(",", "."));
  return Number(text.replace(",", "."));
}

/** Every amount that a text speaks of, in figures or in words. */
export function quantities(text: string): Quantity[] {
  const tokens = words(text);
  const figures = inFigures(text, tokens);
  const spelled = inWords(text, tokens).filter((word) => !figures.some((figure) => word.at >= figure.at && word.end <= figure.end));
  const found = [...figures, ...spelled].sort((a, b) => a.at - b.at);
  // "from 12 to 4 days": the first takes its unit from the second.
  for (let i = found.length - 2; i >= 0; i--) {
    const [here, next] = [found[i], found[i + 1]];
    if (here && next && here.units.length === 0 && /^\s*(?:to|or|and|-|–)\s*$/.test(text.slice(here.end, next.at))) here.units = next.units;
  }
  return found;
}

function inFigures(text: string, tokens: Word[]): Quantity[] {
  return allMatches(text, DIGITS).map((match) => {
    const [whole, lead, figure = "0", scale, plus, tail] = match;
    const at = match.index;
    const end = at + whole.length;
    const after = unitsAfter(text, tokens, end);
    const value = readNumber(figure) * (scale ? (SCALE[scale.toLowerCase()] ?? 1) : 1);
    const suffix = tail?.toLowerCase();
    const nextWord = after.first;
    const percent = suffix === "%" || suffix === "‰" || (nextWord !== undefined && PERCENT.has(nextWord)) || nextWord === "per cent";
    const currency = CURRENCY[(lead ?? "").trim().toLowerCase()] ?? CURRENCY[suffix ?? ""] ?? CURRENCY[nextWord ?? ""] ?? null;
    const kind = percent
      ? "percent"
      : currency
        ? "money"
        : suffix === "x" || nextWord === "times"
          ? "times"
          : /^(?:st|nd|rd|th)$/.test(suffix ?? "")
            ? "ordinal"
            : "number";
    return {
      value,
      kind,
      currency,
      units: percent || currency ? [] : after.units,
      qualifier: plus ? "at_least" : qualifierBefore(text, at),
      text: whole.trim(),
      at,
      end,
    } as const satisfies Quantity;
  });
}

function inWords(text: string, tokens: Word[]): Quantity[] {
  const found: Quantity[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) continue;
    const spelled = readSpelled(tokens, i, text);
    if (spelled) {
      const last = tokens[spelled.last] ?? token;
      const after = unitsAfter(text, tokens, last.end);
      const percent =
        (after.first !== undefined && PERCENT.has(after.first)) || after.first === "per cent" || text.slice(last.end).startsWith(" %");
      const currency = CURRENCY[after.first ?? ""] ?? null;
      const kind = percent ? "percent" : currency ? "money" : after.first === "times" || after.first === "fold" ? "times" : "number";
      found.push({
        value: spelled.value,
        kind,
        currency,
        units: percent || currency ? [] : after.units,
        qualifier: qualifierBefore(text, token.at),
        text: text.slice(token.at, last.end),
        at: token.at,
        end: last.end,
      });
      i = spelled.last;
      continue;
    }
    const times = TIMES[token.lower];
    const before = tokens[i - 1]?.lower ?? "";
    const ordinal = ORDINAL[token.lower];
    if (times !== undefined) found.push(single(text, token, "times", times, unitsAfter(text, tokens, token.end).units));
    else if (ordinal !== undefined && (ordinal !== 2 || /^(?:a|an|the|your|their|our|his|her|its|each|every)$/.test(before)))
      found.push(single(text, token, "ordinal", ordinal, []));
    else if (VAGUE.has(token.lower)) found.push(single(text, token, "vague", 0, [stem(token.lower)]));
  }
  return found;
}

function single(text: string, token: Word, kind: Quantity["kind"], value: number, units: string[]): Quantity {
  return { value, kind, currency: null, units, qualifier: "exact", text: text.slice(token.at, token.end), at: token.at, end: token.end };
}

function readSpelled(tokens: Word[], from: number, text: string): { value: number; last: number } | null {
  let [total, current, last, seen] = [0, 0, from - 1, false];
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    const previous = tokens[i - 1];
    if (i > from && previous && !/^[\s-]*$/.test(text.slice(previous.end, token.at))) break;
    const small = SMALL[token.lower] ?? (seen && token.lower === "one" ? 1 : undefined);
    const scale = token.lower.length > 2 ? SCALE[token.lower] : undefined;
    const isOneScaled = !seen && /^(?:a|one)$/.test(token.lower) && SCALE[tokens[i + 1]?.lower ?? ""] !== undefined;
    if (small !== undefined) current += small;
    else if (isOneScaled) current = 1;
    else if (scale !== undefined && (seen || current > 0)) {
      if (scale === 100) current = Math.max(1, current) * 100;
      else [total, current] = [total + Math.max(1, current) * scale, 0];
    } else if (scale !== undefined && !seen) return { value: scale, last: i };
    else if (seen && token.lower === "and" && SMALL[tokens[i + 1]?.lower ?? ""] !== undefined && current >= 100) continue;
    else break;
    seen = true;
    last = i;
  }
  return seen ? { value: total + current, last } : null;
}

/** The words that say what is counted: the next three that carry meaning. */
function unitsAfter(text: string, tokens: Word[], end: number): { units: string[]; first: string | undefined } {
  const units: string[] = [];
  let first: string | undefined;
  let edge = end;
  for (const token of tokens) {
    if (token.at < end) continue;
    const gap = text.slice(edge, token.at);
    if (/[.,;:!?()]/.test(gap)) break;
    first ??= token.lower === "per" && /^ cent\b/i.test(text.slice(token.end)) ? "per cent" : token.lower;
    if (UNIT_STOP.has(token.lower) || /^\d/.test(token.lower)) break;
    units.push(stem(token.lower));
    edge = token.end;
    if (units.length === 3 || MEASURES.has(stem(token.lower))) break;
  }
  return { units, first };
}

const BEFORE: [RegExp, Qualifier][] = [
  [/(?:up to|at most|no more than|not more than|less than|fewer than|under|below|within|maximum of|max)\s*$/, "at_most"],
  [/(?:at least|no less than|no fewer than|more than|over|above|exceed(?:s|ing)?|beyond|upwards of|minimum of)\s*$/, "at_least"],
  [/(?:about|around|roughly|approximately|nearly|almost|some|circa|close to|~)\s*$/, "about"],
  [/from\s*$/, "from"],
  [/to\s*$/, "to"],
  [/by\s*$/, "by"],
];

function qualifierBefore(text: string, at: number): Qualifier {
  const before = fold(text.slice(Math.max(0, at - 24), at));
  return BEFORE.find(([pattern]) => pattern.test(before))?.[1] ?? "exact";
}
