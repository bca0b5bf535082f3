import type { DraftSource, Finding, RemovedSentence, Sentence } from "#server/writing/schema.ts";
import { exactLinks } from "./booking-link.ts";
import { type CheckContext, checkSentence } from "./entailment/check-sentence.ts";
import { type Evidence, prepareEvidence } from "./entailment/evidence.ts";
import { fold, normalise, words } from "./entailment/normalise.ts";
import { forbiddenWord, foreignLinks, namedInGreeting, placeholderIn, wordsIn } from "./mail-shape.ts";

export const VERIFIER_VERSION = "verifier-1";

export type VerifyContext = CheckContext & {
  /** Everything that a sentence of this draft may cite: facts of this person, claims of this offer, this thread. */
  sources: readonly DraftSource[];
  /** Always at hand for a question or an ask: what we sell and what we ask for. */
  ownSources: readonly DraftSource[];
  /** The names by which this person may be greeted. */
  greetable: readonly string[];
  avoidWords: readonly string[];
  /** Hosts and addresses that a mail may point to. */
  links: readonly string[];
};
export type Verdict = { sentences: Sentence[]; removed: RemovedSentence[]; findings: Finding[]; subjectReasons: string[] };

const MOST_FINDINGS = 3;
const TOO_SHORT = 20;
const TOO_LONG = 180;

/** Code, not a model: keeps what its sources entail, takes out what they do not, and says why. */
export function verifyDraft(draft: { subject: string; sentences: readonly Sentence[] }, context: VerifyContext): Verdict {
  const byId = new Map([...context.sources, ...context.ownSources].map((source) => [source.id, prepareEvidence(source)]));
  const own = context.ownSources.map(prepareEvidence);
  const kept: Sentence[] = [];
  const removed: RemovedSentence[] = [];
  const findings: Finding[] = [];

  for (const sentence of draft.sentences) {
    if (sentence.kind === "own") {
      findings.push(...checkOwn(sentence, byId, own, context));
      kept.push(sentence);
      continue;
    }
    const wrong = sentence.kind === "greeting" ? wrongPerson(sentence.text, context) : null;
    if (wrong) {
      findings.push(wrong);
      kept.push(sentence);
      continue;
    }
    const reasons = reasonsAgainst(sentence, byId, own, context);
    if (reasons.length === 0) kept.push(sentence);
    else removed.push({ text: sentence.text, reason: reasons.slice(0, 2).join("; "), at: kept.length });
  }

  const subjectReasons = reasonsAgainstSubject(draft.subject, [...byId.values()], context);
  if (placeholderIn(draft.subject)) findings.push(unfilled(draft.subject));
  if (removed.length > 0) findings.push({ code: "removed", message: removedMessage(removed), blocking: false });
  findings.push(...checkLength(kept));
  return { sentences: kept, removed, findings: worstFirst(findings), subjectReasons };
}

function reasonsAgainst(sentence: Sentence, byId: Map<string, Evidence>, own: readonly Evidence[], context: VerifyContext): string[] {
  const unknown = sentence.factIds.find((id) => !byId.has(id));
  if (unknown !== undefined) return ["it cites a fact that is not about this person"];
  const placeholder = placeholderIn(sentence.text);
  if (placeholder) return [`'${placeholder}' was not filled`];
  const [link] = foreignLinks(sentence.text, context.links, exactLinks(context.sources));
  if (link) return [`'${link}' is not a link that may be used`];
  const avoided = forbiddenWord(sentence.text, context.avoidWords);
  if (avoided) return [`'${avoided}' is a word to avoid`];
  const cited = sentence.factIds.flatMap((id) => byId.get(id) ?? []);
  const kind = honestKind(sentence);
  const isAsserting = kind === "fact" || kind === "claim";
  return checkSentence({ kind, text: withoutLinks(sentence.text), cited: isAsserting ? cited : [...cited, ...own] }, context);
}

const GREETING = /^(?:hi|hello|dear|hey|good (?:morning|afternoon|day|evening))\b(?:[^.!?]|(?<=(?:^|\s)\p{L})\.){0,60}[,!]?$/iu;
const CLOSING =
  /^(?:(?:best|kind|warm|many)(?: regards| wishes| thanks)?|regards|sincerely|yours(?: sincerely| truly)?|cheers|thanks(?: a lot)?|thank you(?: for your time)?|all the best|have a good (?:day|week))[,.!]?$/i;
