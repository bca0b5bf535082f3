import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { listVisibleOwners, ownedBy, type Viewer } from "#server/teams/queries.ts";
import { type TaskRow, taskProposal } from "./schema.ts";

export type TaskFilter = { status: "open" | "done" | "dropped"; ownerId?: string | undefined; leadId?: string | undefined };

const GRADE_LAST = "Z";
const select = Prisma.sql`
  select t.id, t.kind, t.title, t.note, t.status, t.due_at as "dueAt", t.done_at as "doneAt", t.owner_id as "ownerId",
    o.full_name as "ownerName", t.lead_id as "leadId", l.full_name as "leadName", a.name as company, s.grade, l.phone,
    t.deal_id as "dealId", t.reply_id as "replyId", t.meeting_id as "meetingId", t.campaign_id as "campaignId", t.proposal
  from tasks t
  join members o on o.workspace_id = t.workspace_id and o.user_id = t.owner_id
  left join leads l on l.workspace_id = t.workspace_id and l.id = t.lead_id
  left join accounts a on a.workspace_id = t.workspace_id and a.id = coalesce(t.account_id, l.account_id)
  left join lead_state s on s.workspace_id = t.workspace_id and s.id = t.lead_id`;

/** Open ones by due date, then grade; the rest newest first. */
export async function listTasks(tx: Tx, viewer: Viewer, input: TaskFilter & { limit: number; cursor?: string | undefined }) {
  const { cursor, limit, ...filter } = input;
  const list = listName("tasks", filter);
  const isOpen = filter.status === "open";
  const after = cursor ? openCursor(list, cursor, z.object({ at: z.string(), grade: z.string(), id: z.uuid() })) : null;
  const owners = await listVisibleOwners(tx, viewer);
  const grade = Prisma.sql`coalesce(s.grade, ${GRADE_LAST})`;
  // CASE and not coalesce(): under row security only what cannot leak may become an index condition.
  const at = isOpen ? Prisma.sql`t.due_at` : Prisma.sql`case when t.done_at is null then t.due_at else t.done_at end`;
  const place = after ? Prisma.sql`(${new Date(after.at)}, ${after.grade}, ${after.id}::uuid)` : Prisma.empty;
  const rows = await tx.$queryRaw<TaskRow[]>`
    ${select}
    where t.workspace_id = ${tx.workspaceId}::uuid and t.status = ${filter.status} ${ownedBy(Prisma.sql`t.owner_id`, owners)}
      ${filter.ownerId ? Prisma.sql`and t.owner_id = ${filter.ownerId}::uuid` : Prisma.empty}
      ${filter.leadId ? Prisma.sql`and t.lead_id = ${filter.leadId}::uuid` : Prisma.empty}
      ${after ? Prisma.sql`and ${at} ${isOpen ? Prisma.sql`>=` : Prisma.sql`<=`} ${new Date(after.at)} and (${at}, ${grade}, t.id) ${isOpen ? Prisma.sql`>` : Prisma.sql`<`} ${place}` : Prisma.empty}
    order by ${isOpen ? Prisma.sql`${at}, ${grade}, t.id` : Prisma.sql`${at} desc, ${grade} desc, t.id desc`}
    limit ${limit + 1}`;
  const items = rows.slice(0, limit).map(readTask);
  const last = rows.length > limit ? items.at(-1) : undefined;
  if (!last) return { items };
  const lastAt = isOpen ? last.dueAt : (last.doneAt ?? last.dueAt);
  return { items, nextCursor: sealCursor(list, { at: lastAt.toISOString(), grade: last.grade ?? GRADE_LAST, id: last.id }) };
}

/** One task, if this person may see it. */
export async function getTask(tx: Tx, viewer: Viewer, id: string): Promise<TaskRow> {
  const owners = await listVisibleOwners(tx, viewer);
  const [row] = await tx.$queryRaw<TaskRow[]>`
    ${select} where t.workspace_id = ${tx.workspaceId}::uuid and t.id = ${id}::uuid ${ownedBy(Prisma.sql`t.owner_id`, owners)}`;
  if (!row) throw new AppError("NOT_FOUND", "This task no longer exists.");
  return readTask(row);
}

function readTask(row: TaskRow): TaskRow {
  // A proposal of an older shape is shown as none rather than breaking the queue.
  return { ...row, proposal: taskProposal.safeParse(row.proposal).data ?? null };
}
