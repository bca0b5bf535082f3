import { acceptAsSignedIn, acceptInvitation } from "#server/auth/commands.ts";
import { suppressOwnAddress } from "#server/compliance/commands.ts";
import { inWorkspace } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { createBookingPage } from "#server/meetings/commands/create-booking-page.ts";

/** Joins by an invitation link; the newcomer gets a booking page and is never a prospect. */
export async function joinWorkspace(input: {
  token: string;
  fullName: string;
  email: string;
  password: string;
  origin?: string | undefined;
}): Promise<{ userId: string; workspaceId: string }> {
  return settleIn(await acceptInvitation(input));
}

/** The same for who is signed in already, with a password, Google or Microsoft. */
export async function joinWorkspaceAsSignedIn(input: { token: string; userId: string }): Promise<{ userId: string; workspaceId: string }> {
  return settleIn(await acceptAsSignedIn(input));
}

async function settleIn(joined: { userId: string; workspaceId: WorkspaceId }): Promise<{ userId: string; workspaceId: string }> {
  await inWorkspace(joined.workspaceId, async (tx) => {
    const { email } = await tx.member.findFirstOrThrow({ where: { userId: joined.userId } });
    await suppressOwnAddress(tx, { address: email, createdById: joined.userId });
    const has = await tx.bookingPage.findFirst({ where: { ownerId: joined.userId }, select: { id: true } });
    if (!has) await createBookingPage(tx, { ownerId: joined.userId });
  });
  return joined;
}
