import { can } from "#server/auth/constants.ts";
import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { OUTCOME_ESCALATED_AFTER_MS } from "#server/meetings/constants.ts";
import { listVisibleOwners, ownedBy } from "#server/teams/queries.ts";
import type { Whose } from "../queries.ts";
import { MOST_OF_A_KIND, type TodayItem } from "../schema.ts";

type Row = {
  id: string;
  leadId: string | null;
  name: string;
  company: string | null;
  grade: string | null;
  title: string;
  startsAt: Date;
  endsAt: Date;
  zone: string;
  hostId: string;
  hostName: string;
};

/** Of `meetings m`. */
export async function whichMeetings(tx: Tx, whose: Whose): Promise<Prisma.Sql> {
  const overdue = await overdueOfOthers(tx, whose);
  return Prisma.sql`m.workspace_id = ${tx.workspaceId}::uuid and m.state = 'confirmed' and m.outcome is null
    and m.starts_at < ${whose.endOfToday} and (m.host_id = any(${whose.userIds}::uuid[]) ${overdue})`;
}

/** Meetings of today that are still ahead, and those that are over without anybody having said what came of them. */
export async function listMeetingsOfToday(tx: Tx, whose: Whose): Promise<TodayItem[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select m.id, m.lead_id as "leadId", m.attendee_name as name, a.name as company, s.grade, m.title, m.starts_at as "startsAt",
      m.ends_at as "endsAt", m.attendee_zone as zone, m.host_id as "hostId", h.full_name as "hostName"
    from meetings m
    join members h on h.workspace_id = ${tx.workspaceId}::uuid and h.user_id = m.host_id
    left join leads l on l.workspace_id = ${tx.workspaceId}::uuid and l.id = m.lead_id
    left join accounts a on a.workspace_id = ${tx.workspaceId}::uuid and a.id = coalesce(m.account_id, l.account_id)
    left join lead_state s on s.workspace_id = ${tx.workspaceId}::uuid and s.id = m.lead_id
    where ${await whichMeetings(tx, whose)}
    order by m.starts_at limit ${MOST_OF_A_KIND}`;
  return rows.map((row) => {
    const isOver = row.endsAt <= whose.now;
    return {
      key: `meeting:${row.id}`,
      kind: isOver ? ("outcome" as const) : ("meeting" as const),
      subjectId: row.id,
      title: row.name,
      company: row.company,
      grade: row.grade,
      leadId: row.leadId,
      detail: isOver ? "Did it happen?" : row.title,
      state: null,
      at: row.startsAt,
      endsAt: row.endsAt,
      zone: row.zone,
      count: 1,
      why: isOver ? whyOutcome(row, whose) : "Meetings of today come after answers, by their time.",
      href: isOver ? "/meetings/needs-outcome" : "/meetings",
      ownerId: row.hostId,
      ownerName: row.hostName,
      task: null,
    };
  });
}

function whyOutcome(row: Row, whose: Whose): string {
  const isMine = whose.userIds.includes(row.hostId);
  return isMine
    ? "It is over and nobody said what came of it. Until then its deal counts in no sum."
    : `${row.hostName} did not say what came of it for three days, so it is shown to the manager too.`;
}

/** After three days a manager sees it too. */
async function overdueOfOthers(tx: Tx, whose: Whose): Promise<Prisma.Sql> {
  const isOwnDay = whose.userIds.includes(whose.viewer.userId);
  if (!isOwnDay || whose.everybody || !can(whose.viewer.role, "analytics:team")) return Prisma.empty;
  const visible = await listVisibleOwners(tx, whose.viewer);
  return Prisma.sql`or (m.ends_at <= ${new Date(whose.now.getTime() - OUTCOME_ESCALATED_AFTER_MS)} ${ownedBy(Prisma.sql`m.host_id`, visible)})`;
}
