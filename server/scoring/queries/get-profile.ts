import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { profileInput, type ScoringProfileView } from "../schema.ts";

/** The profile that scores now, or null in a workspace that has none yet. */
export async function findProfile(tx: Tx): Promise<ScoringProfileView | null> {
  const row = await tx.scoringProfile.findFirst({ where: { isCurrent: true } });
  if (!row) return null;
  const author = row.createdById ? await tx.member.findFirst({ where: { userId: row.createdById }, select: { fullName: true } }) : null;
  const { rules, thresholds } = profileInput.parse({ rules: row.rules, thresholds: row.thresholds });
  return { rules, thresholds, version: row.version, createdAt: row.createdAt, createdByName: author?.fullName ?? null };
}

export async function getProfile(tx: Tx): Promise<ScoringProfileView> {
  const profile = await findProfile(tx);
  if (!profile) throw new AppError("NOT_FOUND", "This workspace has no scoring yet. Save a first version.");
  return profile;
}
