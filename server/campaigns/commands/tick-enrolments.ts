import { inWorkspace, type Tx } from "#server/core/db.ts";
import { logger } from "#server/core/logger.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { setDue } from "#server/jobs/due.ts";
import type { Services } from "#server/services.ts";
import { ensureDrafts } from "#server/writing/commands/ensure-draft.ts";
import { ENROLMENT_DUE, RESERVE_AHEAD_MS } from "../constants.ts";
import { moveForward, type ToWrite } from "./move-forward.ts";
import { setApproveBy } from "./plan-enrolments.ts";

const SLICE = 25;

/**
 * The due kind `enrolment`: each person makes one move. Safe to run twice, at once or again: every move is decided from rows under
 * their locks, a minute is booked once, and the ledger's key makes a mail once.
 */
export async function tickEnrolments(services: Services, workspaceId: WorkspaceId, enrolmentIds: string[]): Promise<void> {
  await writeAndLook(services, workspaceId, await inWorkspace(workspaceId, (tx) => moveForward(tx, enrolmentIds)));
}

/** The same, with the moves in the caller's transaction. */
export async function beginTick(tx: Tx, enrolmentIds: string[]) {
  const toWrite = await moveForward(tx, enrolmentIds);
  return (services: Services, workspaceId: WorkspaceId) => writeAndLook(services, workspaceId, toWrite);
}

async function writeAndLook(services: Services, workspaceId: WorkspaceId, toWrite: readonly ToWrite[]): Promise<void> {
  if (toWrite.length === 0) return;
  await writeDrafts(services, workspaceId, toWrite);
  await inWorkspace(workspaceId, async (tx) => {
    const ids = toWrite.map((item) => item.enrolmentId);
    await setApproveBy(tx, ids);
    // Whose minute has come meanwhile leaves at once; whose writer failed is tried again, until the minute has passed and the mail moves.
    const late = await tx.enrolment.findMany({
      where: { id: { in: ids }, status: "active", planKind: "exact", plannedAt: { lte: new Date(tx.now.getTime() + RESERVE_AHEAD_MS) } },
      select: { id: true, plannedAt: true },
    });
    const soon = tx.now.getTime() + 1000;
    await setDue(
      tx,
      late.map(({ id, plannedAt }) => ({ kind: ENROLMENT_DUE, subjectId: id, dueAt: new Date(Math.max(soon, plannedAt?.getTime() ?? 0)) })),
    );
  });
}

/** In slices, so that one that fails holds few others up; they are tried again when their minute comes. */
export async function writeDrafts(services: Services, workspaceId: WorkspaceId, items: readonly ToWrite[]): Promise<void> {
  for (let from = 0; from < items.length; from += SLICE) {
    try {
      await ensureDrafts(services, workspaceId, items.slice(from, from + SLICE));
    } catch (error) {
      logger.warn({ workspaceId, people: Math.min(SLICE, items.length - from), err: error }, "drafts not written");
    }
  }
}
