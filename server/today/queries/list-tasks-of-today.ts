import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { taskKind, taskProposal } from "#server/tasks/schema.ts";
import type { Whose } from "../queries.ts";
import { MOST_OF_A_KIND, type TodayItem } from "../schema.ts";

const OLD_MS = 10 * 86_400_000;

type Row = {
  id: string;
  kind: string;
  title: string;
  note: string | null;
  dueAt: Date;
  leadId: string | null;
  leadName: string | null;
  company: string | null;
  grade: string | null;
  phone: string | null;
  proposal: unknown;
  ownerId: string;
  ownerName: string;
  dealId: string | null;
  campaign: string | null;
};

/** Of `tasks t`. */
export function whichTasks(tx: Tx, whose: Whose): Prisma.Sql {
  return Prisma.sql`t.workspace_id = ${tx.workspaceId}::uuid and t.owner_id = any(${whose.userIds}::uuid[]) and t.status = 'open'
    and t.due_at < ${whose.endOfToday}`;
}

/** Open tasks that are due by the end of today. */
export async function listTasksOfToday(tx: Tx, whose: Whose): Promise<TodayItem[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select t.id, t.kind, t.title, t.note, t.due_at as "dueAt", t.lead_id as "leadId", l.full_name as "leadName", a.name as company, s.grade,
      l.phone, t.proposal, t.owner_id as "ownerId", o.full_name as "ownerName", t.deal_id as "dealId", c.name as campaign
    from tasks t
    join members o on o.workspace_id = ${tx.workspaceId}::uuid and o.user_id = t.owner_id
    left join leads l on l.workspace_id = ${tx.workspaceId}::uuid and l.id = t.lead_id
    left join accounts a on a.workspace_id = ${tx.workspaceId}::uuid and a.id = coalesce(t.account_id, l.account_id)
    left join lead_state s on s.workspace_id = ${tx.workspaceId}::uuid and s.id = t.lead_id
    left join campaigns c on c.workspace_id = ${tx.workspaceId}::uuid and c.id = t.campaign_id
    where ${whichTasks(tx, whose)}
    order by t.due_at, t.id limit ${MOST_OF_A_KIND}`;
  return rows.map((row) => ({
    key: `task:${row.id}`,
    kind: "task" as const,
    subjectId: row.id,
    title: row.title,
    company: row.company,
    grade: row.grade,
    leadId: row.leadId,
    detail: [row.leadName && !row.title.includes(row.leadName) ? row.leadName : null, row.campaign, row.note].filter(Boolean).join(" · "),
    state: row.dueAt < whose.now ? "late" : null,
    at: row.dueAt,
    endsAt: null,
    zone: null,
    count: 1,
    why: "Tasks come by due time, then by grade.",
    href: row.leadId ? `/leads/${row.leadId}` : row.dealId ? `/deals/${row.dealId}` : "/today",
    ownerId: row.ownerId,
    ownerName: row.ownerName,
    task: {
      kind: taskKind.safeParse(row.kind).data ?? "other",
      note: row.note,
      phone: row.phone,
      proposal: taskProposal.safeParse(row.proposal).data ?? null,
    },
  }));
}

/** "27 are older than 10 days." */
export async function countLateTasks(tx: Tx, whose: Whose): Promise<number> {
  return tx.task.count({
    where: { status: "open", ownerId: { in: whose.userIds }, dueAt: { lt: new Date(whose.now.getTime() - OLD_MS) } },
  });
}
