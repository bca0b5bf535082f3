import { recordAudit } from "#server/audit/commands.ts";
import { ENROLMENT_DUE } from "#server/campaigns/constants.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { setDue } from "#server/jobs/due.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { recordActivities, recordActivity } from "#server/timeline/commands.ts";
import { getDraft, waitingFor } from "../queries/list-drafts.ts";
import type { DraftView, RejectReason } from "../schema.ts";

type Actor = Viewer & { actorKind?: "person" | "api_key" };

const WAITING = ["ready", "needs_look"];
const MOVED = "Somebody else decided on this draft meanwhile.";

/** Approved, it is immutable. Only what would shame the sender stands in the way. */
export async function approveDraft(tx: Tx, actor: Actor, input: { draftId: string }): Promise<void> {
  const draft = await getDraft(tx, actor, input.draftId);
  if (draft.status === "approved") return;
  assertWaiting(draft);
  const blocking = draft.findings.find((finding) => finding.blocking);
  if (blocking) throw new AppError("INVALID_STATE", `It cannot be approved yet. ${blocking.message}`);
  const { count } = await tx.draft.updateMany({
    where: { id: draft.id, status: { in: WAITING } },
    data: { status: "approved", approvedById: actor.userId, approvedAt: tx.now },
  });
  if (count === 0) throw new AppError("CONFLICT", MOVED);
  await follow(tx, actor, draft, "draft/approved");
}

/** The undo of approving, while the mail has not been handed to the ledger. */
export async function withdrawApproval(tx: Tx, actor: Actor, input: { draftId: string }): Promise<void> {
  const draft = await getDraft(tx, actor, input.draftId);
  const left = await tx.message.findFirst({ where: { draftId: draft.id, status: { not: "cancelled" } }, select: { id: true } });
  if (left) throw new AppError("INVALID_STATE", "Too late: this mail is leaving or has left.");
  const status = draft.findings.length === 0 ? "ready" : "needs_look";
  const { count } = await tx.draft.updateMany({
    where: { id: draft.id, status: "approved" },
    data: { status, approvedById: null, approvedAt: null },
  });
  if (count > 0) await follow(tx, actor, draft, "draft/approval.withdrawn");
}

/** Rejected for one of five reasons, which the next draft of this step takes into account. */
export async function rejectDraft(
  tx: Tx,
  actor: Actor,
  input: { draftId: string; reason: RejectReason },
): Promise<{ enrolmentId: string; stepId: string } | null> {
  const draft = await getDraft(tx, actor, input.draftId);
  if (draft.status !== "rejected") {
    const left =
      draft.status === "approved"
        ? await tx.message.findFirst({ where: { draftId: draft.id, status: { not: "cancelled" } }, select: { id: true } })
        : null;
    if (left) throw new AppError("INVALID_STATE", "Too late: this mail is leaving or has left.");
    if (draft.status !== "approved") assertWaiting(draft);
    const { count } = await tx.draft.updateMany({
      where: { id: draft.id, status: { in: [...WAITING, "approved"] } },
      data: { status: "rejected", rejectedReason: input.reason, rejectedById: actor.userId },
    });
    if (count === 0) throw new AppError("CONFLICT", MOVED);
    await follow(tx, actor, draft, "draft/rejected", { reason: input.reason });
  }
  const row = await tx.draft.findFirst({ where: { id: draft.id }, select: { enrolmentId: true, stepId: true } });
  return row?.enrolmentId && row.stepId ? { enrolmentId: row.enrolmentId, stepId: row.stepId } : null;
}

