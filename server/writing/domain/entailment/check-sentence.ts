import { AppError } from "#server/core/errors.ts";
import type { Sentence } from "#server/writing/schema.ts";
import { type Clause, clauses, isPassive, type Parties, partyOrder } from "./clauses.ts";
import { isCommonWord, isGlue } from "./common-words.ts";
import { dates, resolveRelative } from "./dates.ts";
import { type Evidence, holdsPhrase, unitsAgree } from "./evidence.ts";
import { type Marker, markers } from "./markers.ts";
import { names } from "./names.ts";
import { denied } from "./negation.ts";
import { blank, fold, normalise, stem, words } from "./normalise.ts";
import { CURRENCY, PERCENT } from "./number-words.ts";
import { type Quantity, quantities } from "./quantities.ts";
import { canonicalTitle, titles } from "./titles.ts";

export type CheckContext = {
  parties: Parties;
  /** Names that may stand in any sentence: the person, their company, us. */
  known: readonly string[];
  now: Date;
};

type Subject = { kind: Sentence["kind"]; text: string; cited: readonly Evidence[] };

/** Why a sentence is not entailed by what it cites; empty when it is. Pure code: no model judges a model. */
export function checkSentence({ kind, text: raw, cited }: Subject, context: CheckContext): string[] {
  const text = normalise(raw);
  const asserts = kind === "fact" || kind === "claim";
  const parts = clauses(text, context.parties);
  // "3B Steel" holds no number and "May & Co" no month: the names that everybody may use are not read as anything else.
  const plain = withoutNames(text, context.known);
  const reasons: string[] = [];
  const unsourced: string[] = [];
  const missing = (what: string) => unsourced.push(what.trim());

  const dated = dates(plain);
  for (const date of dated)
    if (
      !(isPresent(date.text) && (kind === "question" || kind === "ask")) &&
      !date.atoms.every((atom) => supportsDate(atom, cited, context.now))
    )
      missing(date.text);
  let rest = dated.reduce((left, date) => blank(left, date.at, date.end), plain);

  const amounts = quantities(rest);
  for (const amount of amounts)
    if (!supportsQuantity(amount, asserts ? clauseAt(parts, amount.at) : null, thirdParties(parts, amount.at, rest), cited))
      missing(amount.text);
  rest = amounts.reduce((left, amount) => blank(left, amount.at, amount.end), rest);

  for (const title of titles(rest)) {
    if (!supportsTitle(title, cited)) missing(title.text);
    rest = blank(rest, title.at, title.end);
  }
  for (const name of names(rest)) if (!supportsName(name.parts, cited, context.known)) missing(name.text);
  for (const marker of markers(plain)) if (isJudged(marker, kind) && !supportsMarker(marker, cited)) missing(marker.text);

  // In the order in which a reader meets them.
  unsourced.sort((a, b) => plain.indexOf(a) - plain.indexOf(b));
  reasons.push(...unsourced.map((what) => `no source for '${what}'`));
  if (asserts) {
    reasons.push(
      ...checkSubjects(parts, cited),
      ...checkDenials(plain, cited),
      ...checkOrder(text, rest, cited, context),
      ...checkAge(text, cited),
    );
    if (reasons.length === 0) reasons.push(...checkCoverage(withoutMarkers(rest), cited, context));
  } else if (kind !== "greeting" && kind !== "closing" && reasons.length === 0) reasons.push(...checkCoverage(rest, cited, context, 0.34));
  return [...new Set(reasons)];
}

/** "Is it on your list this year?" says nothing about a year. */
const isPresent = (text: string) => /^(?:today|currently|nowadays|this (?:week|month|quarter|year))$/i.test(text);

