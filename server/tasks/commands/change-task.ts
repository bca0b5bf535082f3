import type * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { completeTask, createTask, reopenTask } from "../commands.ts";
import { getTask } from "../queries.ts";
import type { addTaskInput, TaskRow } from "../schema.ts";

export async function addTask(tx: Tx, viewer: Viewer, input: z.output<typeof addTaskInput>): Promise<TaskRow> {
  const { leadId, dealId, note, ...rest } = input;
  const lead = leadId ? await tx.lead.findFirst({ where: { id: leadId, deletedAt: null }, select: { accountId: true } }) : null;
  if (leadId && !lead) throw new AppError("NOT_FOUND", "This person no longer exists.");
  if (dealId && !(await tx.deal.findFirst({ where: { id: dealId }, select: { id: true } }))) {
    throw new AppError("NOT_FOUND", "This deal no longer exists.");
  }
  const id = await createTask(tx, {
    ...rest,
    note: note ?? null,
    leadId: leadId ?? null,
    dealId: dealId ?? null,
    accountId: lead?.accountId ?? null,
    ownerId: viewer.userId,
    causeKey: `by-hand:${newId()}`,
  });
  return getTask(tx, viewer, id);
}

export async function finishTask(tx: Tx, viewer: Viewer, id: string): Promise<TaskRow> {
  const task = await getTask(tx, viewer, id);
  const isFirst = await completeTask(tx, { id, byId: viewer.userId });
  if (isFirst && task.leadId) {
    const kind = task.kind === "call" ? "call/done" : "task/done";
    await recordActivity(tx, {
      kind,
      leadId: task.leadId,
      dealId: task.dealId,
      actorId: viewer.userId,
      detail: { taskId: id, kind: task.kind },
    });
  }
  return getTask(tx, viewer, id);
}

export async function undoTask(tx: Tx, viewer: Viewer, id: string): Promise<TaskRow> {
  await getTask(tx, viewer, id);
  await reopenTask(tx, { id });
  return getTask(tx, viewer, id);
}
