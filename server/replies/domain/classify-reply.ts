import { allMatches } from "#server/writing/domain/all-matches.ts";
import type { Evidence, Referral, ReplyClass } from "../schema.ts";
import { isCommandLike } from "./command-like.ts";
import { findReferral, nameIn } from "./find-referral.ts";
import { DECLINE_RULES } from "./rules/decline-rules.ts";
import { INTEREST_RULES, NO_ALONE, YES_ALONE } from "./rules/interest-rules.ts";
import { PERSON_RULES } from "./rules/person-rules.ts";
import type { Rule } from "./rules/rule.ts";
import { STOP_ALONE, STOP_RULES } from "./rules/stop-rules.ts";
import { awayUntil, type IsWorkingDay, laterOn } from "./until-date.ts";

export type Classification = {
  class: ReplyClass;
  confidence: number;
  evidence: Evidence[];
  /** away: the last day they are away; not now: the day on which to write again */
  untilOn: string | null;
  /** The first working day on which they can be written to. */
  backOn: string | null;
  referral: Referral | null;
  isCommandLike: boolean;
};

export type ClassifyInput = {
  /** What they wrote, quotes and signature cut. */
  text: string;
  subject: string;
  /** The form of the mail says that a machine wrote it. */
  isAutomatic: boolean;
  /** The day of the workspace, yyyy-mm-dd. */
  today: string;
  isWorkingDay: IsWorkingDay;
  /** Addresses that cannot be a referral: theirs and ours. */
  knownAddresses: ReadonlySet<string>;
};

const MAX_TEXT = 4_000;
/** A greeting, the word, a name. */
const FIRST_LINES = 3;
const ALL_RULES: readonly Rule[] = [...STOP_RULES, ...DECLINE_RULES, ...PERSON_RULES, ...INTEREST_RULES];
const AUTOMATIC_RULES: readonly Rule[] = PERSON_RULES.filter(
  (rule) => rule.class === "left" || rule.class === "away" || rule.class === "referral",
);
/** Which class names the reply when several are shown; the others stay as evidence. */
const ORDER: readonly ReplyClass[] = [
  "remove_me",
  "left",
  "wrong_person",
  "not_interested",
  "not_now",
  "referral",
  "away",
  "objection",
  "interested",
  "question",
];
const ADVERSATIVE = /(?<!\p{L})(?:but|however|though|aber|jedoch|mais|cependant|pero|sin embargo|ma|però|mas|porém|maar|echter)(?!\p{L})/iu;
const POLITE_NO = /(?:thank|thanks|danke|merci|gracias|grazie|obrigad|bedankt)/i;

/** Rules only: deterministic, in seven languages, each class with the words that show it. */
export function classifyReply(input: ClassifyInput): Classification {
  const original = input.text.slice(0, MAX_TEXT);
  // Same length, so that positions stay those of the text itself.
  const text = original.replace(/[\u2018\u2019\u02BC\u00B4]/g, "'").replace(/\u00A0/g, " ");
  const commands = isCommandLike(original);
  const base = { untilOn: null, backOn: null, referral: null, isCommandLike: commands };

  const alone = wholeText(text, original) ?? (input.isAutomatic ? null : stopLine(text, original));
  if (alone) return { ...base, ...alone };
  // "Re: Stop" would be a subject of ours.
  if (!input.isAutomatic && input.subject.length <= 40 && STOP_ALONE.test(input.subject))
    return { ...base, class: "remove_me", confidence: 0.95, evidence: [] };
  const found = collect(text, original, input.isAutomatic ? AUTOMATIC_RULES : ALL_RULES, commands);
  const evidence = settle(found, text);
  if (input.isAutomatic) return automatic(input, text, original, evidence, base);

  const primary = ORDER.find((name) => evidence.some((one) => one.class === name));
  if (!primary) return { ...base, class: "other", confidence: original.trim() === "" ? 0.3 : 0.5, evidence: [] };
  const conflict = contradiction(evidence, text);
  const away = primary === "away" ? awayUntil(text, input.today, input.isWorkingDay) : null;
  const until = has(evidence, "not_now") ? laterOn(text, input.today, input.isWorkingDay) : null;
  const gone = evidence.find((one) => one.class === "left")?.span.from ?? -1;
  // "Ms Meyer has left" names her, not her successor.
  const who = evidence.filter((one) => one.class === "referral" && one.span.from > gone).map((one) => one.span.text);
  const points = has(evidence, "referral") || primary === "wrong_person" || primary === "left";
  return {
    class: conflict ? "unsure" : primary,
    confidence: conflict ? 0.4 : confidenceOf(evidence, primary),
    evidence,
    untilOn: away?.lastDay ?? until?.on ?? null,
    backOn: away?.on ?? until?.on ?? null,
    referral: points ? findReferral(original, who, input.knownAddresses) : null,
    isCommandLike: commands,
  };
}

