import { Temporal } from "temporal-polyfill";
import { allMatches } from "#server/writing/domain/all-matches.ts";
import { MONTH, monthOf, NUMBER, numberOf, WEEKDAY, weekdayOf } from "./calendar-words.ts";

/** A date that the text names. `on` is the day itself; `inclusive` says that the person is still away on it. */
export type FoundDate = { on: string; at: number; text: string; kind: "day" | "span_end" | "period" };

type Reader = {
  pattern: RegExp;
  read: (groups: string[], today: Temporal.PlainDate, text: string) => Temporal.PlainDate | null;
  kind: FoundDate["kind"];
};

const B = "(?<![\\p{L}\\p{N}])";
const E = "(?![\\p{L}\\p{N}])";
const ORDINAL = "(?:st|nd|rd|th|\\.|er|º|ª|e|ro|to|o)?";
const OF = "(?:\\s+(?:of|de|di|do|van))?";
const re = (source: string) => new RegExp(`${B}(?:${source})${E}`, "giu");

const READERS: readonly Reader[] = [
  { kind: "day", pattern: re("(\\d{4})-(\\d{1,2})-(\\d{1,2})"), read: ([y, m, d]) => date(Number(y), Number(m), Number(d)) },
  {
    kind: "day",
    pattern: re("(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4}|\\d{2})"),
    read: ([a, sep, b, y], today, text) => numeric(Number(a), Number(b), year(y ?? ""), sep ?? "", today, text),
  },
  {
    kind: "day",
    pattern: re(`(\\d{1,2})${ORDINAL}${OF}\\s+(${MONTH})\\.?(?:${OF},?\\s+(\\d{4}))?`),
    read: ([d, m, y], today) => dayOf(Number(d), monthOf(m ?? ""), y, today),
  },
  {
    kind: "day",
    pattern: re(`(${MONTH})\\.?\\s+(\\d{1,2})${ORDINAL}(?:,?\\s+(\\d{4}))?`),
    read: ([m, d, y], today) => dayOf(Number(d), monthOf(m ?? ""), y, today),
  },
  {
    kind: "day",
    // "2.3." or "09.03", but not the version 3.5.
    pattern: re("(\\d{1,2}\\.\\d{1,2}(?=\\.)|\\d{2}\\.\\d{2})"),
    read: ([text = ""], today, whole) => numeric(Number(text.split(".")[0]), Number(text.split(".")[1]), null, ".", today, whole),
  },
  {
    kind: "day",
    pattern: re(
      "(?<=(?:until|till?|on|from|to|by|bis|am|vom|ab|le|du|au|el|hasta|dal|al|fino|até|tot|op|back)\\s{1,3}(?:the |el |le |il )?)(\\d{1,2})/(\\d{1,2})",
    ),
    read: ([a, b], today, whole) => numeric(Number(a), Number(b), null, "/", today, whole),
  },
  {
    kind: "period",
    pattern: re("(?:q|quarter\\s+)([1-4])(?:[\\s/]+(\\d{4}))?"),
    read: ([q, y], today) => firstOfQuarter(Number(q), y, today),
  },
  {
    kind: "period",
    pattern: re(
      `(mid(?:dle)?(?:\\s+of)?|mitte|mi-|mediados\\s+de|metà|meados\\s+de|medio|halverwege|in|im|en|em|a|ad|until|till?|by|around|ab|bis|hasta|fino a|até|tot|from|for|vanaf|since|before|après|nach|end(?:\\s+of)?|late|ende|fin(?:\\s+de)?|finales\\s+de|fine|final\\s+de|eind|early|beginning\\s+of|start\\s+of|anfang|début|debut|principios\\s+de|inizio|início\\s+de|begin)[\\s-]*(${MONTH})(?:\\s+(?:of\\s+|de\\s+)?(\\d{4}))?`,
    ),
    read: ([part, m, y], today) => partOfMonth(part ?? "", monthOf(m ?? ""), y, today),
  },
  {
    kind: "day",
    pattern: re(
      `(?:in|within|dans|d'ici|en|dentro\\s+de|tra|fra|em|daqui\\s+a|over|binnen)\\s+(${NUMBER})\\s+(days?|tage?n?|jours?|días?|dias?|giorn[oi]|dagen|weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken|months?|monate?n?|mois|meses|mes|mesi|maand(?:en)?|mês|years?|jahre?n?|ans?|años?|anni|anos?|jaar)`,
    ),
    read: ([n, unit], today) => ahead(numberOf(n ?? ""), unit ?? "", today),
  },
  {
    kind: "day",
    pattern: re(
      `(${NUMBER})\\s+(weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken|months?|monate?n?|mois|meses|mesi|maand(?:en)?)\\s+(?:from now|time|later|später)`,
    ),
    read: ([n, unit], today) => ahead(numberOf(n ?? ""), unit ?? "", today),
  },
  {
    kind: "period",
    pattern: re(
      "next quarter|nächste[ns]? quartal|(?:le )?prochain trimestre|trimestre prochain|(?:el )?próximo trimestre|prossimo trimestre|volgend kwartaal",
    ),
    read: (_, today) => today.with({ day: 1 }).add({ months: 3 - ((today.month - 1) % 3) }),
  },
  {
    kind: "period",
    pattern: re(
      "next year|nächstes jahr|im neuen jahr|in the new year|l'année prochaine|(?:el )?(?:próximo año|año que viene)|(?:il )?(?:prossimo anno|anno prossimo)|(?:no )?próximo ano|ano que vem|volgend jaar",
    ),
    read: (_, today) => date(today.year + 1, 1, 7),
  },
  {
    kind: "period",
    pattern: re(
      "next month|nächsten monat|(?:le )?mois prochain|(?:el )?(?:próximo mes|mes que viene)|(?:il )?(?:prossimo mese|mese prossimo)|(?:no )?próximo mês|mês que vem|volgende maand",
    ),
    read: (_, today) => today.with({ day: 1 }).add({ months: 1 }),
  },
  {
    kind: "period",
    pattern: re(
      "next week|nächste woche|(?:la )?semaine prochaine|(?:la )?(?:próxima semana|semana que viene)|(?:la )?(?:prossima settimana|settimana prossima)|semana que vem|volgende week",
    ),
    read: (_, today) => today.add({ days: 8 - today.dayOfWeek }),
  },
  {
    kind: "period",
    pattern: re(
      "(?:after|nach|après|despu[ée]s de|dopo|depois d[eo]|na) (?:the |dem |den |l'|el |las? |l[ao]s? |de )?(?:summer(?: break| holidays?)?|sommer(?:ferien|pause|urlaub)?|été|verano|estate|verão|zomer(?:vakantie)?|vacances d'été)|(?:a|à) la rentr[ée]e|after the summer",
    ),
    read: (_, today) => firstOfMonth(9, undefined, today),
  },
  {
    kind: "period",
    pattern: re(
      "(?:after|nach|après|despu[ée]s de|dopo|depois d[eo]|na) (?:the |den |les |las? |as |le |el |il |o |de )?(?:christmas|holidays|holiday season|weihnachten|feiertagen|fêtes|noël|navidad|natale|natal|kerst(?:mis)?|festas)|(?:after|nach) new year",
    ),
    read: (_, today) => upcoming(1, 7, today),
  },
  {
    kind: "period",
    pattern: re(
      "(?:after|nach|après|despu[ée]s de|dopo|depois d[ae]|na) (?:the |den |la |de )?(?:easter(?: holidays)?|ostern|osterferien|pâques|pascua|semana santa|pasqua|páscoa|pasen)",
    ),
    read: (_, today) => afterEaster(today),
  },
  {
    kind: "period",
    pattern: re(
      "(?:end of (?:the )?year|jahresende|fin (?:de l'année|d'année)|fin(?:al)? de año|fine (?:dell'anno|anno)|fim do ano|eind(?:e)? van het jaar|year[- ]end)",
    ),
    read: (_, today) => date(today.month === 12 ? today.year + 1 : today.year, today.month === 12 ? 1 : 12, today.month === 12 ? 7 : 1),
  },
  { kind: "day", pattern: re("tomorrow|morgen|demain|mañana|domani|amanhã"), read: (_, today) => today.add({ days: 1 }) },
  {
    kind: "day",
    pattern: re(
      `(?:on|next|coming|back|zurück|terug|am|kommenden|nächsten|le|ce|el|este|próximo|lunes|il|prossimo|na|até|op|volgende|until|till?|bis|jusqu'(?:à|au)?|hasta|fino a|tot)\\s+(${WEEKDAY})`,
    ),
    read: ([w], today) => nextWeekday(weekdayOf(w ?? ""), today),
  },
  {
    kind: "day",
    pattern: re(
      "(?:the|on the|le|el|il|den|am|de|o|dia|día|until the|until|bis(?: zum)?|jusqu'au|hasta el|fino al|até(?: o)?(?: dia)?|tot(?: de)?|back the)\\s+(\\d{1,2})(?:st|nd|rd|th|\\.|er|º|e)?",
    ),
    read: ([d], today) => dayOfThisMonth(Number(d), today),
  },
];

