import { recordAudit } from "#server/audit/commands.ts";
import { replanEnrolments } from "#server/campaigns/commands/replan-enrolments.ts";
import { wakeCampaign } from "#server/campaigns/commands/wake-campaign.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { clearDue } from "#server/jobs/due.ts";
import { cancelReserved } from "#server/sending/commands/cancel-reserved.ts";
import { rampStart } from "../domain/pace.ts";
import type { UpdateMailboxInput } from "../schema.ts";
import { READ_DUE } from "./read-mailboxes.ts";

type By = { id: string; byId: string };

/** A rep changes only their own mailboxes. */
export async function assertMayChange(tx: Tx, input: { id: string; userId: string; isManager: boolean }): Promise<void> {
  const mailbox = await tx.mailbox.findFirst({ where: { id: input.id, removedAt: null }, select: { ownerId: true } });
  if (!mailbox) throw new AppError("NOT_FOUND", "This mailbox is no longer connected.");
  if (mailbox.ownerId !== input.userId && !input.isManager)
    throw new AppError("FORBIDDEN", "Only its owner, or a manager, can change this mailbox.");
}

export async function updateMailbox(tx: Tx, input: UpdateMailboxInput & { byId: string }): Promise<void> {
  const { byId, gapMaxMinutes, gapMinMinutes, id, isBuildingUp, ...plain } = input;
  const before = await tx.mailbox.findFirstOrThrow({ where: { id } });
  const [min, max] = [
    gapMinMinutes === undefined ? before.gapMinSeconds : gapMinMinutes * 60,
    gapMaxMinutes === undefined ? before.gapMaxSeconds : gapMaxMinutes * 60,
  ];
  if (min > max) throw new AppError("INVALID_INPUT", "The shortest pause between mails must not be longer than the longest.");
  const isRamped = isBuildingUp === undefined ? before.rampFrom !== null : isBuildingUp;
  const today = new Date(`${rampStart(tx.now.toISOString().slice(0, 10))}T00:00:00Z`);
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  await tx.mailbox.update({
    where: { id },
    data: { ...given, gapMinSeconds: min, gapMaxSeconds: max, rampFrom: isRamped ? (before.rampFrom ?? today) : null },
  });
  const fields = Object.keys(input).filter((key) => key !== "id" && key !== "byId");
  await recordAudit(tx, { actorId: byId, actorKind: "person", action: "mailbox.changed", subjectType: "mailbox", subjectId: id, fields });
  if (fields.some((key) => key === "hours" || key === "timeZone" || key === "dailyCap"))
    await replanFrom(tx, id, "The mailbox's hours or pace changed.");
}

/** Nothing more leaves from it: what is reserved is cancelled and planned again, elsewhere or later. */
export async function pauseMailbox(tx: Tx, { byId, id }: By): Promise<void> {
  const { count } = await tx.mailbox.updateMany({
    where: { id, pausedAt: null, removedAt: null },
    data: { pausedAt: tx.now, pausedById: byId },
  });
  if (count === 0) return;
  await replanFrom(tx, id, "The mailbox was paused.");
  await recordAudit(tx, { actorId: byId, actorKind: "person", action: "mailbox.paused", subjectType: "mailbox", subjectId: id });
}

export async function resumeMailbox(tx: Tx, { byId, id }: By): Promise<void> {
  const { count } = await tx.mailbox.updateMany({ where: { id, pausedAt: { not: null } }, data: { pausedAt: null, pausedById: null } });
  if (count === 0) return;
  await wakeCampaign(tx, null);
  await recordAudit(tx, { actorId: byId, actorKind: "person", action: "mailbox.resumed", subjectType: "mailbox", subjectId: id });
}

/** Forgets its passwords and reads nothing more. What it sent and received stays. */
export async function removeMailbox(tx: Tx, { byId, id }: By): Promise<void> {
  const { count } = await tx.mailbox.updateMany({ where: { id, removedAt: null }, data: { removedAt: tx.now, secret: null } });
  if (count === 0) throw new AppError("NOT_FOUND", "This mailbox is no longer connected.");
  await replanFrom(tx, id, "The mailbox was removed.");
  await cancelReserved(tx, { mailboxId: id, reason: "The mailbox was removed." });
  await clearDue(tx, READ_DUE, id);
  await recordAudit(tx, { actorId: byId, actorKind: "person", action: "mailbox.removed", subjectType: "mailbox", subjectId: id });
}

const REPLAN_AT_ONCE = 1_000;

/** People whose mails leave from it give their instants back and are planned again. */
async function replanFrom(tx: Tx, mailboxId: string, reason: string): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select e.id from enrolments e join campaigns c on c.workspace_id = e.workspace_id and c.id = e.campaign_id and c.status = 'running'
    where e.workspace_id = ${tx.workspaceId}::uuid and e.status = 'active' and e.mailbox_id = ${mailboxId}::uuid and e.planned_at is not null
    order by e.id`;
  for (let from = 0; from < rows.length; from += REPLAN_AT_ONCE) {
    const enrolmentIds = rows.slice(from, from + REPLAN_AT_ONCE).map((row) => row.id);
    await replanEnrolments(tx, { enrolmentIds, cause: "mailbox", reason });
  }
}