function wholeText(text: string, original: string): Pick<Classification, "class" | "confidence" | "evidence"> | null {
  const first = text.trim();
  if (first.length > 40) return null;
  const span = { from: 0, to: original.length, text: original };
  const as = (name: ReplyClass, confidence: number, rule: string) => ({
    class: name,
    confidence,
    evidence: [{ class: name, confidence, span, rule }],
  });
  if (STOP_ALONE.test(first)) return as("remove_me", 0.98, "stop.alone");
  if (NO_ALONE.test(first)) return as("not_interested", POLITE_NO.test(first) ? 0.9 : 0.8, "no.alone");
  if (YES_ALONE.test(first)) return as("interested", 0.8, "yes.alone");
  return null;
}

/** "Stop" above a name and a number is all they wrote too: programs put signatures below without a mark. */
function stopLine(text: string, original: string): Pick<Classification, "class" | "confidence" | "evidence"> | null {
  let from = 0;
  let said = 0;
  for (const line of text.split("\n")) {
    if (line.trim() !== "") said += 1;
    if (said > FIRST_LINES) return null;
    if (line.trim() !== "" && line.length <= 40 && STOP_ALONE.test(line)) {
      const span = { from, to: from + line.length, text: original.slice(from, from + line.length) };
      return { class: "remove_me", confidence: 0.95, evidence: [{ class: "remove_me", confidence: 0.95, span, rule: "stop.line" }] };
    }
    from += line.length + 1;
  }
  return null;
}

function collect(text: string, original: string, rules: readonly Rule[], commands: boolean): Evidence[] {
  const found: Evidence[] = [];
  for (const rule of rules) {
    // A mail that commands software asks about everybody, not about its writer; only first-person wishes count.
    for (const match of allMatches(text, rule.pattern)) {
      const span = {
        from: match.index,
        to: match.index + match[0].length,
        text: original.slice(match.index, match.index + match[0].length),
      };
      if (
        rule.class === "referral" &&
        nameIn(span.text) === null &&
        !/colleague|kolleg|coll[eè]gue|compañer|colega|collega/i.test(span.text)
      )
        continue;
      if (commands && rule.class !== "remove_me" && isCommandLike(lineOf(text, match.index))) continue;
      found.push({ class: rule.class, confidence: rule.confidence, span, rule: rule.name });
      if (found.length >= 60) return found;
    }
  }
  return found;
}

