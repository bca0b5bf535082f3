import { acceptInvitation } from "#server/auth/commands.ts";
import { suppressOwnAddress } from "#server/compliance/commands.ts";
import { inWorkspace } from "#server/core/db.ts";
import { createBookingPage } from "#server/meetings/commands/create-booking-page.ts";

/** Joins by an invitation link; the newcomer gets a booking page and is never a prospect. */
export async function joinWorkspace(input: {
  token: string;
  fullName: string;
  email: string;
  password: string;
}): Promise<{ userId: string; workspaceId: string }> {
  const joined = await acceptInvitation(input);
  await inWorkspace(joined.workspaceId, async (tx) => {
    await suppressOwnAddress(tx, { address: input.email, createdById: joined.userId });
    const has = await tx.bookingPage.findFirst({ where: { ownerId: joined.userId }, select: { id: true } });
    if (!has) await createBookingPage(tx, { ownerId: joined.userId });
  });
  return joined;
}