const ASK =
  /^(?:would|could|can|may|might|shall|should|are you|is |do you|does|if |let me know|happy to|glad to|please|just reply|reply|a (?:short|quick|one|yes)|what |which |when |who |how |or |i (?:can|could|would|will|do not|don't|am happy)|on )/i;

/** A statement that calls itself a question needs a source like any other statement. */
function honestKind({ kind, text }: Sentence): Sentence["kind"] {
  const plain = text.trim();
  if (kind === "greeting") return GREETING.test(plain) ? kind : "claim";
  if (kind === "closing") return CLOSING.test(plain) ? kind : "claim";
  // Only the last sentence may ask; whatever stands before it is stated.
  const sentences = plain.split(/(?<=[.!?])\s+/);
  if (kind === "question") return sentences.length === 1 && plain.endsWith("?") ? kind : "claim";
  if (kind === "ask") return sentences.every((one) => one.endsWith("?") || ASK.test(one)) ? kind : "claim";
  return kind;
}

function reasonsAgainstSubject(subject: string, all: Evidence[], context: VerifyContext): string[] {
  const avoided = forbiddenWord(subject, context.avoidWords);
  if (avoided) return [`'${avoided}' is a word to avoid`];
  const plain = subject.replace(/^(?:(?:re|fwd?|aw|sv)\s*:\s*)+/i, "");
  // "Re:" on a first mail pretends a conversation that never was.
  if (plain !== subject && !all.some((evidence) => evidence.source.about === "thread")) return ["it pretends to answer"];
  return checkSentence({ kind: "question", text: plain, cited: all }, context);
}

/** What a person wrote is theirs: only what would shame them blocks it. The rest is said, not stopped. */
function checkOwn(sentence: Sentence, byId: Map<string, Evidence>, own: readonly Evidence[], context: VerifyContext): Finding[] {
  const placeholder = placeholderIn(sentence.text);
  if (placeholder) return [unfilled(placeholder)];
  const wrong = wrongPerson(sentence.text, context);
  if (wrong) return [wrong];
  const [link] = foreignLinks(sentence.text, context.links, exactLinks(context.sources));
  if (link) return [{ code: "link", message: `The link ${link} is not on the list of links that mails may use.`, blocking: true }];
  const avoided = forbiddenWord(sentence.text, context.avoidWords);
  if (avoided) return [{ code: "avoid_word", message: `The offer says to avoid '${avoided}'.`, blocking: false }];
  const [reason] = checkSentence(
    { kind: "question", text: withoutLinks(sentence.text), cited: [...byId.values(), ...own] },
    context,
  ).filter((one) => one.startsWith("no source"));
  return reason ? [{ code: "unsupported", message: `You wrote this yourself: ${reason} here.`, blocking: false }] : [];
}

function wrongPerson(text: string, context: VerifyContext): Finding | null {
  const named = namedInGreeting(text);
  if (named === null) return null;
  const spoken = words(normalise(named)).map((word) => word.lower);
  const isKnown = context.greetable.some((name) => {
    const parts = words(normalise(name)).map((word) => word.lower);
    return spoken.every((part) => parts.includes(part));
  });
  if (isKnown) return null;
  return {
    code: "wrong_person",
    message: `It greets ${named}, but the mail goes to ${context.greetable[0] ?? "somebody else"}.`,
    blocking: true,
  };
}

function checkLength(kept: readonly Sentence[]): Finding[] {
  const carries = kept.some(({ kind }) => kind === "fact" || kind === "claim" || kind === "own");
  if (!carries)
    return [{ code: "too_short", message: "Nothing is left that has a source. Write a line yourself, or reject it.", blocking: true }];
  const count = kept.reduce((sum, sentence) => sum + wordsIn(sentence.text), 0);
  if (count < TOO_SHORT) return [{ code: "too_short", message: `It has only ${count} words.`, blocking: false }];
  return count > TOO_LONG ? [{ code: "too_long", message: `It has ${count} words; under 110 is read more often.`, blocking: false }] : [];
}

function removedMessage(removed: readonly RemovedSentence[]): string {
  const [first] = removed;
  const reason = first ? `: ${first.reason.split("; ")[0]}` : "";
  return removed.length === 1 ? `1 sentence removed${reason}` : `${removed.length} sentences removed${reason}, …`;
}

function unfilled(text: string): Finding {
  return { code: "placeholder", message: `A placeholder was not filled: ${placeholderIn(text) ?? text}.`, blocking: true };
}

function worstFirst(findings: Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings
    .filter((finding) => !seen.has(fold(finding.message)) && seen.add(fold(finding.message)))
    .sort((a, b) => Number(b.blocking) - Number(a.blocking))
    .slice(0, MOST_FINDINGS);
}

const withoutLinks = (text: string) => text.replace(/(?:https?:\/\/|www\.)\S+|\S+@\S+\.\S+/gi, " ");