/** Every date that the text names, in order of appearance; earlier readers win where two read the same words. */
export function findDates(text: string, today: string): FoundDate[] {
  const base = Temporal.PlainDate.from(today);
  const found: (FoundDate & { end: number })[] = [];
  for (const { pattern, read, kind } of READERS) {
    for (const match of allMatches(text.slice(0, 5_000), pattern)) {
      const end = match.index + match[0].length;
      if (found.some((other) => match.index < other.end && other.at < end)) continue;
      const on = read(match.slice(1), base, text);
      if (on) found.push({ on: on.toString(), at: match.index, end, text: match[0], kind });
    }
  }
  return found.toSorted((a, b) => a.at - b.at).map(({ end: _, ...date }) => date);
}

function date(y: number, m: number, d: number): Temporal.PlainDate | null {
  try {
    return y > 1990 && y < 2200 ? Temporal.PlainDate.from({ year: y, month: m, day: d }, { overflow: "reject" }) : null;
  } catch {
    return null;
  }
}

function year(text: string): number | null {
  return text === "" ? null : text.length === 2 ? 2000 + Number(text) : Number(text);
}

/** Without a year: the next such day, unless it was within the last four months, which is then simply past. */
function upcoming(m: number, d: number, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const thisYear = date(today.year, m, d);
  if (!thisYear) return null;
  const daysAgo = thisYear.until(today, { largestUnit: "day" }).days;
  return daysAgo > 120 ? date(today.year + 1, m, d) : thisYear;
}