function withoutNames(text: string, known: readonly string[]): string {
  const longestFirst = known
    .map(normalise)
    .filter((name) => name.length > 1)
    .sort((a, b) => b.length - a.length);
  return longestFirst.reduce((left, name) => {
    if (!left.includes(name)) return left;
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\p{N}])`, "gu");
    return left.replace(pattern, (match) => " ".repeat(match.length));
  }, text);
}

/** Names in the clause of an amount when the clause itself speaks of neither side. */
function thirdParties(parts: Clause[], at: number, rest: string): string[][] {
  const clause = clauseAt(parts, at);
  if (clause.speaksOfParty) return [];
  return names(rest)
    .filter((name) => name.at >= clause.at && name.at < clause.end)
    .map((name) => name.parts);
}

function clauseAt(parts: Clause[], at: number): Clause {
  const clause = parts.find((part) => at >= part.at && at < part.end) ?? parts[0];
  if (!clause) throw new AppError("INVALID_STATE", "A sentence has no words.");
  return clause;
}

/** In a clause about a third party alone, the amount must come from a source that names it. */
const namesSame = (evidence: Evidence, others: readonly string[][]) => others.every((name) => holdsPhrase(evidence, name));

/** An amount counts only from a source about the one of whom the clause speaks. */
function supportsQuantity(amount: Quantity, clause: Clause | null, others: readonly string[][], cited: readonly Evidence[]): boolean {
  return cited
    .filter((evidence) => clause === null || (isAbout(evidence, { ...clause, isPossible: false }) && namesSame(evidence, others)))
    .some((evidence) =>
      amount.kind === "vague"
        ? amount.units.every((unit) => evidence.stems.has(unit))
        : evidence.quantities.some((known) => sameQuantity(amount, known)) || (amount.kind === "number" && isYearLike(amount, evidence)),
    );
}

function sameQuantity(said: Quantity, known: Quantity): boolean {
  const sameKind = said.kind === known.kind || (said.kind === "times" && known.kind === "times");
  const tolerance = Math.abs(known.value) * 1e-9;
  if (!sameKind || said.currency !== known.currency || Math.abs(said.value - known.value) > tolerance) return false;
  if (
    said.qualifier !== known.qualifier &&
    !(known.qualifier === "exact" && said.qualifier === "about") &&
    !(said.qualifier === "exact" && (known.qualifier === "to" || known.qualifier === "by")) &&
    !(said.qualifier === "to" && known.qualifier === "exact")
  )
    return false;
  return unitsAgree(said.units, known.units);
}

const isYearLike = (amount: Quantity, evidence: Evidence) => evidence.dates.some((date) => date.atoms.includes(`year:${amount.value}`));

function isAbout(evidence: Evidence, clause: Clause): boolean {
  const { about } = evidence.source;
  // A claim that says "your team" itself may be quoted: its words, whomever they address.
  const quoted = fold(clause.text)
    .replace(/[.!?;:,\s]+$/, "")
    .trim();
  if (about === "us" && quoted.split(" ").length >= 4 && fold(evidence.text).includes(quoted)) return true;
  if (clause.subject === null || about === "thread") return true;
  if (clause.subject === "them") return about === "person" || about === "company" || (clause.isPossible && about === "us");
  return about === "us";
}

function supportsDate(atom: string, cited: readonly Evidence[], now: Date): boolean {
  if (cited.some((evidence) => evidence.dates.some((date) => date.atoms.includes(atom)))) return true;
  const resolved = atom.startsWith("words:") ? resolveRelative(atom.slice(6), now) : null;
  return resolved !== null && cited.some((evidence) => evidence.dates.some((date) => resolved.every((part) => date.atoms.includes(part))));
}

const LESSER = /\b(?:deputy|assistant|interim|associate|junior|former|ex|acting)\b/;

function supportsTitle(title: { title: string; held: boolean; text: string }, cited: readonly Evidence[]): boolean {
  return cited.some((evidence) => {
    const known = evidence.title ?? (title.held ? null : canonicalTitle(evidence.text));
    if (known === null || (title.held && evidence.source.about !== "person")) return false;
    return (
      ` ${known.replace(/[^\p{L}\p{N}&]+/gu, " ")} `.includes(` ${title.title.replace(/[^\p{L}\p{N}&]+/gu, " ")} `) &&
      (!LESSER.test(known) || LESSER.test(title.title))
    );
  });
}

function supportsName(parts: string[], cited: readonly Evidence[], known: readonly string[]): boolean {
  const evidenceOfKnown = known.map((name) => ({ tokens: words(normalise(name)).map((word) => word.lower) }));
  const holds = (wanted: string[]) =>
    cited.some((evidence) => holdsPhrase(evidence, wanted)) ||
    evidenceOfKnown.some((evidence) => holdsPhrase(evidence as Evidence, wanted));
  if (holds(parts)) return true;
  // "Month-End Close at Norvale": title case makes plain words look like names. Each must then be a plain word of a source.
  return (
    parts.length > 1 &&
    parts.every(
      (part) =>
        isCommonWord(part) ||
        cited.some((evidence) => new RegExp(`(?<!\\p{L})${part}(?!\\p{L})`, "u").test(evidence.text)) ||
        holds([part]),
    )
  );
}

const ALWAYS_JUDGED = new Set<Marker["class"]>(["relation", "award", "superlative", "promise"]);

function isJudged(marker: Marker, kind: Sentence["kind"]): boolean {
  if (kind === "fact" || kind === "claim") return true;
  if (kind === "closing" || kind === "greeting") return marker.class !== "universal" && marker.class !== "comparison";
  return ALWAYS_JUDGED.has(marker.class) || (marker.class === "trend" && /:(?:up|down|better|worse|steady)$/.test(marker.sense));
}

const THREAD_FIELD: Record<string, string> = { "relation:told": "reply", "relation:wrote": "mail", "relation:met": "meeting" };

function supportsMarker(marker: Marker, cited: readonly Evidence[]): boolean {
  const field = THREAD_FIELD[marker.sense];
  if (field) return cited.some(({ source }) => source.about === "thread" && source.field === field);
  if (marker.sense === "relation:watched")
    return cited.some(({ source }) => source.source.startsWith("website") || source.field === "reply");
  return cited.some((evidence) => evidence.markers.has(marker.sense));
}

/** "We have 240 people" must not rest on their size, nor "you close in four days" on ours. */
function checkSubjects(parts: Clause[], cited: readonly Evidence[]): string[] {
  if (cited.length === 0) return ["it names no source"];
  return parts.some((clause) => !cited.some((evidence) => isAbout(evidence, clause))) ? ["its source is about somebody else"] : [];
}

function checkDenials(text: string, cited: readonly Evidence[]): string[] {
  const said = denied(text);
  const known = new Set(cited.flatMap((evidence) => [...evidence.denied]));
  const invented = [...said].find((root) => !known.has(root));
  if (invented !== undefined) return ["its source does not say 'not'"];
  const spoken = new Set(words(text).map((word) => stem(word.lower)));
  const reversed = cited.some((evidence) =>
    [...evidence.denied].some(
      (root) =>
        spoken.has(root) &&
        !said.has(root) &&
        !cited.some((other) => other !== evidence && other.stems.has(root) && !other.denied.has(root)),
    ),
  );
  return reversed ? ["its source says the opposite"] : [];
}

/** Who did what to whom: two parties that a source names must keep their order, or swap it with the voice. */
function checkOrder(text: string, rest: string, cited: readonly Evidence[], { parties }: CheckContext): string[] {
  const others = names(rest)
    .map((name) => name.parts)
    .filter(
      (name) =>
        cited.some((evidence) => holdsPhrase(evidence, name)) &&
        !parties.them.concat(parties.us).some((known) => fold(known) === name.join(" ")),
    );
  const said = partyOrder(text, parties, others);
  for (let i = 0; i + 1 < said.length; i++) {
    const [first = "", second = ""] = [said[i], said[i + 1]];
    const orders = cited
      .map((evidence) => {
        const isTheirs = evidence.source.about === "company" || evidence.source.about === "person";
        // "We" on their page is them.
        const order = partyOrder(evidence.text, parties, others).map((party) => (isTheirs && party === "us" ? "them" : party));
        // A source about their company that does not name it speaks of it first.
        const implied =
          evidence.source.about === "company" || evidence.source.about === "person" ? "them" : evidence.source.about === "us" ? "us" : null;
        return { order: implied && !order.includes(implied) ? [implied, ...order] : order, passive: isPassive(evidence.text) };
      })
      .filter(({ order }) => order.includes(first) && order.includes(second));
    if (orders.length === 0) continue;
    const kept = orders.some(({ order, passive }) => order.indexOf(first) < order.indexOf(second) === (passive === isPassive(text)));
    if (!kept) return ["its source says who did what the other way round"];
  }
  return [];
}

function checkAge(text: string, cited: readonly Evidence[]): string[] {
  const years = new Set(dates(text).flatMap((date) => date.atoms.filter((atom) => atom.startsWith("year:"))));
  const stale = cited.find(({ source }) => source.isStale && !(source.at && years.has(`year:${source.at.getUTCFullYear()}`)));
  if (!stale) return [];
  return [stale.source.at ? `its source is too old (${stale.source.at.toISOString().slice(0, 7)})` : "its source has no date"];
}

/** Markers were judged by their sense, so that "grew" rests on "rose". */
function withoutMarkers(rest: string): string {
  return markers(rest).reduce((left, marker) => blank(left, marker.at, marker.at + marker.text.length), rest);
}

/** What is left after names and numbers: most of the words that mean something must come from the sources. */
function checkCoverage(rest: string, cited: readonly Evidence[], context: CheckContext, share = 0.67): string[] {
  const known = new Set(context.known.flatMap((name) => words(normalise(name)).map((word) => stem(word.lower))));
  const content = words(rest).filter(
    (word) =>
      word.lower.length > 2 &&
      !isGlue(word.lower) &&
      !PERCENT.has(word.lower) &&
      CURRENCY[word.lower] === undefined &&
      !/^\d/.test(word.lower) &&
      !known.has(stem(word.lower)),
  );
  const strange = content.filter((word) => !cited.some((evidence) => evidence.stems.has(stem(word.lower))));
  const allowed = Math.floor(content.length * (1 - share));
  return strange.length > allowed ? [`no source for '${strange[0]?.text ?? ""}'`] : [];
}
