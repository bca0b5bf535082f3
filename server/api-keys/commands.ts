import { randomBytes } from "node:crypto";
import type * as z from "zod";
import { recordAudit } from "#server/audit/commands.ts";
import { hashToken } from "#server/auth/queries.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { createApiKeyInput } from "./schema.ts";

const PREFIX_LENGTH = 10;
const DAY_MS = 24 * 3600 * 1000;

/** Only the hash is kept; the answer is the one time the key is seen. Keys end by real time: machines use them. */
export async function createApiKey(
  tx: Tx,
  input: z.output<typeof createApiKeyInput> & { actorId: string; realNow: Date },
): Promise<{ id: string; key: string }> {
  const key = `lw_${randomBytes(24).toString("base64url")}`;
  const id = newId();
  await tx.apiKey.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      name: input.name,
      keyHash: hashToken(key),
      prefix: key.slice(0, PREFIX_LENGTH),
      scopes: input.scopes.includes("*") ? ["*"] : input.scopes,
      createdById: input.actorId,
      createdAt: tx.now,
      expiresAt: input.validDays === null ? null : new Date(input.realNow.getTime() + input.validDays * DAY_MS),
    },
  });
  await recordAudit(tx, {
    actorId: input.actorId,
    actorKind: "person",
    action: "api-key.made",
    subjectType: "api-key",
    subjectId: id,
    fields: ["name", "scopes"],
  });
  return { id, key };
}

export async function withdrawApiKey(tx: Tx, input: { id: string; actorId: string }): Promise<void> {
  const { count } = await tx.apiKey.updateMany({ where: { id: input.id, revokedAt: null }, data: { revokedAt: tx.now } });
  if (count === 0) throw new AppError("INVALID_STATE", "This key was withdrawn already.");
  await recordAudit(tx, {
    actorId: input.actorId,
    actorKind: "person",
    action: "api-key.withdrawn",
    subjectType: "api-key",
    subjectId: input.id,
  });
}