function dayOf(d: number, m: number, y: string | undefined, today: Temporal.PlainDate): Temporal.PlainDate | null {
  return y ? date(Number(y), m, d) : upcoming(m, d, today);
}

/** 03/04 is a day and a month everywhere but in the United States; a number over 12 decides. */
function numeric(
  a: number,
  b: number,
  y: number | null,
  separator: string,
  today: Temporal.PlainDate,
  text: string,
): Temporal.PlainDate | null {
  const isAmerican =
    b > 12 || (separator === "/" && a <= 12 && /\b\d{1,2}:\d{2}\s*(?:am|pm)\b|\b(?:EST|EDT|PST|PDT|CST|CDT)\b/i.test(text));
  const read = (d: number, m: number) => (y === null ? upcoming(m, d, today) : date(y, m, d));
  if (isAmerican) return read(b, a);
  const european = read(a, b);
  const american = separator === "/" ? read(b, a) : null;
  // Written with slashes it may be either; absences are short, so the near reading wins over a far one.
  return european && american && distance(today, european) > 120 && distance(today, american) >= 0 && distance(today, american) <= 60
    ? american
    : (european ?? american);
}

function firstOfMonth(m: number, y: string | undefined, today: Temporal.PlainDate): Temporal.PlainDate | null {
  if (y) return date(Number(y), m, 1);
  // The month that runs is this year's: "mid March" of 2 March is not a year away.
  return date(m < today.month ? today.year + 1 : today.year, m, 1);
}

function firstOfQuarter(q: number, y: string | undefined, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const ahead = q * 3 < today.month ? today.year + 1 : today.year;
  return date(y ? Number(y) : ahead, q * 3 - 2, 1);
}

function distance(today: Temporal.PlainDate, other: Temporal.PlainDate): number {
  return today.until(other, { largestUnit: "day" }).days;
}

function partOfMonth(part: string, m: number, y: string | undefined, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const first = firstOfMonth(m, y, today);
  const word = part.toLowerCase();
  const day = /^(?:mid|mitte|mi-|mediados|metà|meados|medio|halver)/.test(word)
    ? 15
    : /^(?:end|late|ende|fin|final|fine|eind)/.test(word)
      ? 25
      : 1;
  return first?.with({ day }) ?? null;
}

function ahead(n: number, unit: string, today: Temporal.PlainDate): Temporal.PlainDate | null {
  if (n === 0 || n > 400) return null;
  const word = unit.toLowerCase();
  if (/^(?:day|tag|jour|d[ií]a|giorn|dag)/.test(word)) return today.add({ days: n });
  if (/^(?:week|woche|semain|semana|settim|weken)/.test(word)) return today.add({ weeks: n });
  if (/^(?:month|monat|mois|mes|maand|mês)/.test(word)) return today.add({ months: n });
  return n <= 10 ? today.add({ years: n }) : null;
}

function nextWeekday(weekday: number, today: Temporal.PlainDate): Temporal.PlainDate {
  return today.add({ days: (weekday - today.dayOfWeek + 7) % 7 || 7 });
}

function dayOfThisMonth(d: number, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const here = date(today.year, today.month, d);
  if (here && Temporal.PlainDate.compare(here, today) >= 0) return here;
  const next = today.with({ day: 1 }).add({ months: 1 });
  return date(next.year, next.month, d);
}

/** Tuesday after Easter Monday, by the anonymous Gregorian algorithm. */
function afterEaster(today: Temporal.PlainDate): Temporal.PlainDate {
  const here = easter(today.year).add({ days: 2 });
  return Temporal.PlainDate.compare(here, today) > 0 ? here : easter(today.year + 1).add({ days: 2 });
}

function easter(y: number): Temporal.PlainDate {
  const [a, b, c] = [y % 19, Math.floor(y / 100), y % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year: y, month: Math.floor(n / 31), day: (n % 31) + 1 });
}
