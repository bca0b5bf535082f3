import { seesEverything } from "#server/auth/constants.ts";
import type { Tx } from "#server/core/db.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { countToday } from "#server/today/queries.ts";
import type { FrameView } from "./schema.ts";

const ATTENTION = ["cannot_send", "cannot_read", "stopped"];

/** What stands around every page, in one short transaction. */
export async function getFrame(tx: Tx, input: Viewer): Promise<FrameView> {
  const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: tx.workspaceId } });
  const me = await tx.member.findFirst({ where: { userId: input.userId, removedAt: null } });
  const pausedBy = workspace.sendingPausedById ? await tx.member.findFirst({ where: { userId: workspace.sendingPausedById } }) : null;
  const inbox = await tx.reply.count({ where: { status: "needs_me", OR: [{ ownerId: input.userId }, { ownerId: null }] } });
  const drafts = await tx.draft.count({ where: { status: { in: ["ready", "needs_look"] }, purpose: "campaign" } });
  const today = await countToday(tx, input);
  const brokenMailbox = await tx.mailbox.findFirst({ where: { removedAt: null, status: { in: ATTENTION } }, select: { id: true } });

  return {
    now: tx.now,
    isRunning: workspace.clockAt === null,
    zone: me?.timeZone ?? workspace.timeZone,
    workspaceName: workspace.name,
    workspaceZone: workspace.timeZone,
    sendingPause: workspace.sendingPausedAt && {
      at: workspace.sendingPausedAt,
      by: pausedBy?.fullName ?? null,
      reason: workspace.sendingPauseReason,
    },
    counts: { today, inbox, drafts },
    mailboxesNeedAttention: brokenMailbox !== null,
    isSetupDone: workspace.setupHiddenAt !== null,
    sees: seesEverything(input.role) || workspace.visibility === "all" ? null : workspace.visibility === "own" ? "own" : "team",
  };
}
