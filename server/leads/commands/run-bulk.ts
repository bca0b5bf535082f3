import { suppressMany } from "#server/compliance/commands.ts";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { leadBulkRequested } from "#server/jobs/events.ts";
import { emit } from "#server/jobs/outbox.ts";
import { addToList, removeFromList } from "#server/lists/commands.ts";
import { advanceProgress, finishProgress, isCancelRequested, startProgress } from "#server/progress/commands.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { listLeadIds } from "../queries/list-leads.ts";
import { type BulkVerb, bulkVerb, type LeadSelection } from "../schema.ts";
import { assignLeads } from "./assign-leads.ts";
import { deleteLeads, restoreLeads } from "./delete-leads.ts";

/** Up to here a verb happens at once, in the request; above, a job does it with progress. */
const AT_ONCE = 200;
const BATCH = 500;

/** A verb over a selection. What was before is kept with each person, so that it can be undone, and a killed job goes on where it was. */
export async function startBulk(
  tx: Tx,
  input: { selection: LeadSelection; verb: BulkVerb },
  by: Viewer,
): Promise<{ id: string; count: number; isDone: boolean; progressId: string | null }> {
  const ids = await selectedIds(tx, input.selection, input.verb, by);
  const id = newId();
  const isDone = ids.length <= AT_ONCE;
  const progressId = isDone
    ? null
    : await startProgress(tx, { kind: "bulk", title: titleOf(input.verb), total: ids.length, link: "/leads", startedById: by.userId });
  await tx.leadBulk.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      verb: input.verb,
      actorId: by.userId,
      status: "running",
      progressId,
      total: ids.length,
      createdAt: tx.now,
    },
  });
  for (let from = 0; from < ids.length; from += 10_000) {
    await tx.$executeRaw`
      insert into lead_bulk_items (workspace_id, bulk_id, lead_id) select ${tx.workspaceId}::uuid, ${id}::uuid, unnest(${ids.slice(from, from + 10_000)}::uuid[])`;
  }
  if (!isDone) await emit(tx, leadBulkRequested.create({ workspaceId: tx.workspaceId, bulkId: id }));
  else while ((await runBatch(tx, id)) === "more");
  // At once it is known whom it changed: whoever was on the list already was not added, and nobody is closed without an address.
  const count = isDone ? await tx.leadBulkItem.count({ where: { bulkId: id, before: { not: "none" } } }) : ids.length;
  return { id, count, isDone, progressId };
}

/** Puts back what the verb changed. A do-not-contact entry is not undone here: whoever may lift it does so on its page, with a reason. */
export async function undoBulk(tx: Tx, id: string, by: Viewer): Promise<{ count: number; isDone: boolean; progressId: string | null }> {
  const bulk = await requireBulk(tx, id);
  if (bulk.actorId !== by.userId) throw new AppError("FORBIDDEN", "Only who did this can undo it.");
  if (bulk.status === "undone" || bulk.status === "undoing")
    return { count: 0, isDone: bulk.status === "undone", progressId: bulk.progressId };
  const verb = bulkVerb.parse(bulk.verb);
  if (verb.kind === "do_not_contact")
    throw new AppError("INVALID_STATE", "A do-not-contact entry is lifted on its own page, with a reason.");
  if (bulk.progressId) await finishProgress(tx, { id: bulk.progressId, status: "cancelled", result: "Undone." });
  const count = await tx.leadBulkItem.count({ where: { bulkId: id, done: true } });
  const isDone = count <= AT_ONCE;
  const progressId = isDone
    ? null
    : await startProgress(tx, { kind: "bulk", title: `Undo: ${titleOf(verb)}`, total: count, link: "/leads", startedById: by.userId });
  await tx.leadBulk.updateMany({ where: { id }, data: { status: "undoing", progressId } });
  if (!isDone) await emit(tx, leadBulkRequested.create({ workspaceId: tx.workspaceId, bulkId: id }));
  else while ((await runBatch(tx, id)) === "more");
  return { count, isDone, progressId };
}

/** The job's part: one batch per transaction until nothing is left or the time is up. */
export async function continueBulk(workspaceId: WorkspaceId, id: string, budgetMs = 8_000): Promise<"more" | "done"> {
  const deadline = performance.now() + budgetMs;
  for (;;) {
    const outcome = await inWorkspace(workspaceId, (tx) => runBatch(tx, id));
    if (outcome === "done" || performance.now() > deadline) return outcome;
  }
}

/** Its job ended before it was through: what is done stays, can be undone, and an undo can be pressed again. */
export async function endBulk(workspaceId: WorkspaceId, id: string, how: "failed" | "cancelled"): Promise<void> {
  await inWorkspace(workspaceId, async (tx) => {
    await tx.$queryRaw`select id from lead_bulks where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid for update`;
    const bulk = await requireBulk(tx, id);
    if (bulk.status === "running" || bulk.status === "undoing") await finish(tx, bulk, "cancelled", how);
  });
}

