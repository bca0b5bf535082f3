// Isomorphic: forms, routers and jobs.
import * as z from "zod";
import { choosableReasons, suppressionReasons } from "./constants.ts";

const suppressionKinds = ["address", "domain", "company", "hash"] as const;
const suppressionKind = z.enum(suppressionKinds);
export type SuppressionKind = z.infer<typeof suppressionKind>;

const suppressionReason = z.enum(suppressionReasons);
export type SuppressionReason = z.infer<typeof suppressionReason>;

/** These say what the person wants: lifted only by an admin, with a reason. */
export const protectedReasons: readonly SuppressionReason[] = ["opted_out", "complained", "erased", "legal"];

export const addSuppressionsInput = z.object({
  /** One value a line, or separated by commas or semicolons: addresses and domains, as pasted. */
  values: z.string().trim().min(1, "Paste at least one address or domain").max(2_000_000, "At most 2 MB at once"),
  reason: z.enum(choosableReasons),
  note: z.string().trim().max(500).optional(),
  /** Until and including this day; without it, for good. */
  untilOn: z.iso.date().optional(),
});
export type AddSuppressionsInput = z.output<typeof addSuppressionsInput>;

export const addSuppressionsOutput = z.object({
  added: z.number(),
  already: z.number(),
  addresses: z.number(),
  domains: z.number(),
  /** Lines that are neither, at most 20 of them. */
  refused: z.array(z.object({ value: z.string(), why: z.string() })),
  refusedCount: z.number(),
});

export const suppressCompanyInput = z.object({
  accountId: z.uuid(),
  reason: z.enum(choosableReasons),
  note: z.string().trim().max(500).optional(),
  untilOn: z.iso.date().optional(),
});

export const listSuppressionsInput = z.object({
  search: z.string().trim().max(200).optional(),
  kind: suppressionKind.optional(),
  reason: suppressionReason.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListSuppressionsInput = z.output<typeof listSuppressionsInput>;

const suppressionRow = z.object({
  id: z.uuid(),
  kind: suppressionKind,
  /** As shown: the address, the domain, the company's name; nothing of an erased person. */
  value: z.string(),
  reason: suppressionReason,
  note: z.string().nullable(),
  until: z.date().nullable(),
  /** Its last day, in the workspace's zone. */
  untilOn: z.iso.date().nullable(),
  createdAt: z.date(),
  createdByName: z.string().nullable(),
  /** Only an admin may lift it, with a reason. */
  isProtected: z.boolean(),
});
export type SuppressionRow = z.infer<typeof suppressionRow>;

export const suppressionPage = z.object({ items: z.array(suppressionRow), nextCursor: z.string().optional(), total: z.number() });

export const liftSuppressionInput = z.object({ id: z.uuid(), reason: z.string().trim().max(500).optional() });

export const checkAddressInput = z.object({ email: z.string().trim().min(1, "Enter an address").max(320) });
export const checkAddressOutput = z.object({ canMail: z.boolean(), sentence: z.string(), suppressionId: z.uuid().nullable() });

export const reachabilityOutput = z.object({ url: z.string().nullable(), isProven: z.boolean(), sentence: z.string() });
