import type * as z from "zod";
import { inIdentity, inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { saveProfileInput } from "../schema.ts";

type Profile = z.output<typeof saveProfileInput>;

/** A person's name and keys are theirs everywhere; signature, zone and hours belong to this workspace. */
export async function saveProfile(workspaceId: WorkspaceId, input: Profile & { userId: string }): Promise<void> {
  const { userId, fullName, singleKeys, signature, timeZone, hours } = input;
  await inIdentity(async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { fullName, singleKeys } });
    await tx.member.updateMany({ where: { userId }, data: { fullName } });
  });
  await inWorkspace(workspaceId, (tx) => tx.member.updateMany({ where: { userId }, data: { signature, timeZone, hours } }));
}