/** The undo of rejecting: the draft that was written instead gives way, unless somebody approved it meanwhile. */
export async function takeBackRejection(tx: Tx, actor: Actor, input: { draftId: string }): Promise<void> {
  const draft = await getDraft(tx, actor, input.draftId);
  if (draft.status !== "rejected") return;
  const row = await tx.draft.findFirst({ where: { id: draft.id }, select: { enrolmentId: true, stepId: true, replyId: true } });
  const siblings = row?.enrolmentId ? { enrolmentId: row.enrolmentId, stepId: row.stepId } : { replyId: row?.replyId ?? draft.id };
  await tx.draft.updateMany({
    where: { ...siblings, id: { not: draft.id }, status: { in: [...WAITING, "writing"] } },
    data: { status: "replaced" },
  });
  const approved = await tx.draft.findFirst({ where: { ...siblings, id: { not: draft.id }, status: "approved" }, select: { id: true } });
  if (approved) throw new AppError("INVALID_STATE", "Too late: the draft that came after it was approved.");
  const status = draft.findings.length === 0 ? "ready" : "needs_look";
  await tx.draft.updateMany({ where: { id: draft.id, status: "rejected" }, data: { status, rejectedReason: null, rejectedById: null } });
  await follow(tx, actor, draft, "draft/rejection.taken-back");
}

/** Approves every draft of the filter that passes all checks and that this person may see. `expected` is the count that they were shown. */
export async function approveThosePassing(
  tx: Tx,
  actor: Actor,
  input: { campaignId?: string | undefined; senderId?: string | undefined; expected?: number | undefined },
): Promise<{ approved: number }> {
  const where = await waitingFor(tx, actor, { campaignId: input.campaignId, senderId: input.senderId, passing: true });
  const rows = await tx.$queryRaw<{ id: string; leadId: string; campaignId: string | null; enrolmentId: string | null }[]>`
    select d.id, d.lead_id as "leadId", d.campaign_id as "campaignId", d.enrolment_id as "enrolmentId" from drafts d
    join leads l on l.workspace_id = d.workspace_id and l.id = d.lead_id
    left join enrolments e on e.workspace_id = d.workspace_id and e.id = d.enrolment_id
    where ${where} order by d.id for no key update of d`;
  if (input.expected !== undefined && rows.length > input.expected) {
    throw new AppError("CONFLICT", `There are ${rows.length} drafts by now, not ${input.expected}. Look again, then approve.`);
  }
  if (rows.length === 0) return { approved: 0 };
  const ids = rows.map((row) => row.id);
  await tx.draft.updateMany({ where: { id: { in: ids } }, data: { status: "approved", approvedById: actor.userId, approvedAt: tx.now } });
  await setDue(
    tx,
    rows.flatMap((row) => (row.enrolmentId ? [{ kind: ENROLMENT_DUE, subjectId: row.enrolmentId, dueAt: tx.now }] : [])),
  );
  await recordActivities(
    tx,
    rows.map((row) => ({
      kind: "draft/approved" as const,
      leadId: row.leadId,
      campaignId: row.campaignId,
      actorId: actor.userId,
      detail: { draftId: row.id },
    })),
  );
  await recordAudit(tx, {
    actorId: actor.userId,
    actorKind: actor.actorKind ?? "person",
    action: "drafts.approved",
    subjectType: "campaign",
    subjectId: input.campaignId ?? null,
    fields: ["status"],
  });
  return { approved: rows.length };
}

function assertWaiting(draft: DraftView): void {
  if (draft.status === "writing") throw new AppError("INVALID_STATE", "This draft is still being written.");
  if (!WAITING.includes(draft.status))
    throw new AppError(
      "INVALID_STATE",
      draft.status === "approved" ? "This draft is approved; it cannot change any more." : "This draft was rejected or replaced.",
    );
}

async function follow(tx: Tx, actor: Actor, draft: DraftView, kind: `draft/${string}`, detail: Record<string, string> = {}): Promise<void> {
  const row = await tx.draft.findFirst({ where: { id: draft.id }, select: { enrolmentId: true } });
  // Whoever waits for this draft looks again at once.
  if (row?.enrolmentId) await setDue(tx, { kind: ENROLMENT_DUE, subjectId: row.enrolmentId, dueAt: tx.now });
  await recordActivity(tx, {
    kind,
    leadId: draft.lead.id,
    campaignId: draft.campaign?.id ?? null,
    actorId: actor.userId,
    detail: { draftId: draft.id, ...detail },
  });
  await recordAudit(tx, {
    actorId: actor.userId,
    actorKind: actor.actorKind ?? "person",
    action: kind.replace("/", "."),
    subjectType: "draft",
    subjectId: draft.id,
    fields: ["status"],
  });
}
