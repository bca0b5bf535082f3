import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { scoringProfileSaved } from "#server/jobs/events.ts";
import { emit } from "#server/jobs/outbox.ts";
import { defaultProfile } from "../domain/default-profile.ts";
import type { ProfileInput } from "../schema.ts";

export type Author = { userId: string | null; kind: "person" | "api_key" | "agent" };

/** Saves a new version and makes it current; everybody is scored again by a job. Older versions stay, so every score can be explained. */
export async function saveProfile(
  tx: Tx,
  input: ProfileInput & { basedOn?: number | undefined },
  author: Author,
): Promise<{ version: number }> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`scoring:${tx.workspaceId}`}, 0))`;
  const current = await tx.scoringProfile.findFirst({ where: { isCurrent: true }, select: { version: true } });
  if (input.basedOn !== undefined && current && current.version !== input.basedOn) {
    throw new AppError(
      "CONFLICT",
      `A colleague saved version ${current.version} meanwhile. Reload to see it, then make your change again.`,
    );
  }
  const version = (current?.version ?? 0) + 1;
  await writeVersion(tx, input, version, author.userId);
  await recordAudit(tx, {
    actorId: author.userId,
    actorKind: author.kind,
    action: "scoring/profile.saved",
    subjectType: "scoring_profile",
    subjectId: String(version),
    fields: ["rules", "thresholds"],
  });
  await emit(tx, scoringProfileSaved.create({ workspaceId: tx.workspaceId, version }, { id: `scoring-profile-saved:${version}` }));
  return { version };
}

/** For a new workspace: the default profile as version 1, unless it has one. */
export async function createDefaultProfile(tx: Tx): Promise<void> {
  const existing = await tx.scoringProfile.findFirst({ where: { isCurrent: true }, select: { id: true } });
  if (!existing) await writeVersion(tx, defaultProfile, 1, null);
}

async function writeVersion(tx: Tx, profile: ProfileInput, version: number, createdById: string | null): Promise<void> {
  await tx.scoringProfile.updateMany({ where: { isCurrent: true }, data: { isCurrent: false } });
  await tx.scoringProfile.create({
    data: {
      id: newId(),
      workspaceId: tx.workspaceId,
      version,
      isCurrent: true,
      rules: profile.rules,
      thresholds: profile.thresholds,
      createdById,
      createdAt: tx.now,
    },
  });
}
