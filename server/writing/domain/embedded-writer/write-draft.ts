import type { Sentence } from "#server/writing/schema.ts";
import { bookingLine } from "../booking-link.ts";
import type { Brief } from "../brief.ts";
import { choose } from "../dice.ts";
import { wordsIn } from "../mail-shape.ts";
import { english } from "./english.ts";
import type { Grammar } from "./grammar.ts";

export const WRITER_VERSION = "embedded-1";
const SHORTEST = 60;
const LONGEST = 110;

export type Written = { subject: string; sentences: Sentence[] };

/** Composes a mail from facts and claims alone. The same brief and seed always give the same mail. */
export function writeDraft(brief: Brief, grammar: Grammar = english): Written {
  const pick = (what: string, options: readonly Sentence[]) => choose(`${brief.seed}:${what}`, options);
  const isFollowUp = brief.thread.length > 0;
  const openings = grammar.openings(brief);
  // The first openings are the strongest; the seed chooses among those, so that a list of people does not read like one mail.
  const strongest = isStrong(brief) ? openings.slice(0, 1) : openings.slice(0, 4);

  const parts: (Sentence | undefined)[] = [pick("greeting", grammar.greetings(brief))];
  parts.push(isFollowUp ? pick("recall", grammar.recalls(brief)) : pick("opening", strongest));
  // Something read about them stands beside something known of them.
  if (!isFollowUp && isHearsay(brief))
    parts.push(openings.find((opening) => !opening.factIds.some((id) => openings[0]?.factIds.includes(id))));
  if (!isFollowUp) parts.push(pick("introduction", grammar.introductions(brief)));
  const claims = claimsFor(brief, isFollowUp);
  for (const [i, claim] of claims.slice(0, 2).entries()) {
    parts.push(pick(`claim${i}`, grammar.claim(claim, brief, i === 0 ? "first" : "next")));
    // A figure is believed when it says where it comes from.
    if (/\d/.test(claim.value)) parts.push(grammar.evidence(claim)[0]);
  }
  const question = pick("question", grammar.questions(brief));
  const ask = pick("ask", grammar.asks(brief));
  const closing = pick("closing", grammar.closings(brief));

  const body = parts.filter((part) => part !== undefined);
  const ending = [ask, brief.booking ? bookingLine(brief.booking) : undefined, closing].filter((part) => part !== undefined);
  return { subject: subjectOf(brief, grammar), sentences: trimToLength(body, question, ending, extras(claims, grammar, brief)) };
}

/** An open role or news is worth more than a size: those are not left to the dice. */
function isStrong(brief: Brief): boolean {
  return ["openRole", "growth", "news", "funding", "entities"].includes(brief.facts[0]?.field ?? "");
}

function isHearsay(brief: Brief): boolean {
  return (
    ["growth", "news", "funding"].includes(brief.facts.find((fact) => fact.field !== "openRole")?.field ?? "") &&
    brief.facts[0]?.field !== "openRole"
  );
}

function claimsFor(brief: Brief, isFollowUp: boolean): Brief["claims"] {
  const [first] = brief.claims;
  if (isFollowUp || !first) return brief.claims;
  // The first mail starts with one of the two strongest claims, in the order that the offer gives them.
  const lead = choose(`${brief.seed}:lead`, brief.claims.slice(0, 2)) ?? first;
  return [lead, ...brief.claims.filter((claim) => claim !== lead)];
}

function extras(claims: Brief["claims"], grammar: Grammar, brief: Brief): Sentence[] {
  const third = claims[2];
  return third ? grammar.claim(third, brief, "next").slice(0, 1) : [];
}

/** Short mails get another claim, long ones lose the question and then the last claim. */
function trimToLength(body: Sentence[], question: Sentence | undefined, ending: Sentence[], more: Sentence[]): Sentence[] {
  const length = (sentences: readonly Sentence[]) => sentences.reduce((sum, sentence) => sum + wordsIn(sentence.text), 0);
  const kept = [...body];
  for (const extra of more) {
    if (length([...kept, ...ending]) >= SHORTEST) break;
    kept.push(extra);
  }
  while (length([...kept, ...ending]) > LONGEST && kept.length > 3) kept.pop();
  const whole = question && length([...kept, question, ...ending]) <= LONGEST - 10 ? [...kept, question] : kept;
  return [...whole, ...ending];
}

function subjectOf(brief: Brief, grammar: Grammar): string {
  if (brief.step.subject) return fillSubject(brief.step.subject, brief);
  return choose(`${brief.seed}:subject`, grammar.subjects(brief)) ?? brief.offer.name;
}

/** `{company}`, `{firstName}` and `{field}`; what cannot be filled stays, and the verifier finds it. */
function fillSubject(template: string, brief: Brief): string {
  return template.replace(/\{\{?\s*([\w.]+)\s*\}?\}/g, (placeholder, name: string) => {
    if (/^(?:company|account)$/i.test(name)) return brief.company ?? placeholder;
    if (/^first_?name$/i.test(name)) return brief.person.callName || placeholder;
    return brief.facts.find((fact) => fact.field.toLowerCase() === name.toLowerCase())?.value ?? placeholder;
  });
}
