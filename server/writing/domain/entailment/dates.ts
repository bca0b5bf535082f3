import { allMatches } from "../all-matches.ts";
import { fold } from "./normalise.ts";

/** A piece of a date: `month:3`, `day:14`, `year:2026`, `quarter:3`, `weekday:2`, `time:900`, or the words themselves: `words:next week`. */
export type DateMention = { atoms: string[]; text: string; at: number; end: number };

const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const MONTH =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const WEEKDAY = "(sun(?:day)?|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?)s?";
const DAY = "(\\d{1,2})(?:st|nd|rd|th)?";
const YEAR = "((?:19|20)\\d{2})";
const SPAN = "(?:day|week|month|quarter|year|spring|summer|autumn|fall|winter|morning|afternoon|evening|night|weekend|decade)s?";

type Rule = [RegExp, (groups: string[]) => string[]];
const monthAtom = (text: string) => `month:${MONTHS.findIndex((month) => month.startsWith(text.slice(0, 3))) + 1}`;
const weekdayAtom = (text: string) => `weekday:${DAYS.findIndex((day) => day.startsWith(text.slice(0, 3)))}`;
const clockAtom = (hour: string, minute: string | undefined, half: string | undefined) =>
  `time:${((Number(hour) % 12) + (half === "pm" || (!half && Number(hour) >= 12) ? 12 : 0)) * 60 + Number(minute ?? 0)}`;
const phrase = (groups: string[]) => [`words:${(groups[0] ?? "").replace(/\s+/g, " ").trim()}`];

const RULES: Rule[] = [
  [/\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b/g, ([, y, m, d]) => [`year:${y}`, `month:${Number(m)}`, `day:${Number(d)}`]],
  [
    /\b(\d{1,2})[./](\d{1,2})[./]((?:19|20)?\d{2})\b/g,
    ([, d, m, y = ""]) => [`day:${Number(d)}`, `month:${Number(m)}`, `year:${y.length === 2 ? `20${y}` : y}`],
  ],
  [/\b(mon|tue|wed|thu|fri|sat|sun)\b(?=,? \d)/g, ([, d = ""]) => [weekdayAtom(d)]],
  [
    new RegExp(`\\b${DAY}(?: of)? ${MONTH}(?:,? ${YEAR})?\\b`, "g"),
    ([, d, m = "", y]) => [`day:${Number(d)}`, monthAtom(m), ...(y ? [`year:${y}`] : [])],
  ],
  [
    new RegExp(`\\b${MONTH} ${DAY}(?:,? ${YEAR})?\\b(?!\\d)`, "g"),
    ([, m = "", d, y]) => [monthAtom(m), `day:${Number(d)}`, ...(y ? [`year:${y}`] : [])],
  ],
  [new RegExp(`\\b${MONTH},? ${YEAR}\\b`, "g"), ([, m = "", y]) => [monthAtom(m), `year:${y}`]],
  [/\bq([1-4])(?:[ /']*((?:19|20)\d{2}))?\b/g, ([, q, y]) => [`quarter:${q}`, ...(y ? [`year:${y}`] : [])]],
  [
    /\b(first|second|third|fourth) quarter(?: of ((?:19|20)\d{2}))?\b/g,
    ([, q = "", y]) => [`quarter:${["first", "second", "third", "fourth"].indexOf(q) + 1}`, ...(y ? [`year:${y}`] : [])],
  ],
  [
    new RegExp(
      `\\b(?:last|past|previous|this|next|coming|every|each|earlier this|later this|end of|start of) (?:${SPAN}|${MONTH}|${WEEKDAY})\\b`,
      "g",
    ),
    phrase,
  ],
  [/\b(\d{1,2}):(\d{2})(?:\s?(am|pm))?\b/g, ([, h = "0", m, half]) => [clockAtom(h, m, half)]],
  [/\b(\d{1,2})\s?(am|pm)\b/g, ([, h = "0", half]) => [clockAtom(h, undefined, half)]],
  [/\b(?:in|by|since|until|during|from|before|after|of|last|next|this) (may|march)\b/g, ([, m = ""]) => [monthAtom(m)]],
  [
    /\b(january|february|april|june|july|august|september|october|november|december|jan|feb|apr|aug|sept?|oct|nov|dec)\b\.?/g,
    ([, m = ""]) => [monthAtom(m)],
  ],
  [/\b(sunday|monday|tuesday|wednesday|thursday|friday|saturday|tue|thu|fri)s?\b/g, ([, d = ""]) => [weekdayAtom(d)]],
  [
    /\b(?:today|yesterday|tomorrow|tonight|recently|lately|currently|nowadays|just now|soon|the other day|a while ago|[\w]+ (?:days?|weeks?|months?|years?) ago|year[- ]on[- ]year|year[- ]over[- ]year|annually|yearly|a year|per year)\b/g,
    phrase,
  ],
  [/\b((?:19|20)\d{2})\b/g, ([, y]) => [`year:${y}`]],
];

export function dates(text: string): DateMention[] {
  let rest = fold(text);
  if (rest.length !== text.length) rest = text.toLowerCase();
  const found: DateMention[] = [];
  for (const [pattern, atomsOf] of RULES) {
    for (const match of allMatches(rest, pattern)) {
      const end = match.index + match[0].length;
      found.push({
        atoms: atomsOf(Array.from(match, (group) => group ?? "")).filter((atom) => !/:(?:undefined|)$/.test(atom)),
        text: text.slice(match.index, end).trim(),
        at: match.index,
        end,
      });
      rest = rest.slice(0, match.index) + " ".repeat(match[0].length) + rest.slice(end);
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

/** "last March" and "last year" as dates, so that a source with the date itself supports them. */
export function resolveRelative(words: string, now: Date): string[] | null {
  const year = now.getUTCFullYear();
  const month = now.getUTCMonth() + 1;
  const quarter = Math.ceil(month / 3);
  if (words === "last year" || words === "previous year") return [`year:${year - 1}`];
  if (words === "this year") return [`year:${year}`];
  if (words === "next year") return [`year:${year + 1}`];
  if (words === "last month") return [`month:${month === 1 ? 12 : month - 1}`, `year:${month === 1 ? year - 1 : year}`];
  if (words === "this month") return [`month:${month}`, `year:${year}`];
  if (words === "last quarter") return [`quarter:${quarter === 1 ? 4 : quarter - 1}`, `year:${quarter === 1 ? year - 1 : year}`];
  if (words === "this quarter") return [`quarter:${quarter}`, `year:${year}`];
  const named = words.match(/^(?:last|past) (\w+)$/)?.[1];
  const index = named ? MONTHS.findIndex((name) => name.startsWith(named === "sept" ? "sep" : named)) : -1;
  if (index < 0 || named === undefined || named.length < 3) return null;
  return [`month:${index + 1}`, `year:${index + 1 < month ? year : year - 1}`];
}
