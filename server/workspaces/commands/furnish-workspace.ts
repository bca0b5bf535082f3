import { suppressOwnAddress } from "#server/compliance/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { createDefaultPipeline } from "#server/deals/commands/create-default-pipeline.ts";
import { createBookingPage } from "#server/meetings/commands/create-booking-page.ts";
import { createDefaultProfile } from "#server/scoring/commands/save-profile.ts";

/** What every workspace has from its first minute: scoring, a pipeline, a booking page, and its own people never mailed. */
export async function furnishWorkspace(tx: Tx, owner: { userId: string; email: string }): Promise<void> {
  await createDefaultProfile(tx);
  await createDefaultPipeline(tx);
  await createBookingPage(tx, { ownerId: owner.userId });
  await suppressOwnAddress(tx, { address: owner.email, createdById: owner.userId });
}