/** One piece of evidence per class and place: a refusal that contains words of interest is no interest. */
function settle(found: Evidence[], text: string): Evidence[] {
  const strong = (name: ReplyClass) => found.filter((one) => one.class === name);
  const inside = (one: Evidence, others: readonly Evidence[]) =>
    others.some((other) => other !== one && one.span.from < other.span.to && other.span.from < one.span.to);
  const kept = found.filter((one) => {
    if (one.class === "interested")
      return (
        !inside(one, [
          ...strong("not_interested"),
          ...strong("remove_me"),
          ...strong("objection"),
          ...strong("not_now"),
          ...strong("referral"),
          ...strong("wrong_person"),
          ...strong("away"),
          ...strong("left"),
        ]) && !isNegated(text, one.span.from)
      );
    if (one.class === "question") return !inside(one, [...strong("interested"), ...strong("remove_me")]);
    if (one.class === "not_interested" || one.class === "objection" || one.class === "wrong_person")
      return !inside(one, strong("remove_me"));
    if (one.class === "not_now") return !inside(one, [...strong("remove_me"), ...strong("left")]);
    if (one.class === "away") return !inside(one, strong("left"));
    return true;
  });
  const best = new Map<ReplyClass, Evidence>();
  for (const one of kept) {
    const known = best.get(one.class);
    if (
      !known ||
      one.confidence > known.confidence ||
      (one.confidence === known.confidence && one.span.text.length > known.span.text.length)
    )
      best.set(one.class, one);
  }
  // "Not now" with words of later interest is not a refusal; a question beside any other class is a detail.
  return [...best.values()].toSorted((a, b) => rank(a.class) - rank(b.class)).slice(0, 6);
}

function isNegated(text: string, at: number): boolean {
  return /(?:\bnot|n't|\bno|\bnever|nicht|kein\p{L}{0,2}|\bpas|\bno me|\bnon|não|niet|geen)\s+(?:\p{L}+\s+){0,2}$/iu.test(
    text.slice(Math.max(0, at - 40), at),
  );
}

/** Both "no" and "yes", with nothing that turns one into the other: a person decides. */
function contradiction(evidence: readonly Evidence[], text: string): boolean {
  if (has(evidence, "remove_me")) return false;
  // "On vacation until the 15th but very interested": a person wrote it, and waits for an answer.
  if (has(evidence, "away") && has(evidence, "interested") && !has(evidence, "left")) return true;
  return has(evidence, "not_interested") && (has(evidence, "interested") || has(evidence, "not_now")) && !ADVERSATIVE.test(text);
}

function automatic(
  input: ClassifyInput,
  text: string,
  original: string,
  evidence: Evidence[],
  base: Pick<Classification, "untilOn" | "backOn" | "referral" | "isCommandLike">,
): Classification {
  const left = evidence.find((one) => one.class === "left");
  const until = awayUntil(`${input.subject}\n${text}`, input.today, input.isWorkingDay);
  const who = findReferral(
    original,
    evidence.filter((one) => one.class === "referral").map((one) => one.span.text),
    input.knownAddresses,
  );
  if (left) return { ...base, class: "left", confidence: left.confidence, evidence, referral: who };
  const away =
    evidence.some((one) => one.class === "away") ||
    /office|abwesen|absen|vacation|urlaub|fuera|assente|ausen|afwezig|away|vakantie/i.test(input.subject);
  if (away || until)
    return {
      ...base,
      class: "away",
      confidence: 0.92,
      evidence,
      untilOn: until?.lastDay ?? null,
      backOn: until?.on ?? null,
      referral: null,
    };
  return { ...base, class: "automatic", confidence: 0.9, evidence: [] };
}

function confidenceOf(evidence: readonly Evidence[], primary: ReplyClass): number {
  const own = evidence.find((one) => one.class === primary)?.confidence ?? 0.5;
  // Every other serious class beside it makes the reading less sure; a question does not.
  const rivals = evidence.filter((one) => one.class !== primary && one.class !== "question" && one.class !== "referral").length;
  return Math.max(0.4, Math.round((own - rivals * 0.08) * 100) / 100);
}

function has(evidence: readonly Evidence[], name: ReplyClass): boolean {
  return evidence.some((one) => one.class === name);
}
function rank(name: ReplyClass): number {
  const at = ORDER.indexOf(name);
  return at < 0 ? ORDER.length : at;
}
function lineOf(text: string, at: number): string {
  const start = text.lastIndexOf("\n", at) + 1;
  const end = text.indexOf("\n", at);
  return text.slice(start, end < 0 ? text.length : end);
}
