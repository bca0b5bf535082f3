import { dayAt, isoDay } from "#server/campaigns/domain/zone-days.ts";
import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { listVisibleOwners, ownedBy, type Viewer, whereOwner } from "#server/teams/queries.ts";
import { weekKeys, weekMeasures } from "../constants.ts";
import { type ReportRange, reportRange } from "../domain/report-range.ts";
import type { ReportInput, WeekKey, WeekReport } from "../schema.ts";
import { allWeekEvents, isHumanReply } from "./week-events.ts";

type Counted = { key: WeekKey; isNow: boolean; ownerId: string | null; isTotal: boolean; things: number; people: number; cents: number };

/** One week by when things happened, beside the week before, in total and by person. */
export async function getWeek(tx: Tx, viewer: Viewer, input: ReportInput): Promise<WeekReport> {
  const workspace = await tx.workspace.findFirstOrThrow({ where: { id: tx.workspaceId }, select: { timeZone: true } });
  const range = reportRange(input, tx.now, workspace.timeZone);
  const owners = await whose(tx, viewer, input.ownerId);
  const rows = await tx.$queryRaw<Counted[]>`
    with events as (${allWeekEvents(tx, { from: range.before, to: range.to })})
    select key, at >= ${range.from} as "isNow", owner_id as "ownerId", grouping(owner_id) = 1 as "isTotal",
      count(*)::int as things, count(distinct lead_id)::int as people, coalesce(sum(cents), 0)::double precision as cents
    from events e where true ${ownedBy(Prisma.sql`e.owner_id`, owners)}
    group by grouping sets ((key, 2), (key, 2, owner_id))`;
  const answers = await medianAnswers(tx, range);
  const members = await tx.member.findMany({
    where: owners === null ? { removedAt: null } : { userId: { in: owners }, removedAt: null },
    select: { userId: true, fullName: true, role: true },
    orderBy: { fullName: "asc" },
  });
  const pipeline = await tx.pipeline.findFirst({ orderBy: { createdAt: "asc" }, select: { currency: true } });
  const people = members.map((member) => ({
    userId: member.userId,
    name: member.fullName,
    numbers: numbersOf(rows.filter((row) => row.isNow && !row.isTotal && row.ownerId === member.userId)),
    medianAnswerMinutes: answers.get(member.userId) ?? null,
  }));
  const total = numbersOf(rows.filter((row) => row.isNow && row.isTotal));
  const lastMail = hasNumbers(total) ? null : await lastMailAt(tx, owners);
  const lastMailOn = lastMail && reportRange({}, lastMail, workspace.timeZone).firstOn;
  return {
    from: range.from,
    to: range.to,
    firstOn: range.firstOn,
    lastOn: range.lastOn,
    previousOn: range.previousOn,
    nextOn: range.nextOn,
    zone: workspace.timeZone,
    currency: pipeline?.currency ?? "EUR",
    now: tx.now,
    total,
    before: numbersOf(rows.filter((row) => !row.isNow && row.isTotal)),
    people: people.filter((person) => hasNumbers(person.numbers)),
    oldestUnanswered: await oldestUnanswered(tx, owners),
    risks: await countRisks(tx, owners, isoDay(dayAt(workspace.timeZone, tx.now.getTime()))),
    hasEverSent: (await tx.message.findFirst({ where: { status: "sent", purpose: "campaign" }, select: { id: true } })) !== null,
    lastMailOn: lastMailOn === range.firstOn ? null : lastMailOn,
  };
}

/** Whose numbers: those one may see, narrowed to one person when asked. */
export async function whose(tx: Tx, viewer: Viewer, ownerId: string | undefined): Promise<string[] | null> {
  const visible = await listVisibleOwners(tx, viewer);
  if (!ownerId) return visible;
  return visible === null || visible.includes(ownerId) ? [ownerId] : [];
}

const hasNumbers = (numbers: Record<WeekKey, number>) => weekKeys.some((key) => numbers[key] > 0);

/** When a mail last left a mailbox of theirs, also of one that was removed since. */
async function lastMailAt(tx: Tx, owners: string[] | null): Promise<Date | null> {
  const newest = await tx.mailbox.aggregate({ where: whereOwner(owners), _max: { lastSentAt: true } });
  return newest._max.lastSentAt;
}

function numbersOf(rows: readonly Counted[]): Record<WeekKey, number> {
  const count = (key: WeekKey) => {
    const row = rows.find((each) => each.key === key);
    const { unit } = weekMeasures[key];
    return (unit === "money" ? row?.cents : unit === "people" ? row?.people : row?.things) ?? 0;
  };
  return Object.fromEntries(weekKeys.map((key) => [key, count(key)])) as Record<WeekKey, number>;
}

async function medianAnswers(tx: Tx, { from, to }: ReportRange): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ ownerId: string; minutes: number }[]>`
    select r.owner_id as "ownerId", percentile_cont(0.5) within group (order by extract(epoch from r.answered_at - r.received_at) / 60)::double precision as minutes
    from replies r where r.workspace_id = ${tx.workspaceId}::uuid and r.received_at >= ${from} and r.received_at < ${to}
      and r.answered_at is not null and r.owner_id is not null and ${isHumanReply} group by 1`;
  return new Map(rows.map((row) => [row.ownerId, row.minutes]));
}

async function oldestUnanswered(tx: Tx, owners: string[] | null): Promise<WeekReport["oldestUnanswered"]> {
  const [row] = await tx.$queryRaw<{ replyId: string; name: string; receivedAt: Date }[]>`
    select r.id as "replyId", coalesce(a.name, l.full_name, r.from_address) as name, r.received_at as "receivedAt"
    from replies r left join leads l on l.workspace_id = ${tx.workspaceId}::uuid and l.id = r.lead_id
    left join accounts a on a.workspace_id = ${tx.workspaceId}::uuid and a.id = l.account_id
    where r.workspace_id = ${tx.workspaceId}::uuid and r.status = 'needs_me' ${ownedBy(Prisma.sql`r.owner_id`, owners)}
    order by r.received_at, r.id limit 1`;
  return row ?? null;
}

/** `today`: by the workspace's calendar. A deal that closes on it is not past. */
async function countRisks(tx: Tx, owners: string[] | null, today: string): Promise<WeekReport["risks"]> {
  const [row] = await tx.$queryRaw<WeekReport["risks"][]>`
    select
      (select count(*) from deals d where d.workspace_id = ${tx.workspaceId}::uuid and d.closed_at is null and d.close_on < ${today}::date
        ${ownedBy(Prisma.sql`d.owner_id`, owners)})::int as "dealsPastClose",
      (select count(*) from meetings m where m.workspace_id = ${tx.workspaceId}::uuid and m.state = 'confirmed' and m.outcome is null and m.ends_at <= ${tx.now}
        ${ownedBy(Prisma.sql`m.host_id`, owners)})::int as "meetingsWithoutOutcome",
      (select count(*) from mailboxes b where b.workspace_id = ${tx.workspaceId}::uuid and b.removed_at is null and b.status in ('cannot_send', 'cannot_read', 'stopped')
        ${ownedBy(Prisma.sql`b.owner_id`, owners)})::int as "mailboxesInTrouble"`;
  return row ?? { dealsPastClose: 0, meetingsWithoutOutcome: 0, mailboxesInTrouble: 0 };
}
