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
  const cuts = [0, ...Array.from(text.matchAll(SPLIT), (match) => match.index), text.length];
  const parts: Clause[] = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [at = 0, end = 0] = [cuts[i], cuts[i + 1]];
    if (end > at)
      parts.push({
        text: text.slice(at, end),
        at,
        end,
        subject: subjectOf(text.slice(at, end), parties),
        speaksOfParty: subjectOf(text.slice(at, end), parties) !== null,
        isPossible: POSSIBLE.test(text.slice(at, end)),
      });
  }
  return parts.map((part, i) => {
    if (part.subject) return part;
    const isCarried = CARRIED.has(words(part.text.replace(/^\W*(?:and|but|while|whereas|so)\b/i, ""))[0]?.lower ?? "");
    const [before, after] = [parts.slice(0, i).findLast((other) => other.subject), parts.slice(i + 1).find((other) => other.subject)];
    return { ...part, subject: (isCarried || !after ? before : after)?.subject ?? null };
  });
}

function subjectOf(text: string, parties: Parties): Party | null {
  const tokens = words(text);
  for (const [i, token] of tokens.entries()) {
    if (THEM.has(token.lower)) return "them";
    if (US.has(token.lower)) return "us";
    if (CUSTOMERS.has(token.lower)) return "customers";
    const rest = tokens.slice(i);
    if (parties.us.some((name) => startsWith(rest, name))) return "us";
    if (parties.them.some((name) => startsWith(rest, name))) return "them";
  }
  return null;
}

function startsWith(tokens: { lower: string }[], name: string): boolean {
  const parts = words(normalise(name)).map((word) => word.lower);
  return parts.length > 0 && parts.every((part, i) => tokens[i]?.lower === part);
}

/** Who is named first, second, …; pronouns and names of one side are one party. */
export function partyOrder(text: string, parties: Parties, others: readonly string[][]): string[] {
  const tokens = words(text);
  const order: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const rest = tokens.slice(i);
    const lower = tokens[i]?.lower ?? "";
    const other = others.find((parts) => parts.every((part, offset) => rest[offset]?.lower === part));
    const party =
      THEM.has(lower) || parties.them.some((name) => startsWith(rest, name))
        ? "them"
        : US.has(lower) || parties.us.some((name) => startsWith(rest, name))
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
