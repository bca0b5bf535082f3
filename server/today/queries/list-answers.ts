import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import type { Whose } from "../queries.ts";
import { MOST_OF_A_KIND, type TodayItem } from "../schema.ts";

type Row = {
  id: string;
  leadId: string | null;
  name: string;
  company: string | null;
  grade: string | null;
  text: string;
  class: string;
  receivedAt: Date;
  ownerId: string | null;
  ownerName: string | null;
};

/** Of `replies r`. */
export function whichAnswers(tx: Tx, whose: Whose): Prisma.Sql {
  return Prisma.sql`r.workspace_id = ${tx.workspaceId}::uuid and r.status = 'needs_me'
    and (r.owner_id = any(${whose.userIds}::uuid[]) ${whose.everybody ? Prisma.sql`or r.owner_id is null` : Prisma.empty})`;
}

/** Replies that wait for a person. What nobody owns waits for everybody who looks at the whole team. */
export async function listAnswers(tx: Tx, whose: Whose): Promise<TodayItem[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select r.id, r.lead_id as "leadId", coalesce(l.full_name, r.from_name, r.from_address) as name, a.name as company, s.grade, r.text, r.class,
      r.received_at as "receivedAt", r.owner_id as "ownerId", o.full_name as "ownerName"
    from replies r
    left join leads l on l.workspace_id = ${tx.workspaceId}::uuid and l.id = r.lead_id
    left join accounts a on a.workspace_id = ${tx.workspaceId}::uuid and a.id = l.account_id
    left join lead_state s on s.workspace_id = ${tx.workspaceId}::uuid and s.id = r.lead_id
    left join members o on o.workspace_id = ${tx.workspaceId}::uuid and o.user_id = r.owner_id
    where ${whichAnswers(tx, whose)}
    order by r.received_at limit ${MOST_OF_A_KIND}`;
  return rows.map((row) => ({
    key: `answer:${row.id}`,
    kind: "answer" as const,
    subjectId: row.id,
    title: row.name,
    company: row.company,
    grade: row.grade,
    leadId: row.leadId,
    detail: firstLine(row.text),
    state: row.class,
    at: row.receivedAt,
    endsAt: null,
    zone: null,
    count: 1,
    why: `Answers come first, the longest waiting and the best graded before others${row.grade ? `; this one is graded ${row.grade}` : ""}.`,
    href: `/inbox?open=${row.id}`,
    ownerId: row.ownerId,
    ownerName: row.ownerName,
    task: null,
  }));
}

/** Their first words that say something: a greeting on a line of its own is passed over. */
function firstLine(text: string): string {
  const lines = text
    .split("\n")
    .map((each) => each.trim())
    .filter((each) => each.length > 0);
  const isGreeting = (line: string | undefined) => line !== undefined && line.length <= 40 && /[,!:]$/.test(line);
  const line = (isGreeting(lines[0]) ? (lines[1] ?? lines[0]) : lines[0]) ?? "";
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}
