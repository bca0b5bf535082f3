import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { OfferInput } from "./schema.ts";

type Actor = { userId: string | null; actorKind?: "person" | "api_key" };

/** The first offer of a workspace is its default. */
export async function createOffer(tx: Tx, actor: Actor, input: OfferInput): Promise<string> {
  const id = newId();
  const hasDefault = await tx.offer.findFirst({ where: { isDefault: true, archivedAt: null }, select: { id: true } });
  await tx.offer.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      name: input.name,
      currentVersion: 1,
      isDefault: !hasDefault,
      createdById: actor.userId,
      createdAt: tx.now,
    },
  });
  await writeVersion(tx, actor, id, 1, input);
  await recordAudit(tx, audit(actor, "offer.created", id));
  return id;
}

/** Saving makes a new version: drafts keep the one that they were written from. */
export async function saveOffer(tx: Tx, actor: Actor, input: OfferInput & { id: string; version: number }): Promise<number> {
  const version = input.version + 1;
  const { count } = await tx.offer.updateMany({
    where: { id: input.id, currentVersion: input.version, archivedAt: null },
    data: { name: input.name, currentVersion: version },
  });
  if (count === 0) {
    const offer = await tx.offer.findFirst({ where: { id: input.id }, select: { archivedAt: true } });
    if (!offer) throw new AppError("NOT_FOUND", "This offer no longer exists.");
    if (offer.archivedAt) throw new AppError("INVALID_STATE", "This offer is archived. Take it back first.");
    throw new AppError("CONFLICT", "Somebody else saved this offer meanwhile. Reload to see their version, then make your change again.");
  }
  await writeVersion(tx, actor, input.id, version, input);
  await recordAudit(tx, { ...audit(actor, "offer.saved", input.id), fields: ["version"] });
  return version;
}

export async function makeDefaultOffer(tx: Tx, actor: Actor, input: { id: string }): Promise<void> {
  await tx.offer.updateMany({ where: { isDefault: true, id: { not: input.id } }, data: { isDefault: false } });
  const { count } = await tx.offer.updateMany({ where: { id: input.id, archivedAt: null }, data: { isDefault: true } });
  if (count === 0) throw new AppError("NOT_FOUND", "This offer no longer exists.");
  await recordAudit(tx, { ...audit(actor, "offer.made_default", input.id), fields: ["isDefault"] });
}

export async function archiveOffer(tx: Tx, actor: Actor, input: { id: string }): Promise<void> {
  const running = await tx.campaign.count({ where: { offerId: input.id, status: { in: ["running", "paused"] }, deletedAt: null } });
  if (running > 0) {
    throw new AppError(
      "INVALID_STATE",
      `${running === 1 ? "1 campaign writes" : `${running} campaigns write`} from this offer. Finish or stop them first.`,
    );
  }
  const { count } = await tx.offer.updateMany({
    where: { id: input.id, archivedAt: null },
    // It stays marked, so that taking it back gives the default back; choosing another default unmarks it.
    data: { archivedAt: tx.now },
  });
  if (count === 0) throw new AppError("NOT_FOUND", "This offer no longer exists.");
  const next = await tx.offer.findFirst({
    where: { archivedAt: null },
    orderBy: [{ isDefault: "desc" }, { createdAt: "asc" }, { id: "asc" }],
  });
  if (next && !next.isDefault) await tx.offer.updateMany({ where: { id: next.id }, data: { isDefault: true } });
  await recordAudit(tx, audit(actor, "offer.archived", input.id));
}

/** The undo of archiving: an offer that was the default is it again, unless somebody chose another one meanwhile. */
export async function restoreOffer(tx: Tx, actor: Actor, input: { id: string }): Promise<void> {
  const wasDefault = await tx.offer.findFirst({ where: { id: input.id, isDefault: true }, select: { id: true } });
  if (wasDefault) await tx.offer.updateMany({ where: { isDefault: true, id: { not: input.id } }, data: { isDefault: false } });
  const { count } = await tx.offer.updateMany({ where: { id: input.id }, data: { archivedAt: null } });
  if (count === 0) throw new AppError("NOT_FOUND", "This offer no longer exists.");
  await recordAudit(tx, audit(actor, "offer.restored", input.id));
}

async function writeVersion(tx: Tx, actor: Actor, offerId: string, version: number, input: OfferInput): Promise<void> {
  const id = newId();
  const { topic, what, audience, ask, avoidWords, voice } = input;
  await tx.offerVersion.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      offerId,
      version,
      topic,
      what,
      audience,
      ask,
      avoidWords,
      voice,
      createdById: actor.userId,
      createdAt: tx.now,
    },
  });
  await tx.claim.createMany({
    data: input.claims.map((claim, position) => ({
      id: newId(),
      workspaceId: tx.workspaceId,
      offerVersionId: id,
      position,
      text: claim.text,
      evidence: claim.evidence,
      evidenceUrl: claim.evidenceUrl,
    })),
  });
}

function audit(actor: Actor, action: string, subjectId: string) {
  const actorKind = actor.userId === null ? ("agent" as const) : (actor.actorKind ?? ("person" as const));
  return { actorId: actor.userId, actorKind, action, subjectType: "offer", subjectId };
}
