import { domainToASCII } from "node:url";
import type { SuppressionKind, SuppressionReason } from "../schema.ts";

/**
 * Do not contact, in ten lines.
 *
 * Nouns: a Suppression names an address, a domain (with all its sub-domains), a company, or the keyed hash of an erased address;
 * it has a reason, an optional end, an author, and is lifted, never deleted.
 * Decisions: which of several matches is named (`strongest`), what a pasted line means (`readPastedValue`), and what is said about it (`explainSuppression`).
 * Data flow: people in → `ruleMeans` (queries/stop-rules.ts), the one reading for one person, a list and a file → the strongest match → a
 * sentence.
 * `suppress` writes the row, cancels what is reserved and ends campaigns in the same transaction, after locking the people it touches, so
 * that a claim of a message either sees it or has committed before it.
 */
export type Match = { id: string; kind: SuppressionKind; value: string; reason: SuppressionReason; until: Date | null; createdAt: Date };

/** What a person wanted outweighs what we arranged; the older of two equal ones was there first. */
const WEIGHT: Record<SuppressionReason, number> = {
  erased: 0,
  complained: 1,
  opted_out: 2,
  legal: 3,
  own_domain: 4,
  bounced: 5,
  customer: 6,
  competitor: 7,
  open_deal: 8,
  asked_to_wait: 9,
  other: 10,
};

export function strongest<T extends Pick<Match, "reason" | "createdAt">>(matches: readonly T[]): T | null {
  const order = (one: T, two: T) => WEIGHT[one.reason] - WEIGHT[two.reason] || one.createdAt.getTime() - two.createdAt.getTime();
  return matches.toSorted(order)[0] ?? null;
}

const BECAUSE: Record<SuppressionReason, string> = {
  opted_out: "opted out",
  bounced: "bounced",
  complained: "complained about a mail",
  customer: "is a customer",
  competitor: "is a competitor",
  open_deal: "has an open deal elsewhere",
  legal: "must not be written to for legal reasons",
  asked_to_wait: "asked to wait",
  own_domain: "is our own",
  erased: "was erased and must not be written to again",
  other: "was put on the list",
};

/** One sentence: what rule stops it, since when, until when. `named` is the company's name for a company. */
export function explainSuppression(match: Match, named: string | null, day: (instant: Date) => string): string {
  const subject = {
    address: `${match.value}`,
    domain: `Everybody at ${match.value} and its sub-domains: it`,
    company: `Everybody at ${named ?? "this company"}: it`,
    hash: "This address",
  }[match.kind];
  const until = match.until ? `, until ${day(match.until)}` : "";
  return `No. ${subject} ${BECAUSE[match.reason]}, since ${day(match.createdAt)}${until}.`;
}

export type PastedValue =
  | { kind: "address"; value: string }
  | { kind: "domain"; value: string }
  | { kind: "refused"; value: string; why: string };

/** As addresses keep it: "müller.de" is xn--mller-kva.de. What is no name of a host stays as it is, to be refused. */
const inAscii = (domain: string) => domainToASCII(domain) || domain;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** `*.acme.example`, `@acme.example`, `https://www.acme.example/x` and `acme.example` all mean the domain. */
export function readPastedValue(
  raw: string,
  readers: { address: (text: string) => string | null; isPublicSuffix: (domain: string) => boolean },
): PastedValue {
  const text = raw.trim().toLowerCase();
  if (/[^@\s]@[^@\s]/.test(text)) {
    const address = readers.address(text);
    return address ? { kind: "address", value: address } : { kind: "refused", value: raw.trim(), why: "This is not an e-mail address." };
  }
  const written = text
    .replace(/^[a-z]+:\/\//, "")
    .replace(/^(\*\.|@|www\.)/, "")
    .replace(/[/?#:].*$/, "")
    .replace(/\.$/, "");
  const domain = /[^\x20-\x7e]/.test(written) ? inAscii(written) : written;
  const labels = domain.split(".");
  if (labels.length < 2 || domain.length > 253 || !labels.every((label) => LABEL.test(label))) {
    return { kind: "refused", value: raw.trim(), why: "This is neither an address nor a domain." };
  }
  if (readers.isPublicSuffix(domain)) return { kind: "refused", value: raw.trim(), why: "This would stop every domain under it." };
  return { kind: "domain", value: domain };
}

/** Lines, commas and semicolons separate; a CSV's other columns and its heading are passed over when a cell of the line can be read. */
export function splitPasted(text: string): string[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .flatMap((line) => {
      const cells = line
        .split(/[,;\t]/)
        .map((cell) =>
          cell
            .trim()
            .replace(/^"(.*)"$/, "$1")
            .trim(),
        )
        .filter(Boolean);
      const addresses = cells.filter((cell) => cell.includes("@"));
      if (addresses.length > 0) return addresses;
      const domains = cells.filter((cell) => cell.includes(".") && !cell.includes(" "));
      return domains.length > 0 ? domains : cells.slice(0, 1);
    });
}

const HEADINGS = new Set(["email", "e-mail", "e-mail address", "email address", "address", "domain", "website", "value"]);
export const isHeading = (cell: string) => HEADINGS.has(cell.toLowerCase());
