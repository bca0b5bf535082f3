import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { type CreateTaskInput, taskProposal } from "./schema.ts";

/**
 * One task per cause: calling it again with the same cause key changes nothing and answers with the first one's id. One that was dropped
 * because its reason was gone opens again, as it is now, when the reason is back.
 */
export async function createTask(tx: Tx, input: CreateTaskInput): Promise<string> {
  const { proposal, note, ...refs } = input;
  const id = newId();
  const data = {
    ...refs,
    note: note ?? null,
    proposal: proposal ? taskProposal.parse(proposal) : Prisma.DbNull,
    status: "open",
    createdAt: tx.now,
  };
  const { count } = await tx.task.createMany({ data: [{ ...data, id, workspaceId: tx.workspaceId }], skipDuplicates: true });
  if (count === 1) return id;
  await tx.task.updateMany({ where: { causeKey: input.causeKey, status: "dropped" }, data: { ...data, doneAt: null, doneById: null } });
  const existing = await tx.task.findFirst({ where: { causeKey: input.causeKey }, select: { id: true } });
  if (!existing) throw new AppError("CONFLICT", "This task could not be written. Try again.");
  return existing.id;
}

/** Done by a person. Doing it twice is doing it once; says whether this was the time that did it. */
export async function completeTask(tx: Tx, input: { id: string; byId: string | null }): Promise<boolean> {
  const { count } = await tx.task.updateMany({
    where: { id: input.id, status: "open" },
    data: { status: "done", doneAt: tx.now, doneById: input.byId },
  });
  if (count === 0) await requireTask(tx, input.id);
  return count > 0;
}

export async function reopenTask(tx: Tx, input: { id: string }): Promise<void> {
  const { count } = await tx.task.updateMany({
    where: { id: input.id, status: { in: ["done", "dropped"] } },
    data: { status: "open", doneAt: null, doneById: null },
  });
  if (count === 0) await requireTask(tx, input.id);
}

/** Closes open tasks whose reason is gone, such as a meeting that got its outcome. */
export async function dropTasks(tx: Tx, where: { causeKeys: string[] }): Promise<void> {
  if (where.causeKeys.length === 0) return;
  await tx.task.updateMany({
    where: { causeKey: { in: where.causeKeys }, status: "open" },
    data: { status: "dropped", doneAt: tx.now },
  });
}

export async function requireTask(tx: Tx, id: string) {
  const task = await tx.task.findFirst({ where: { id } });
  if (!task) throw new AppError("NOT_FOUND", "This task no longer exists.");
  return task;
}
