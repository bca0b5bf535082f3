import type { Tx } from "#server/core/db.ts";
import { releaseSlots } from "./release-slots.ts";

/** Why a booked instant moved; the timeline shows it. */
export type MoveCause = "away" | "unapproved" | "paused" | "resumed" | "sending_paused" | "edited" | "mailbox" | "missed";

/** Takes the plan away from running people and lets the next tick make a new one. */
export async function replanEnrolments(tx: Tx, input: { enrolmentIds: readonly string[]; cause: MoveCause }): Promise<void> {
  if (input.enrolmentIds.length === 0) return;
  await releaseSlots(tx, input.enrolmentIds);
}
