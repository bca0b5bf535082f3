import * as z from "zod";
import { permissions } from "#server/auth/constants.ts";

export const apiKeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  /** What a person recognises it by. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdBy: z.string().nullable(),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
  /** A newer key took over; this one ends with the overlap. */
  isReplaced: z.boolean(),
});
export type ApiKeyView = z.output<typeof apiKeyView>;

export const apiScopes = ["*", ...permissions] as const;
export const createApiKeyInput = z.object({
  name: z.string().trim().min(1, "Say what the key is for").max(80),
  scopes: z.array(z.enum(apiScopes)).min(1, "Choose what the key may do"),
  /** null: until it is withdrawn */
  validDays: z.number().int().min(1).max(3650).nullable().default(null),
});
export const rotateApiKeyInput = z.object({
  id: z.uuid(),
  /** How long the old key goes on working. 0: it stops at once. */
  overlapHours: z.number().int().min(0).max(720).default(24),
});
/** The key itself is shown once. */
export const createdApiKey = z.object({ id: z.uuid(), key: z.string() });
