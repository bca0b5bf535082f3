import type { DraftSource } from "#server/writing/schema.ts";
import { isGlue } from "./entailment/common-words.ts";
import { normalise, stem, words } from "./entailment/normalise.ts";
import { splitSentences } from "./split-sentences.ts";

/** `rest`: what the claim does not speak of; empty when it covers the question. */
export type Answered = { question: string; topic: string; claim: DraftSource | null; rest: string };

const ASKS =
  /^(?:and |also |but |so )?(?:does|do|is|are|can|could|will|would|what|which|how|when|where|who|why|has|have|did|should|may)\b/i;
const SALUTATION = /^(?:hi|hello|hey|dear|thanks|thank you)\b[^,?]{0,30},\s*/i;
const MOST_QUESTIONS = 3;
/** Words that mean the same when somebody asks about software. */
const SAME: string[][] = [
  ["entity", "subsidiary", "company", "multi-entity"],
  ["price", "cost", "pric", "fee", "licenc", "budget"],
  ["connect", "connection", "integrat", "integration", "interface", "read", "import", "sync"],
  ["setup", "set-up", "set-ups", "implementation", "implement", "onboard", "install", "rollout"],
  ["erp", "accounting", "ledger"],
  ["intercompany", "inter-company"],
  ["report", "consolidation", "consolidat"],
  ["invoice", "bill"],
  ["language", "translation", "translat"],
];
/** Words of a question that ask, rather than say what is asked about. */
const ASKING = new Set(
  [
    "support",
    "offer",
    "feature",
    "product",
    "software",
    "tool",
    "solution",
    "system",
    "able",
    "possible",
    "kind",
    "also",
    "handl",
    "manag",
    "includ",
    "provid",
    "cover",
    "wonder",
    "question",
    "thank",
    "hi",
    "hello",
  ].map(stem),
);

/** The questions of a mail, each with the claim that speaks of the same thing, or with none: then we do not know. */
export function answerQuestions(text: string, claims: readonly DraftSource[]): Answered[] {
  const asked = questionsIn(text);
  return asked.slice(0, MOST_QUESTIONS).map((question) => {
    const content = contentOf(question);
    const roots = content.map((word) => word.root);
    const best = bestClaim(roots, claims);
    const missing = best ? content.filter((word) => best.missing.includes(word.root)) : [];
    return { question, topic: topicOf(question, content), claim: best?.claim ?? null, rest: topicOf(question, missing) };
  });
}

export function questionsIn(text: string): string[] {
  const sentences = text
    .split(/\n+/)
    .flatMap(splitSentences)
    .map((sentence) => normalise(sentence).replace(SALUTATION, ""));
  return sentences
    .filter((sentence) => sentence.endsWith("?") || (ASKS.test(sentence) && sentence.split(" ").length > 3))
    .flatMap(splitQuestion);
}

/** "Does it handle several entities, and does it do payroll?" asks twice. */
function splitQuestion(sentence: string): string[] {
  return sentence
    .split(/,?\s+(?:and|or)\s+(?=(?:does|do|is|are|can|could|will|what|which|how|when)\b)/i)
    .map((part) => part.trim().replace(/[,.]$/, ""));
}

type Content = { text: string; root: string; at: number; end: number };

function contentOf(question: string): Content[] {
  return words(question)
    .filter((word) => word.lower.length > 2 && !isGlue(word.lower) && !ASKING.has(stem(word.lower)))
    .map((word) => ({ text: word.text, root: stem(word.lower), at: word.at, end: word.end }));
}

/** The words of the question itself, as far as they stand together. */
function topicOf(question: string, content: readonly Content[]): string {
  const topic: Content[] = [];
  for (const word of content) {
    const last = topic.at(-1);
    if (last && !/^(?:\s|-|of|and|for|in|the|a|an|with)*$/i.test(question.slice(last.end, word.at))) break;
    topic.push(word);
    if (topic.length === 3) break;
  }
  const [first, last] = [topic[0], topic.at(-1)];
  return first && last ? question.slice(first.at, last.end) : "";
}

/**
 * At least half of what the question is about must be in the claim, rare words counting more than common ones; or the thing that it
 * asks about first, and then the rest is said not to be known.
 */
function bestClaim(roots: readonly string[], claims: readonly DraftSource[]): { claim: DraftSource; missing: string[] } | null {
  if (roots.length === 0) return null;
  const bags = claims.map((claim) => ({ claim, roots: new Set(words(normalise(claim.value)).map((word) => stem(word.lower))) }));
  const holds = (bag: Set<string>, root: string) =>
    bag.has(root) || SAME.some((group) => group.includes(root) && group.some((other) => bag.has(other)));
  const weight = (root: string) => Math.log(1 + (claims.length + 1) / (1 + bags.filter((bag) => holds(bag.roots, root)).length));
  const total = roots.reduce((sum, root) => sum + weight(root), 0);
  const scored = bags.map(({ claim, roots: bag }) => ({
    claim,
    missing: roots.filter((root) => !holds(bag, root)),
    share: roots.reduce((sum, root) => sum + (holds(bag, root) ? weight(root) : 0), 0) / total,
  }));
  const best = scored.reduce<(typeof scored)[number] | null>((top, one) => (one.share > (top?.share ?? 0) ? one : top), null);
  if (!best) return null;
  const namesIt = roots[0] !== undefined && !best.missing.includes(roots[0]);
  return best.share >= 0.5 || (namesIt && best.share >= 0.12) ? best : null;
}
