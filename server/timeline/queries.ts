import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { type ActivityRow, groupOfActivity, type ListTimelineInput, type TimelineGroup } from "./schema.ts";

type Row = Omit<ActivityRow, "group">;
const place = z.object({ at: z.string(), id: z.uuid() });

const PREFIXES: Record<Exclude<TimelineGroup, "all">, string[]> = {
  mail: ["message/%", "reply/%", "mail/%", "draft/%"],
  calls: ["call/%", "meeting/%", "task/%"],
  changes: [],
};

/** One stream of what happened to one person, newest first. Texts are read from the rows that an entry points to, so nothing personal is stored twice. */
export async function listTimeline(tx: Tx, input: ListTimelineInput): Promise<{ items: ActivityRow[]; nextCursor?: string }> {
  const list = listName("timeline", { leadId: input.leadId, group: input.group });
  const after = input.cursor ? openCursor(list, input.cursor, place) : null;
  // The page first, with what its entries point to as ids: row security lets no index be used for a key that is dug out of JSON in a join.
  const rows = await tx.$queryRaw<Row[]>`
    with page as materialized (
      select a.*, (a.detail->>'replyId')::uuid as reply_id, (a.detail->>'messageId')::uuid as message_id, (a.detail->>'importId')::uuid as import_id,
        (a.detail->>'taskId')::uuid as task_id, (a.detail->>'meetingId')::uuid as meeting_id
      from activities a
      where a.workspace_id = ${tx.workspaceId}::uuid and a.lead_id = ${input.leadId}::uuid ${groupFilter(input.group)}
        ${after ? Prisma.sql`and (a.occurred_at, a.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : Prisma.empty}
      order by a.occurred_at desc, a.id desc
      limit ${input.limit + 1}
    )
    select a.id, a.kind, a.occurred_at as "occurredAt", a.actor_id as "actorId", m.full_name as "actorName",
           a.campaign_id as "campaignId", c.name as "campaignName", a.detail,
           coalesce(r.subject, s.subject, i.file_name, t.title, mt.title) as subject
    from page a
    left join members m on m.workspace_id = a.workspace_id and m.user_id = a.actor_id
    left join campaigns c on c.workspace_id = a.workspace_id and c.id = a.campaign_id
    left join replies r on r.workspace_id = a.workspace_id and r.id = a.reply_id
    left join messages s on s.workspace_id = a.workspace_id and s.id = a.message_id
    left join lead_imports i on i.workspace_id = a.workspace_id and i.id = a.import_id
    left join tasks t on t.workspace_id = a.workspace_id and t.id = a.task_id
    left join meetings mt on mt.workspace_id = a.workspace_id and mt.id = a.meeting_id
    order by a.occurred_at desc, a.id desc`;
  const items = rows.slice(0, input.limit).map((row) => ({ ...row, group: groupOfActivity(row.kind) }));
  const last = rows.length > input.limit ? items.at(-1) : undefined;
  if (!last && (input.group === "all" || input.group === "changes")) items.push(...(await arrival(tx, input.leadId)));
  return { items, ...(last && { nextCursor: sealCursor(list, { at: last.occurredAt.toISOString(), id: last.id }) }) };
}

/** A hundred thousand imported people need no hundred thousand rows that say so: the person's own row knows the file and the line. */
async function arrival(tx: Tx, leadId: string): Promise<ActivityRow[]> {
  const rows = await tx.$queryRaw<(Row & { row: number; importId: string })[]>`
    select l.id, 'lead/imported' as kind, l.created_at as "occurredAt", i.created_by_id as "actorId", m.full_name as "actorName", null::uuid as "campaignId",
           null::text as "campaignName", i.file_name as subject, l.import_row as row, i.id as "importId", '{}'::jsonb as detail
    from leads l join lead_imports i on i.workspace_id = l.workspace_id and i.id = l.import_id
    left join members m on m.workspace_id = i.workspace_id and m.user_id = i.created_by_id
    where l.workspace_id = ${tx.workspaceId}::uuid and l.id = ${leadId}::uuid`;
  return rows.map(({ row, importId, ...entry }) => ({ ...entry, group: "changes" as const, detail: { row, importId } }));
}

function groupFilter(group: TimelineGroup): Prisma.Sql {
  if (group === "all") return Prisma.empty;
  if (group !== "changes") return Prisma.sql`and a.kind like any(${PREFIXES[group]}::text[])`;
  return Prisma.sql`and not a.kind like any(${[...PREFIXES.mail, ...PREFIXES.calls]}::text[])`;
}
