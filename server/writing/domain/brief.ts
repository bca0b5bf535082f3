import type { DraftSource, Sentence } from "#server/writing/schema.ts";
import { bookingSource } from "./booking-link.ts";
import type { Parties } from "./entailment/clauses.ts";
import { factsOf, type ObservedFact } from "./facts.ts";

export type BriefOffer = {
  id: string;
  name: string;
  /** Two to four words for a subject line; may be empty. */
  topic: string;
  what: string;
  audience: string;
  ask: string;
  avoidWords: readonly string[];
  voice: readonly string[];
  claims: readonly { id: string; text: string; evidence: string }[];
};
type BriefPerson = { fullName: string; firstName: string | null; title: string | null; email: string | null };
/** `used`: what its sentences rested on, in words, so that a claim is recognised after the offer was saved anew. */
export type EarlierMail = { id: string; subject: string; sentAt: Date; sentences: readonly Sentence[]; used?: readonly string[] };
export type BriefInput = {
  person: BriefPerson;
  /** The name fit for a mail first, then every other spelling. */
  companyNames: readonly string[];
  observations: readonly ObservedFact[];
  offer: BriefOffer;
  /** Our mails of this thread, oldest first. */
  earlier: readonly EarlierMail[];
  sender: { fullName: string };
  step: { subject: string | null; instruction: string; intent: "introduce" | "remind" | "close"; sameThread: boolean };
  /** Values of facts and claims that a person rejected in an earlier draft of this step. */
  avoid?: readonly string[];
  /** The reader's own link to the sender's booking page, where this mail may carry it. */
  bookingUrl?: string | null;
  /** What the person's record says of their language. */
  language?: string | null;
  /** Stable over runs: address and step lineage, never ids. */
  seed: string;
  zone: string;
  now: Date;
};

export type Brief = {
  person: BriefPerson & { callName: string };
  company: string | null;
  sender: { fullName: string };
  offer: BriefOffer;
  /** What we may say of them, best first; nothing stale. */
  facts: DraftSource[];
  /** Claims not yet used in this thread first. */
  claims: DraftSource[];
  about: { what: DraftSource; ask: DraftSource };
  thread: DraftSource[];
  booking: DraftSource | null;
  language: string | null;
  step: BriefInput["step"];
  seed: string;
  now: Date;
  parties: Parties;
  known: string[];
};

const OPENING_ORDER = ["openRole", "growth", "news", "funding", "entities", "offices", "tool", "employees", "industry", "title", "city"];

export function buildBrief(input: BriefInput): Brief {
  const { offer, person, companyNames, earlier, now } = input;
  const used = new Set(earlier.flatMap((mail) => [...(mail.used ?? []), ...mail.sentences.flatMap((sentence) => sentence.factIds)]));
  const avoided = new Set(input.avoid);
  for (const value of avoided) used.add(value);
  const facts = factsOf(input.observations, now).filter((fact) => !fact.isStale && !avoided.has(fact.value));
  const rank = (field: string) => (OPENING_ORDER.indexOf(field) + OPENING_ORDER.length + 1) % (OPENING_ORDER.length + 1);
  const us = [offer.name, input.sender.fullName].filter((name) => name !== "");
  const them = [person.fullName, person.firstName ?? "", ...companyNames].filter((name) => name.trim() !== "");
  return {
    person: { ...person, callName: callName(person) },
    company: companyNames[0] ?? null,
    sender: input.sender,
    offer,
    facts: facts.sort((a, b) => rank(a.field) - rank(b.field) || (b.at?.getTime() ?? 0) - (a.at?.getTime() ?? 0)),
    claims: unusedFirst(
      offer.claims.map((claim) => claimSource(claim)),
      used,
    ),
    about: {
      what: ownSource(`offer:${offer.id}:what`, "What we sell", `${offer.what}. ${offer.audience}. ${offer.topic}`, "offer"),
      ask: ownSource(`offer:${offer.id}:ask`, "What we ask", offer.ask, "ask"),
    },
    thread: earlier.map((mail) => mailSource(mail, input.zone)),
    booking: input.bookingUrl ? bookingSource(input.bookingUrl) : null,
    language: input.language ?? null,
    step: input.step,
    seed: input.seed,
    now,
    parties: { them, us },
    known: [...them, ...us],
  };
}

/** Every source that a sentence of this brief may cite. */
export function sourcesOf(brief: Brief): DraftSource[] {
  return [...brief.facts, ...brief.claims, brief.about.what, brief.about.ask, ...brief.thread, ...(brief.booking ? [brief.booking] : [])];
}

/** First name where there is one; a lone initial is no name to call somebody by. */
export function callName(person: { fullName: string; firstName: string | null }): string {
  const first = (person.firstName ?? person.fullName.split(/\s+/)[0] ?? "").trim();
  if (first.includes("@")) return "";
  return /^\p{L}\.?$/u.test(first) ? person.fullName.trim() : first;
}

export function claimSource(claim: { id: string; text: string; evidence: string }): DraftSource {
  return { ...ownSource(claim.id, "Claim", claim.text, "claim"), source: claim.evidence };
}

function ownSource(id: string, label: string, value: string, field: string): DraftSource {
  return { id, label, value, quote: null, source: "offer", at: null, field, about: "us", isStale: false };
}

/** The mail as the reader knows it: its day and its subject. */
function mailSource(mail: EarlierMail, zone: string): DraftSource {
  return {
    id: `mail:${mail.id}`,
    label: "Our mail",
    value: `${dayIn(mail.sentAt, zone)}: ${mail.subject}`,
    quote: null,
    source: "this thread",
    at: mail.sentAt,
    field: "mail",
    about: "thread",
    isStale: false,
  };
}

/** "3 March 2026", as the person who reads it counts days. */
function dayIn(at: Date, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: zone }).format(at);
}

function unusedFirst(claims: DraftSource[], used: Set<string>): DraftSource[] {
  const isUsed = (claim: DraftSource) => used.has(claim.id) || used.has(claim.value);
  return [...claims.filter((claim) => !isUsed(claim)), ...claims.filter(isUsed)];
}
