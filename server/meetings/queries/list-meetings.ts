import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { listVisibleOwners, ownedBy, type Viewer } from "#server/teams/queries.ts";
import { meetingStateAt } from "../domain/meeting-state.ts";
import type { MeetingRow } from "../schema.ts";

type ListInput = {
  tab: "upcoming" | "needs-outcome" | "all";
  hostId?: string | undefined;
  leadId?: string | undefined;
  limit: number;
  cursor?: string | undefined;
};
type StoredRow = Omit<MeetingRow, "state"> & { state: string; outcome: string | null };

const columns = Prisma.sql`
  m.id, m.title, m.state, m.outcome, m.starts_at as "startsAt", m.ends_at as "endsAt", m.host_id as "hostId", h.full_name as "hostName",
  m.host_zone as "hostZone", m.attendee_name as "attendeeName", m.attendee_email as "attendeeEmail", m.attendee_zone as "attendeeZone",
  m.guests, m.place, m.answer, m.cancelled_by as "cancelledBy", m.moved_from_at as "movedFromAt", m.attendee_answer as "attendeeAnswer",
  m.proposed_at as "proposedAt", m.sequence, m.lead_id as "leadId",
  a.name as company, s.grade, m.campaign_id as "campaignId", c.name as "campaignName", m.deal_id as "dealId", m.created_at as "createdAt"`;
const joins = Prisma.sql`
  join members h on h.workspace_id = m.workspace_id and h.user_id = m.host_id
  left join leads l on l.workspace_id = m.workspace_id and l.id = m.lead_id
  left join accounts a on a.workspace_id = m.workspace_id and a.id = coalesce(m.account_id, l.account_id)
  left join lead_state s on s.workspace_id = m.workspace_id and s.id = m.lead_id
  left join campaigns c on c.workspace_id = m.workspace_id and c.id = m.campaign_id`;

/** Upcoming comes soonest first; what waits for an outcome and everything else newest first. */
export async function listMeetings(tx: Tx, viewer: Viewer, input: ListInput) {
  const { cursor, limit, ...filter } = input;
  const list = listName("meetings", filter);
  const after = cursor ? openCursor(list, cursor, z.object({ at: z.string(), id: z.uuid() })) : null;
  const owners = await listVisibleOwners(tx, viewer);
  const scope = Prisma.sql`m.workspace_id = ${tx.workspaceId}::uuid ${ownedBy(Prisma.sql`m.host_id`, owners)}
    ${filter.hostId ? Prisma.sql`and m.host_id = ${filter.hostId}::uuid` : Prisma.empty}
    ${filter.leadId ? Prisma.sql`and m.lead_id = ${filter.leadId}::uuid` : Prisma.empty}`;
  const upcoming = Prisma.sql`m.state = 'confirmed' and m.outcome is null and m.ends_at > ${tx.now}`;
  const needsOutcome = Prisma.sql`m.state = 'confirmed' and m.outcome is null and m.ends_at <= ${tx.now}`;
  const tab = { upcoming, "needs-outcome": needsOutcome, all: Prisma.sql`true` }[filter.tab];
  const [order, compare] =
    filter.tab === "upcoming" ? [Prisma.sql`m.starts_at, m.id`, Prisma.sql`>`] : [Prisma.sql`m.starts_at desc, m.id desc`, Prisma.sql`<`];
  const rows = await tx.$queryRaw<StoredRow[]>`
    select ${columns} from meetings m ${joins}
    where ${scope} and ${tab} ${after ? Prisma.sql`and (m.starts_at, m.id) ${compare} (${new Date(after.at)}, ${after.id}::uuid)` : Prisma.empty}
    order by ${order} limit ${limit + 1}`;
  const [counts] = await tx.$queryRaw<{ upcoming: number; needsOutcome: number; all: number }[]>`
    select (select count(*) from meetings m where ${scope} and ${upcoming})::int as upcoming,
      (select count(*) from meetings m where ${scope} and ${needsOutcome})::int as "needsOutcome",
      (select count(*) from meetings m where ${scope})::int as "all"`;
  const items = rows.slice(0, limit).map((row) => readMeeting(row, tx.now));
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items,
    now: tx.now,
    counts: counts ?? { upcoming: 0, needsOutcome: 0, all: 0 },
    ...(last && { nextCursor: sealCursor(list, { at: last.startsAt.toISOString(), id: last.id }) }),
  };
}

export async function getMeeting(tx: Tx, viewer: Viewer, id: string): Promise<MeetingRow> {
  const owners = await listVisibleOwners(tx, viewer);
  const [row] = await tx.$queryRaw<StoredRow[]>`
    select ${columns} from meetings m ${joins}
    where m.workspace_id = ${tx.workspaceId}::uuid and m.id = ${id}::uuid ${ownedBy(Prisma.sql`m.host_id`, owners)}`;
  if (!row) throw new AppError("NOT_FOUND", "This meeting no longer exists.");
  return readMeeting(row, tx.now);
}

function readMeeting({ outcome, ...row }: StoredRow, now: Date): MeetingRow {
  return { ...row, state: meetingStateAt({ ...row, outcome }, now) };
}
