import { closeEnrolments } from "#server/campaigns/commands/close-enrolments.ts";
import { type MoveCause, replanEnrolments } from "#server/campaigns/commands/replan-enrolments.ts";
import { inWorkspace } from "#server/core/db.ts";
import { failPoint } from "#server/core/fail-point.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { setDue } from "#server/jobs/due.ts";
import { lockAnsweredReply, reopenUnsent } from "#server/replies/commands/reopen-unsent.ts";
import type { Verdict } from "../domain/judge-claim.ts";
import { recordMailActivity } from "./record-outcome.ts";

const CAUSES: Record<string, MoveCause> = {
  away: "away",
  "draft-not-approved": "unapproved",
  "campaign-paused": "paused",
  "person-paused": "paused",
  "sending-paused": "sending_paused",
  "address-changed": "edited",
  missed: "missed",
};
/** The person may not be written to at all: every way to them in this campaign ends. */
const ENDS_CAMPAIGN = new Set(["do-not-contact", "deleted", "bounced"]);

/** What becomes of a reserved message that may not leave now. Its enrolment is told in the same commit. */
export async function withdrawMessage(
  workspaceId: WorkspaceId,
  message: { messageId: string; leadId: string | null; enrolmentId: string | null; campaignId: string | null },
  verdict: Exclude<Verdict, { kind: "send" }>,
): Promise<void> {
  await inWorkspace(workspaceId, async (tx) => {
    if (verdict.kind === "wait") return setDue(tx, { kind: "message", subjectId: message.messageId, dueAt: verdict.until });
    const { leadId, enrolmentId, campaignId } = message;
    await lockAnsweredReply(tx, message.messageId);
    // The enrolment is locked before the message, in the order that stops use.
    if (enrolmentId)
      await tx.$queryRaw`select 1 as one from enrolments where workspace_id = ${workspaceId}::uuid and id = ${enrolmentId}::uuid for update`;
    const { count } = await tx.message.updateMany({
      where: { id: message.messageId, status: "reserved" },
      data: { status: "cancelled", reason: verdict.reason },
    });
    if (count === 0) return;
    await recordMailActivity(tx, "message/cancelled", { ...message, code: verdict.code });
    // Whoever may not be written to needs no other answer; every other one was pressed by somebody who believes that it left.
    if (!ENDS_CAMPAIGN.has(verdict.code)) await reopenUnsent(tx, message.messageId);
    if (!enrolmentId || !leadId) return;
    if (verdict.kind === "replan")
      await replanEnrolments(tx, { enrolmentIds: [enrolmentId], cause: CAUSES[verdict.code] ?? "mailbox", reason: verdict.reason });
    else if (ENDS_CAMPAIGN.has(verdict.code) || verdict.code === "replied") {
      const status = verdict.code === "replied" ? "replied" : "stopped";
      await closeEnrolments(tx, { leadIds: [leadId], ...(campaignId && { campaignId }), reason: verdict.reason, status });
    }
  });
  failPoint("ledger.cancelled");
}
