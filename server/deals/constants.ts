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
