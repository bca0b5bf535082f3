import type * as z from "zod";
import { inIdentity, inWorkspace } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { saveProfileInput } from "../schema.ts";

type Profile = z.output<typeof saveProfileInput>;

/** A person's name and keys are theirs everywhere; signature, zone, hours and absence belong to this workspace. */
export async function saveProfile(workspaceId: WorkspaceId, input: Profile & { userId: string }): Promise<void> {
  const { userId, fullName, singleKeys, signature, timeZone, hours, away } = input;
  const cover = away?.coveredById ?? null;
  if (cover === userId) throw new AppError("INVALID_INPUT", "Somebody else has to cover for you.");
  if (cover) {
    const colleague = await inWorkspace(workspaceId, (tx) => tx.member.findFirst({ where: { userId: cover, removedAt: null } }));
    if (!colleague) throw new AppError("NOT_FOUND", "The person who covers is not in the workspace any more. Choose somebody else.");
  }
  await inIdentity(async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { fullName, singleKeys } });
    await tx.member.updateMany({ where: { userId }, data: { fullName } });
  });
  await inWorkspace(workspaceId, (tx) =>
    tx.member.updateMany({
      where: { userId },
      data: {
        signature,
        timeZone,
        hours,
        awayFrom: away ? new Date(away.from) : null,
        awayUntil: away ? new Date(away.until) : null,
        coveredById: cover,
      },
    }),
  );
}
