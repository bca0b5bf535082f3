import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { checkOffer } from "./domain/check-offer.ts";
import type { OfferView } from "./schema.ts";

const GONE = "This offer no longer exists.";

export async function listOffers(tx: Tx): Promise<OfferView[]> {
  const offers = await tx.offer.findMany({
    where: { archivedAt: null },
    orderBy: [{ isDefault: "desc" }, { createdAt: "asc" }, { id: "asc" }],
  });
  return readOffers(tx, offers);
}

export async function getOffer(tx: Tx, id: string): Promise<OfferView> {
  const offer = await tx.offer.findFirst({ where: { id } });
  const [view] = offer ? await readOffers(tx, [offer]) : [];
  if (!view) throw new AppError("NOT_FOUND", GONE);
  return view;
}

/** The offer that answers and new campaigns use; null until there is one. */
export async function getDefaultOffer(tx: Tx): Promise<OfferView | null> {
  const offer = await tx.offer.findFirst({
    where: { archivedAt: null },
    orderBy: [{ isDefault: "desc" }, { createdAt: "asc" }, { id: "asc" }],
  });
  const [view] = offer ? await readOffers(tx, [offer]) : [];
  return view ?? null;
}

type OfferRow = { id: string; name: string; currentVersion: number; isDefault: boolean; archivedAt: Date | null };

async function readOffers(tx: Tx, offers: readonly OfferRow[]): Promise<OfferView[]> {
  if (offers.length === 0) return [];
  const ids = offers.map((offer) => offer.id);
  const versions = await tx.offerVersion.findMany({
    where: { OR: offers.map((offer) => ({ offerId: offer.id, version: offer.currentVersion })) },
    include: { claims: { orderBy: { position: "asc" } } },
  });
  const campaigns = await tx.campaign.groupBy({ by: ["offerId"], where: { offerId: { in: ids }, deletedAt: null }, _count: true });
  const authors = versions.flatMap((version) => version.createdById ?? []);
  const members = await tx.member.findMany({ where: { userId: { in: authors } }, select: { userId: true, fullName: true } });
  return offers.flatMap((offer) => {
    const version = versions.find((one) => one.offerId === offer.id);
    if (!version) return [];
    const { what, audience, ask, avoidWords, voice, claims, topic } = version;
    return {
      id: offer.id,
      versionId: version.id,
      version: version.version,
      name: offer.name,
      topic,
      what,
      audience,
      ask,
      avoidWords,
      voice,
      claims: claims.map(({ id, text, evidence, evidenceUrl }) => ({ id, text, evidence, evidenceUrl })),
      isDefault: offer.isDefault && offer.archivedAt === null,
      isArchived: offer.archivedAt !== null,
      missing: checkOffer(version),
      savedAt: version.createdAt,
      savedBy: members.find((member) => member.userId === version.createdById)?.fullName ?? null,
      campaigns: campaigns.find((row) => row.offerId === offer.id)?._count ?? 0,
    };
  });
}
