import { domainToASCII } from "node:url";

export type AddressReading = { ok: true; email: string; domain: string } | { ok: false; reason: string };

const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const HOST = /^[\p{L}\p{M}\p{N}.。．｡-]+$/u;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

/**
 * One spelling per mailbox: lower case, the domain in ASCII, wrappers of address books removed ("Nadia <n@x>", "mailto:").
 * Refuses what no mail server would take, with a sentence for the row's error. Never guesses a missing part.
 */
export function normaliseAddress(raw: string): AddressReading {
  const text = unwrap(raw);
  const at = text.lastIndexOf("@");
  if (at < 1) return { ok: false, reason: `“${shorten(raw)}” is not an e-mail address.` };
  const local = text.slice(0, at).toLowerCase();
  const host = text.slice(at + 1).replace(/\.$/, "");
  // A web address would be cut at "#" or "/", and "norvale.co#m" become somebody else's norvale.co.
  const domain = HOST.test(host) ? domainToASCII(host).toLowerCase() : "";
  if (!domain || domain.length > 253 || !hasValidLabels(domain)) return { ok: false, reason: `“${shorten(host)}” is not a mail domain.` };
  if (!LOCAL.test(local) || local.length > 64)
    return { ok: false, reason: `“${shorten(raw)}” has characters before the @ that mail servers refuse.` };
  const email = `${local}@${domain}`;
  if (email.length > 254) return { ok: false, reason: "The address is longer than 254 characters." };
  return { ok: true, email, domain };
}

function unwrap(raw: string): string {
  let text = raw.replace(INVISIBLE, "").trim();
  const angled = /<([^<>]+)>/.exec(text);
  if (angled?.[1]) text = angled[1].trim();
  text = text.replace(/^mailto:/i, "").replace(/\?.*$/, "");
  // A cell with several addresses: the first one is the person's main one in every export that we know.
  const several = text.split(/[;,\s|]+/).filter((part) => part.includes("@"));
  if (several.length > 1 && several[0]) text = several[0];
  return text.replace(/^["'(]+|["'),;:]+$/g, "").replace(/\.$/, "");
}

function hasValidLabels(domain: string): boolean {
  const labels = domain.split(".");
  const top = labels.at(-1) ?? "";
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(top);
}

function shorten(text: string): string {
  const clean = text.trim();
  return clean.length > 60 ? `${clean.slice(0, 57)}…` : clean;
}
