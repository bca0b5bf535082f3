import { can } from "#server/auth/constants.ts";
import type { Tx } from "#server/core/db.ts";
import { listVisibleOwners, type Viewer } from "#server/teams/queries.ts";
import { estimateMinutes, orderQueue } from "./domain/order-queue.ts";
import { endOfDay } from "./domain/today-window.ts";
import { countQueue } from "./queries/count-queue.ts";
import { listAnswers } from "./queries/list-answers.ts";
import { listDraftsWaiting } from "./queries/list-drafts-waiting.ts";
import { listHealth } from "./queries/list-health.ts";
import { listMeetingsOfToday } from "./queries/list-meetings-of-today.ts";
import { countLateTasks, listTasksOfToday } from "./queries/list-tasks-of-today.ts";
import { whatComesNext } from "./queries/what-comes-next.ts";
import type { TodayInput, TodayView } from "./schema.ts";

/** Whose things are looked at. `everybody`: the whole workspace, with what nobody owns. */
export type Whose = { userIds: string[]; everybody: boolean; viewer: Viewer; now: Date; endOfToday: Date };

/** One queue of what one person must do, in the fixed order of the screen. Each thing once. */
export async function getToday(tx: Tx, viewer: Viewer, input: TodayInput): Promise<TodayView> {
  const me = await tx.member.findFirst({ where: { userId: viewer.userId }, select: { timeZone: true } });
  const zone = me?.timeZone ?? "UTC";
  const people = await lookable(tx, viewer);
  const covered = await listCovered(tx, viewer);
  const whose = { ...(await choose(input.who, viewer, people, covered)), viewer, now: tx.now, endOfToday: endOfDay(tx.now, zone) };
  const items = orderQueue(await collect(tx, whose), tx.now);
  return {
    now: tx.now,
    zone,
    items,
    total: items.reduce((sum, item) => sum + item.count, 0),
    minutes: estimateMinutes(items),
    lateTasks: await countLateTasks(tx, whose),
    next: await whatComesNext(tx, whose),
    covering:
      input.who === "me"
        ? covered.map(({ fullName, awayUntil }) => ({ name: fullName, untilOn: awayUntil.toISOString().slice(0, 10) }))
        : [],
    people,
  };
}

/** How many things wait for the viewer, for the rail: what getToday would count. `zone` is the viewer's. */
export async function countToday(tx: Tx, viewer: Viewer, zone: string): Promise<number> {
  const covered = await listCovered(tx, viewer);
  const userIds = [viewer.userId, ...covered.map((each) => each.userId)];
  return countQueue(tx, { userIds, everybody: false, viewer, now: tx.now, endOfToday: endOfDay(tx.now, zone) });
}

/** Colleagues who are away and whose things the viewer does meanwhile. */
function listCovered(tx: Tx, viewer: Viewer) {
  return tx.$queryRaw<{ userId: string; fullName: string; awayUntil: Date }[]>`
    select user_id as "userId", full_name as "fullName", away_until as "awayUntil" from members
    where workspace_id = ${tx.workspaceId}::uuid and covered_by_id = ${viewer.userId}::uuid and removed_at is null
      and away_from <= (${tx.now}::timestamptz at time zone time_zone)::date and away_until >= (${tx.now}::timestamptz at time zone time_zone)::date
    order by full_name, user_id`;
}

async function collect(tx: Tx, whose: Whose) {
  const sections = [listAnswers, listMeetingsOfToday, listDraftsWaiting, listTasksOfToday, listHealth];
  const found = [];
  // One connection carries the transaction, so the reads follow each other.
  for (const list of sections) found.push(...(await list(tx, whose)));
  return found;
}

/** Managers look at other people's days too, as far as they may see them. */
async function lookable(tx: Tx, viewer: Viewer): Promise<{ userId: string; name: string }[]> {
  const visible = can(viewer.role, "analytics:team") ? await listVisibleOwners(tx, viewer) : [viewer.userId];
  const members = await tx.member.findMany({
    where: { removedAt: null, ...(visible === null ? {} : { userId: { in: visible } }) },
    select: { userId: true, fullName: true },
    orderBy: { fullName: "asc" },
  });
  return members.map((member) => ({ userId: member.userId, name: member.fullName }));
}

async function choose(who: TodayInput["who"], viewer: Viewer, people: { userId: string }[], covered: { userId: string }[]) {
  if (who === "team" && people.length > 1) return { userIds: people.map((person) => person.userId), everybody: true };
  const isLookable = who !== "me" && who !== "team" && people.some((person) => person.userId === who);
  if (isLookable) return { userIds: [who], everybody: false };
  return { userIds: [viewer.userId, ...covered.map((each) => each.userId)], everybody: false };
}
