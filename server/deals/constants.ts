export const dealStates = ["open", "won", "lost", "all"] as const;

/**
 * One input for the amount field: "12,500.50", "12.500,50" and, as amounts are shown, "US$12,500.50" are the same number. Null when it is
 * empty, undefined when unreadable.
 */
export function readAmount(text: string): number | null | undefined {
  const digits = text.replace(/[\s'’\p{Sc}]/gu, "").replace(/^[A-Z]{1,3}(?=\d)/, "");
  if (digits === "") return null;
  const decimals = /[.,](\d{1,2})$/.exec(digits);
  const whole = (decimals ? digits.slice(0, decimals.index) : digits).replace(/[.,]/g, "");
  if (!/^\d{1,12}$/.test(whole)) return undefined;
  return Number(whole) * 100 + Number((decimals?.[1] ?? "").padEnd(2, "0"));
}

export const stageKinds = ["booked", "open", "won", "lost"] as const;
export type StageKind = (typeof stageKinds)[number];

/** The stages of a new workspace. A booked meeting's deal carries no value until it was held and accepted. */
export const DEFAULT_STAGES: readonly { name: string; kind: StageKind }[] = [
  { name: "Meeting booked", kind: "booked" },
  { name: "Qualified", kind: "open" },
  { name: "Proposal", kind: "open" },
  { name: "Negotiation", kind: "open" },
  { name: "Won", kind: "won" },
  { name: "Lost", kind: "lost" },
];

/** Days in a stage after which a card draws attention. */
export const QUIET_AFTER_DAYS = 14;