async function runBatch(tx: Tx, id: string): Promise<"more" | "done"> {
  await tx.$queryRaw`select id from lead_bulks where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid for update`;
  const bulk = await requireBulk(tx, id);
  const isUndo = bulk.status === "undoing";
  if (bulk.status !== "running" && !isUndo) return "done";
  if (bulk.progressId && (await isCancelRequested(tx, bulk.progressId))) return finish(tx, bulk, "cancelled");
  const items = await tx.leadBulkItem.findMany({ where: { bulkId: id, done: isUndo }, orderBy: { leadId: "asc" }, take: BATCH });
  if (items.length === 0) return finish(tx, bulk, isUndo ? "undone" : "done");
  const ids = items.map((item) => item.leadId);
  const verb = bulkVerb.parse(bulk.verb);
  const before = isUndo ? await putBack(tx, verb, items, bulk.actorId) : await act(tx, verb, ids, bulk.actorId);
  await tx.$executeRaw`
    update lead_bulk_items i set done = ${!isUndo}, before = b.before
    from unnest(${ids}::uuid[], ${ids.map((leadId) => before.get(leadId) ?? "none")}::text[]) as b(lead_id, before)
    where i.workspace_id = ${tx.workspaceId}::uuid and i.bulk_id = ${id}::uuid and i.lead_id = b.lead_id`;
  if (bulk.progressId) {
    const done = await tx.leadBulkItem.count({ where: { bulkId: id, done: true } });
    const whole = isUndo
      ? ((await tx.progress.findFirst({ where: { id: bulk.progressId }, select: { totalCount: true } }))?.totalCount ?? done)
      : 0;
    await advanceProgress(tx, { id: bulk.progressId, done: isUndo ? whole - done : done });
  }
  return "more";
}

/** Returns, for each person who changed, what undoing needs. */
async function act(tx: Tx, verb: BulkVerb, ids: string[], actorId: string): Promise<Map<string, string>> {
  switch (verb.kind) {
    case "assign":
      return new Map((await assignLeads(tx, ids, verb.ownerId, actorId)).map((row) => [row.id, row.before]));
    case "add_to_list":
      return new Map((await addToList(tx, verb.listId, ids)).map((id) => [id, "added"]));
    case "delete":
      return new Map((await deleteLeads(tx, ids, actorId)).map((id) => [id, "living"]));
    case "restore":
      return new Map((await restoreLeads(tx, ids, actorId)).map((id) => [id, "deleted"]));
    case "do_not_contact": {
      const people = await tx.lead.findMany({ where: { id: { in: ids }, email: { not: null } }, select: { id: true, email: true } });
      await suppressMany(
        tx,
        people.flatMap(({ email }) =>
          email ? [{ kind: "address" as const, value: email, reason: verb.reason, createdById: actorId }] : [],
        ),
      );
      return new Map(people.map(({ id }) => [id, "closed"]));
    }
  }
}

async function putBack(
  tx: Tx,
  verb: BulkVerb,
  items: readonly { leadId: string; before: string | null }[],
  actorId: string,
): Promise<Map<string, string>> {
  const changed = items.filter((item) => item.before !== null && item.before !== "none");
  const ids = changed.map((item) => item.leadId);
  if (verb.kind === "delete") await restoreLeads(tx, ids, actorId);
  if (verb.kind === "restore") await deleteLeads(tx, ids, actorId);
  if (verb.kind === "add_to_list") await removeFromList(tx, verb.listId, ids);
  if (verb.kind === "assign") await giveBack(tx, verb.ownerId, changed, actorId);
  return new Map();
}

/** Whom somebody gave to a third one meanwhile, and whose owner before has left, stay where they are. */
async function giveBack(
  tx: Tx,
  givenTo: string,
  changed: readonly { leadId: string; before: string | null }[],
  actorId: string,
): Promise<void> {
  const ids = changed.map((item) => item.leadId);
  const still = new Set(
    (await tx.lead.findMany({ where: { id: { in: ids }, ownerId: givenTo }, select: { id: true } })).map(({ id }) => id),
  );
  const before = [...new Set(changed.flatMap((item) => item.before ?? []))];
  const here = await tx.member.findMany({ where: { userId: { in: before }, removedAt: null }, select: { userId: true } });
  for (const { userId } of here) {
    const theirs = changed.filter((item) => item.before === userId && still.has(item.leadId)).map((item) => item.leadId);
    await assignLeads(tx, theirs, userId, actorId);
  }
}

async function finish(
  tx: Tx,
  bulk: { id: string; progressId: string | null; total: number; status: string },
  status: "done" | "cancelled" | "undone",
  shown: "done" | "cancelled" | "failed" = status === "undone" ? "done" : status,
): Promise<"done"> {
  await tx.leadBulk.updateMany({ where: { id: bulk.id }, data: { status } });
  if (!bulk.progressId) return "done";
  const count = await tx.leadBulkItem.count({ where: { bulkId: bulk.id, done: true } });
  const result =
    bulk.status === "undoing"
      ? count === 0
        ? "Everybody is as they were."
        : `Stopped: ${count.toLocaleString("en")} people are still changed. Undo goes on where it stopped.`
      : `${count.toLocaleString("en")} of ${bulk.total.toLocaleString("en")} people.`;
  await finishProgress(tx, { id: bulk.progressId, status: shown, result });
  return "done";
}

async function selectedIds(tx: Tx, selection: LeadSelection, verb: BulkVerb, by: Viewer): Promise<string[]> {
  if ("ids" in selection) return listLeadIds(tx, { ids: selection.ids, deleted: verb.kind === "restore" }, [], by);
  return listLeadIds(tx, selection.all, selection.except, by);
}

async function requireBulk(tx: Tx, id: string) {
  const bulk = await tx.leadBulk.findFirst({ where: { id } });
  if (!bulk) throw new AppError("NOT_FOUND", "This change can no longer be undone.");
  return bulk;
}

function titleOf(verb: BulkVerb): string {
  return {
    assign: "Giving people a new owner",
    add_to_list: "Adding people to a list",
    do_not_contact: "Closing people",
    delete: "Deleting people",
    restore: "Restoring people",
  }[verb.kind];
}
