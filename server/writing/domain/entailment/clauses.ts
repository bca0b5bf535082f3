import { allMatches } from "../all-matches.ts";
import { normalise, words } from "./normalise.ts";

export type Party = "them" | "us" | "customers";
export type Clause = { text: string; at: number; end: number; subject: Party | null; isPossible: boolean; speaksOfParty: boolean };
export type Parties = { them: readonly string[]; us: readonly string[] };

const THEM = new Set(["you", "your", "yours", "yourself", "you're", "you've", "you'll", "you'd"]);
const US = new Set(["we", "our", "ours", "us", "we're", "we've", "we'll", "we'd"]);
const CUSTOMERS = new Set(["customer", "customers", "client", "clients", "users"]);
const CARRIED = new Set(["it", "they", "that", "this", "which", "who", "its", "their"]);
const SPLIT =
  /(?<=[.!?;:])\s+|\s+[—–-]\s+|,\s+(?=(?:and|but|while|whereas|so|which|who|where|we|you|our|your|they|it)\b)|\s+(?=(?:and|but|while|whereas)\s+(?:we|you|our|your|they|it|i|the)\b)|\s+(?=(?:while|whereas|but)\b)/gi;
const POSSIBLE = /\b(?:can|could|would|might|lets?|helps?|so that|able to|if you|for you)\b/i;

/** Sentences cut where the grammatical subject may change, each with whom it speaks of. */
export function clauses(text: string, parties: Parties): Clause[] {
  const named = { them: parties.them.map(partsOf), us: parties.us.map(partsOf) };
  const cuts = [0, ...allMatches(text, SPLIT).map((match) => match.index), text.length];
  const parts: Clause[] = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [at = 0, end = 0] = [cuts[i], cuts[i + 1]];
    if (end <= at) continue;
    const part = text.slice(at, end);
    const subject = subjectOf(part, named);
    parts.push({ text: part, at, end, subject, speaksOfParty: subject !== null, isPossible: POSSIBLE.test(part) });
  }
  return parts.map((part, i) => {
    if (part.subject) return part;
    const isCarried = CARRIED.has(words(part.text.replace(/^\W*(?:and|but|while|whereas|so)\b/i, ""))[0]?.lower ?? "");
    const [before, after] = [parts.slice(0, i).findLast((other) => other.subject), parts.slice(i + 1).find((other) => other.subject)];
    return { ...part, subject: (isCarried || !after ? before : after)?.subject ?? null };
  });
}

type Names = { them: readonly string[][]; us: readonly string[][] };

function subjectOf(text: string, parties: Names): Party | null {
  const tokens = words(text);
  for (const [i, token] of tokens.entries()) {
    if (THEM.has(token.lower)) return "them";
    if (US.has(token.lower)) return "us";
    if (CUSTOMERS.has(token.lower)) return "customers";
    if (parties.us.some((parts) => standsAt(tokens, i, parts))) return "us";
    if (parties.them.some((parts) => standsAt(tokens, i, parts))) return "them";
  }
  return null;
}

function partsOf(name: string): string[] {
  return words(normalise(name)).map((word) => word.lower);
}

function standsAt(tokens: readonly { lower: string }[], at: number, parts: readonly string[]): boolean {
  return parts.length > 0 && parts.every((part, i) => tokens[at + i]?.lower === part);
}

/** Who is named first, second, …; pronouns and names of one side are one party. */
export function partyOrder(text: string, parties: Parties, others: readonly string[][]): string[] {
  const tokens = words(text);
  const named = { them: parties.them.map(partsOf), us: parties.us.map(partsOf) };
  const order: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const lower = tokens[i]?.lower ?? "";
    const other = others.find((parts) => standsAt(tokens, i, parts));
    const party =
      THEM.has(lower) || named.them.some((parts) => standsAt(tokens, i, parts))
        ? "them"
        : US.has(lower) || named.us.some((parts) => standsAt(tokens, i, parts))
          ? "us"
          : other
            ? other.join(" ")
            : null;
    if (party && !order.includes(party)) order.push(party);
  }
  return order;
}

const PASSIVE = /\b\w+(?:ed|en|ought|ade|un|old|id|et|ft)\s+by\b/i;
export function isPassive(text: string): boolean {
  return PASSIVE.test(text);
}
