/**
 * Sending a mail again that a host put off is the transport's business. What is left are reports that a mail came back although the
 * address may be fine. One is no news: full mailboxes empty themselves, servers come back. Three on different days within a month, with
 * nothing heard from the person since the first, are: nobody reads there, and each further mail costs the mailbox's name.
 */
export const SOFT_BOUNCES = { most: 3, days: 30 } as const;

export type SoftCause = "full" | "inactive" | "unreachable" | "refused" | "other";

/** Why it came back, in words for "3 mails since 2 Mar came back: …". */
export const SOFT_CAUSE_WORDS: Record<SoftCause, string> = {
  full: "the mailbox is full",
  inactive: "the mailbox is switched off",
  unreachable: "its server does not answer",
  refused: "its server refused the mail",
  other: "its server gave no clear reason",
};

const CAUSES: readonly [SoftCause, RegExp][] = [
  ["full", /full|quota|over ?drawn|out of storage|insufficient (?:disk|system storage|storage)|4\.2\.2|5\.2\.2|pleine|voll\b/i],
  [
    "refused",
    /spam|black ?list|block|reputation|dnsbl|rbl|spamhaus|barracuda|dmarc|\bspf\b|dkim|authenticat|policy|virus|malware|content|prohibited|unsolicited|ptr record|reverse dns|rate|too many|throttl|grey-?list|relay|tls|certificate|sender|too (?:big|large)|message size|[45]\.7\.\d|5\.3\.4|\(after end of data\)/i,
  ],
  ["inactive", /suspend|disabled|inactive|not active|deactivated|locked|frozen|on hold|abandoned|[45]\.2\.1/i],
  [
    "unreachable",
    /timed? ?out|expired|retry|connection|unable to connect|cannot connect|no route|unreachable|deferred|host|domain|dns|[45]\.4\.\d/i,
  ],
];

export function softCauseOf(status: string, diagnostic: string): SoftCause {
  const text = `${status} ${diagnostic.slice(0, 2_000)}`;
  return CAUSES.find(([, words]) => words.test(text))?.[0] ?? "other";
}

/** A refusal of our mail (reputation, policy, size) says nothing about the address: it counts for the mailbox that sent it only. */
export function countsAgainstAddress(cause: SoftCause): boolean {
  return cause !== "refused";
}

/** Several on one day are one: the same outage. `instants`: of the bounces that count, since they were last heard of. */
export function isWornOut(instants: readonly Date[], now: Date): boolean {
  const since = now.getTime() - SOFT_BOUNCES.days * 86_400_000;
  const days = new Set(instants.filter((at) => at.getTime() >= since).map((at) => at.toISOString().slice(0, 10)));
  return days.size >= SOFT_BOUNCES.most;
}
