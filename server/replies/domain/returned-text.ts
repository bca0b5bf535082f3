import type { DeliveryStatus } from "./delivery-status.ts";
import { addressOf } from "./delivery-status.ts";

/** Where the returned original begins: nothing below is about the bounce itself. */
const ORIGINAL =
  /^(?:-{2,}\s*(?:this is a copy|below this line|original message|returned message|forwarded message|the (?:attached )?(?:header|original)|unsent message|header|enclosed is|message header|undelivered message|copy of|text of)|received:\s|return-path:\s|message header follows|original message (?:follows|headers?)|your (?:original )?message (?:follows|headers|was|reads)|the (?:original )?(?:message|header)s?[^.\n]{0,40}(?:follow|was|were)[^.\n]{0,20}:|---- message header|the body of the message is|copia del mensaje|a message that you sent.{0,20}headers?)/im;
const ANY_ADDRESS = /[A-Za-z0-9!#$%&*+/=?^_`{|}~.'-]{1,80}@[A-Za-z0-9.-]{1,200}\.[A-Za-z]{2,24}/g;
const MACHINE =
  /^(?:mailer-?daemon|postmaster|post_master|no-?reply|do-?not-?reply|double-bounce|bounces?|abuse|sysadmin|administrator|support|helpdesk)@/i;

export type Returned = { note: string; original: string };

/** Splits a free-form bounce into the host's note and what it returns of our mail. */
export function splitReturned(text: string): Returned {
  const at = ORIGINAL.exec(text)?.index ?? text.length;
  // A note of three words is no note: some hosts begin with the headers.
  return at < 20 ? { note: text, original: "" } : { note: text.slice(0, at), original: text.slice(at) };
}

/** What a host writes before the address it speaks about: nothing, a reply code, "Recipient:", "deliver to". */
const LEADING =
  /(?:^|\n)[ \t>*]*(?:in:[ \t]+)?(?:(?:recipient(?: address| name)?|to|rcpt to|user|address|e-?mail|final-recipient|said|deliver(?:ing|y|ed)?(?: (?:your )?(?:mail|message))? to|message to|\d{3}[ -]?(?:\d\.\d+\.\d+)?)[ \t]*:?[ \t]*)?(?:rfc822;\s*)?["'<([]*$/i;

/**
 * The addresses that a note speaks about, each with the words that follow it up to the next one. An address at the start of
 * a line is the subject of what follows; one inside a sentence ("generated from …") is not, unless there is no other.
 */
export function recipientsInNote(note: string, not: ReadonlySet<string>): { leading: DeliveryStatus[]; other: DeliveryStatus[] } {
  const short = note.slice(0, 20_000);
  const places: { recipient: string; at: number; leads: boolean }[] = [];
  for (const match of short.matchAll(ANY_ADDRESS)) {
    const recipient = addressOf(match[0]);
    if (recipient === "" || not.has(recipient) || MACHINE.test(recipient) || places.some((place) => place.recipient === recipient))
      continue;
    places.push({ recipient, at: match.index, leads: LEADING.test(short.slice(Math.max(0, match.index - 80), match.index)) });
    if (places.length >= 100) break;
  }
  const leaders = places.filter((place) => place.leads);
  const toStatus = (place: { recipient: string; at: number }) => {
    const next = leaders.find((other) => other.at > place.at)?.at ?? short.length;
    const lineStart = short.lastIndexOf("\n", place.at) + 1;
    const line = short.slice(lineStart, short.indexOf("\n", place.at) < 0 ? short.length : short.indexOf("\n", place.at));
    if (leaders.length > 1 && /^\s*[45]\d\d\b.*\.\.\. /.test(line))
      return { recipient: place.recipient, action: "", status: "", diagnostic: line };
    const words = leaders.length > 1 ? short.slice(lineStart, Math.min(next, place.at + 1_500)) : short.slice(0, 4_000);
    return { recipient: place.recipient, action: "", status: /\b[45]\.\d{1,2}\.\d{1,3}\b/.exec(words)?.[0] ?? "", diagnostic: words };
  };
  return { leading: leaders.map(toStatus), other: places.filter((place) => !place.leads).map(toStatus) };
}

/** Whom the returned mail was for. */
export function recipientsOfOriginal(original: string): string[] {
  const head = original.slice(0, 20_000);
  const lines = /^(?:x-)?(?:original-to|delivered-to|to|x-failed-recipients):[ \t]*(.+(?:\n[ \t]+.+)*)/gim;
  const found = new Set<string>();
  for (const match of head.matchAll(lines)) for (const address of (match[1] ?? "").match(ANY_ADDRESS) ?? []) found.add(addressOf(address));
  return [...found];
}
