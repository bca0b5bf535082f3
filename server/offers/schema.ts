import * as z from "zod";

const line = (max: number) => z.string().trim().max(max, `At most ${max} characters.`);

const claimInput = z.object({
  text: line(400).min(1, "Write what may be claimed."),
  evidence: line(400),
  evidenceUrl: z
    .union([z.literal(""), z.url({ protocol: /^https?$/, message: "Give a full address that starts with https://" })])
    .nullish()
    .transform((url) => url || null),
});

export const offerInput = z.object({
  name: line(80).min(1, "Give the offer a name."),
  topic: line(60).default(""),
  what: line(300).min(1, "Say in one sentence what you sell."),
  audience: line(300),
  ask: line(200),
  avoidWords: z.array(line(60).min(1)).max(50).default([]),
  voice: z.array(line(4_000).min(1)).max(3, "Three mails are enough.").default([]),
  claims: z.array(claimInput).max(30, "At most 30 claims."),
});
export type OfferFormValues = z.input<typeof offerInput>;
export type OfferInput = z.output<typeof offerInput>;

/** `version` is the one that the person looked at: two people who edit at once do not overwrite each other. */
export const saveOfferInput = offerInput.extend({ id: z.uuid(), version: z.number().int().min(1) });

const claimView = z.object({ id: z.uuid(), text: z.string(), evidence: z.string(), evidenceUrl: z.string().nullable() });
const missingPart = z.object({ field: z.enum(["what", "audience", "ask", "claims", "evidence"]), message: z.string() });
export const offerView = z.object({
  id: z.uuid(),
  versionId: z.uuid(),
  version: z.number().int(),
  name: z.string(),
  topic: z.string(),
  what: z.string(),
  audience: z.string(),
  ask: z.string(),
  avoidWords: z.array(z.string()),
  voice: z.array(z.string()),
  claims: z.array(claimView),
  isDefault: z.boolean(),
  isArchived: z.boolean(),
  /** What is still missing before mails can be written from it. */
  missing: z.array(missingPart),
  savedAt: z.date(),
  savedBy: z.string().nullable(),
  campaigns: z.number().int(),
});
export type OfferView = z.infer<typeof offerView>;
export const offerList = z.object({ items: z.array(offerView) });
