import { randomBytes } from "node:crypto";
import type * as z from "zod";
import { recordAudit } from "#server/audit/commands.ts";
import { hashToken } from "#server/auth/queries.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { createApiKeyInput } from "./schema.ts";

const PREFIX_LENGTH = 10;
const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;

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

/**
 * A new key with the same rights; the old one goes on working for the overlap, so that nothing stops while it is exchanged. By an admin who
 * could make such a key: the new one carries their name.
 */
export async function rotateApiKey(
  tx: Tx,
  input: { id: string; overlapHours: number; actorId: string; realNow: Date },
): Promise<{ id: string; key: string; oldEndsAt: Date }> {
  await tx.$queryRaw`select 1 from api_keys where workspace_id = ${tx.workspaceId}::uuid and id = ${input.id}::uuid for update`;
  const old = await tx.apiKey.findFirst({ where: { id: input.id, revokedAt: null } });
  if (!old || (old.expiresAt && old.expiresAt <= input.realNow))
    throw new AppError("INVALID_STATE", "This key no longer works. Make a new one.");
  if (await tx.apiKey.findFirst({ where: { replacesId: old.id, revokedAt: null } }))
    throw new AppError("CONFLICT", "A newer key replaces this one already. Rotate that one, or withdraw it first.");
  const lifeMs = old.expiresAt ? old.expiresAt.getTime() - old.createdAt.getTime() : null;
  const made = await createApiKey(tx, {
    name: old.name,
    scopes: old.scopes as z.output<typeof createApiKeyInput>["scopes"],
    validDays: lifeMs === null ? null : Math.max(1, Math.round(lifeMs / DAY_MS)),
    actorId: input.actorId,
    realNow: input.realNow,
  });
  const ends = new Date(input.realNow.getTime() + input.overlapHours * HOUR_MS);
  const oldEndsAt = old.expiresAt && old.expiresAt < ends ? old.expiresAt : ends;
  await tx.apiKey.updateMany({ where: { id: made.id }, data: { replacesId: old.id } });
  await tx.apiKey.updateMany({ where: { id: old.id }, data: { expiresAt: oldEndsAt } });
  await recordAudit(tx, {
    actorId: input.actorId,
    actorKind: "person",
    action: "api-key.rotated",
    subjectType: "api-key",
    subjectId: old.id,
    fields: ["expiresAt"],
  });
  return { ...made, oldEndsAt };
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
