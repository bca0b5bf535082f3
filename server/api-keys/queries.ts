import type { Tx } from "#server/core/db.ts";
import type { ApiKeyView } from "./schema.ts";

export async function listApiKeys(tx: Tx): Promise<ApiKeyView[]> {
  const keys = await tx.apiKey.findMany({ where: { revokedAt: null }, orderBy: [{ createdAt: "desc" }, { id: "desc" }] });
  const replaced = new Set(keys.map((key) => key.replacesId));
  const makers = await tx.member.findMany({
    where: { userId: { in: keys.map((key) => key.createdById) } },
    select: { userId: true, fullName: true },
  });
  const nameOf = new Map(makers.map((maker) => [maker.userId, maker.fullName]));
  return keys.map((key) => ({
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    scopes: key.scopes,
    createdBy: nameOf.get(key.createdById) ?? null,
    createdAt: key.createdAt,
    lastUsedAt: key.lastUsedAt,
    expiresAt: key.expiresAt,
    isReplaced: replaced.has(key.id),
  }));
}
