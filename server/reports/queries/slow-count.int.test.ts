import { describe, expect, it } from "vitest";
import { newId } from "#server/core/ids.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead, testMeetingRoom } from "#server/testing/meetings.ts";
import { testReply, testSentMail } from "#server/testing/reports.ts";
import { testMember } from "#server/testing/workspace.ts";
import { countToday, getToday } from "#server/today/queries.ts";
import { weekKeys, weekMeasures } from "../constants.ts";
import type { WeekKey } from "../schema.ts";
import { getFunnel } from "./get-funnel.ts";
import { getWeek } from "./get-week.ts";
import { listRows } from "./list-rows.ts";

await testDatabase();

/** Random things around a change of the clocks, kept beside the database and counted one by one, by the day on the wall. */
const HOUR = 3_600_000;
const changes = [
  { timeZone: "America/Los_Angeles", at: "2026-03-08T10:00:00Z", seed: 11 },
  { timeZone: "Europe/Lisbon", at: "2026-10-25T01:00:00Z", seed: 12 },
  // The clocks go at midnight: a day begins at one, or a day's first hour is there twice.
  { timeZone: "America/Havana", at: "2026-03-08T05:00:00Z", seed: 13 },
  { timeZone: "Africa/Cairo", at: "2026-10-29T21:00:00Z", seed: 14 },
  { timeZone: "Atlantic/Azores", at: "2026-10-25T01:00:00Z", seed: 15 },
  { timeZone: "Pacific/Auckland", at: "2026-09-26T14:00:00Z", seed: 16 },
];

type Event = { key: WeekKey; leadId: string | null; ownerId: string; at: Date; cents: number };

async function story(change: (typeof changes)[number]) {
  const middle = Date.parse(change.at);
  const dice = random(change.seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(dice() * of.length)] as T;
  // Every third thing lies within a day of the change, on the hour or a millisecond before it.
  const when = () => {
    const hours = dice() < 0.34 ? Math.round((dice() - 0.5) * 52) : Math.round((dice() - 0.5) * 24 * 36);
    return new Date(middle + hours * HOUR - pick([0, 0, 1, 1_800_000]));
  };
  const room = await testMeetingRoom({ clockAt: new Date(middle - 60 * 24 * HOUR).toISOString(), timeZone: change.timeZone });
  const owners = [room.userId, await testMember(room, { fullName: "Marta Lopes" }), await testMember(room, { fullName: "Otis Park" })];
  const leads: { id: string; ownerId: string }[] = [];
  for (let n = 0; n < 12; n++) {
    const ownerId = pick(owners);
    leads.push({ id: (await testLead(room, { fullName: `Lead ${n}`, email: `p${n}@c${n % 5}.example`, ownerId })).id, ownerId });
  }
  const events: Event[] = [];
  const [deals, meetings, replies, tasks] = [
    [] as { closeOn: string | null; isClosed: boolean; ownerId: string }[],
    [] as { startsAt: Date; endsAt: Date; state: string; outcome: string | null; ownerId: string; leadId: string }[],
    [] as { status: string; ownerId: string; class: string; isAutomatic: boolean; leadId: string; at: Date; answeredAt?: Date }[],
    [] as { dueAt: Date; ownerId: string }[],
  ];
  await room.run(async (tx) => {
    const mark = (key: WeekKey, leadId: string | null, ownerId: string, at: Date, cents = 0) =>
      events.push({ key, leadId, ownerId, at, cents });
    for (let n = 0; n < 60; n++) {
      const [lead, at, purpose] = [pick(leads), when(), pick(["campaign", "campaign", "meeting"] as const)];
      await testSentMail(tx, { leadId: lead.id, mailboxId: room.mailboxId, sentAt: at, purpose });
      if (purpose === "campaign") mark("contacted", lead.id, room.userId, at);
    }
    for (let n = 0; n < 40; n++) {
      const [lead, at, ownerId] = [pick(leads), when(), pick(owners)];
      const answered = dice() < 0.5 ? { answeredAt: new Date(at.getTime() + Math.floor(dice() * 900) * 60_000) } : {};
      const status = pick(["needs_me", "done", "none"]);
      const reply = {
        leadId: lead.id,
        ownerId,
        class: pick(["interested", "not_now", "away", "bounce"]),
        isAutomatic: dice() < 0.2,
        status,
      };
      await testReply(tx, { ...reply, mailboxId: room.mailboxId, receivedAt: at, ...answered });
      replies.push({ ...reply, at, ...answered });
      if (reply.isAutomatic || reply.class === "away" || reply.class === "bounce") continue;
      mark("replies", lead.id, ownerId, at);
      if (reply.class === "interested") mark("positive", lead.id, ownerId, at);
    }
    const taken = new Set<number>();
    for (let n = 0; n < 40; n++) {
      const [lead, createdAt, startsAt, hostId] = [pick(leads), when(), when(), pick(owners)];
      if (taken.has(Math.floor(startsAt.getTime() / HOUR))) continue;
      for (const near of [-1, 0, 1]) taken.add(Math.floor(startsAt.getTime() / HOUR) + near);
      const [state, outcome] = [pick(["confirmed", "confirmed", "cancelled"]), pick(["held", "no_show", null])];
      const meeting = { startsAt, endsAt: new Date(startsAt.getTime() + HOUR / 2), state, outcome, leadId: lead.id };
      await tx.meeting.create({
        data: {
          ...{
            id: newId(),
            workspaceId: tx.workspaceId,
            hostId,
            title: "Hello",
            attendeeName: "Nadia",
            attendeeEmail: "n@norvale.example",
          },
          ...{ attendeeZone: "UTC", hostZone: "UTC", place: "", guests: [], uid: newId(), manageTokenHash: newId(), createdAt, ...meeting },
        },
      });
      meetings.push({ ...meeting, ownerId: hostId });
      if (state === "cancelled") continue;
      mark("booked", lead.id, hostId, createdAt);
      if (outcome) mark(outcome === "held" ? "held" : "noShow", lead.id, hostId, startsAt);
    }
    const pipeline = await tx.pipeline.findFirstOrThrow({ include: { stages: true } });
    for (let n = 0; n < 30; n++) {
      const [ownerId, acceptedAt] = [pick(owners), dice() < 0.8 ? when() : null];
      const [closeOn, isClosed, cents] = [dice() < 0.8 ? civil(when(), "UTC") : null, dice() < 0.3, pick([null, 1, 1_250_050])];
      await tx.deal.create({
        data: {
          ...{
            id: newId(),
            workspaceId: tx.workspaceId,
            pipelineId: pipeline.id,
            stageId: pick(pipeline.stages).id,
            title: "Deal",
            ownerId,
          },
          ...{ currency: "EUR", acceptedAt, closeOn: closeOn && new Date(closeOn), amountCents: cents === null ? null : BigInt(cents) },
          ...{ stageSince: tx.now, createdAt: tx.now, closedAt: isClosed ? tx.now : null },
        },
      });
      deals.push({ closeOn, isClosed, ownerId });
      for (const key of ["accepted", "pipeline"] as const) if (acceptedAt) mark(key, null, ownerId, acceptedAt, cents ?? 0);
    }
    for (let n = 0; n < 30; n++) {
      const task = { dueAt: when(), ownerId: pick(owners) };
      await tx.task.create({
        data: {
          ...{
            id: newId(),
            workspaceId: tx.workspaceId,
            kind: "other",
            title: "Task",
            status: "open",
            causeKey: newId(),
            createdAt: tx.now,
          },
          ...task,
        },
      });
      tasks.push(task);
    }
  });
  const now = when();
  await room.setClock(now);
  return { room, owners, leads, events, deals, meetings, replies, tasks, now, viewer: { userId: room.userId, role: "owner" as const } };
}

describe.each(changes)("around the change of the clocks in $timeZone", (change) => {
  const { timeZone } = change;

  it("reports and Today say what a slow count says", async () => {
    const { room, owners, events, deals, meetings, replies, tasks, now, viewer, leads } = await story(change);
    const today = civil(now, timeZone);
    const changeOn = civil(new Date(change.at), timeZone);
    const asked: { from?: string; to?: string }[] = [{}, { from: changeOn }, { from: shift(changeOn, -7) }, { from: shift(changeOn, 7) }];
    const days = [-1, 0, 1].map((by) => ({ from: shift(changeOn, by), to: shift(changeOn, by + 1) }));
    for (const input of [...asked, ...days])
      for (const ownerId of [undefined, ...owners]) {
        const week = await room.run((tx) => getWeek(tx, viewer, { ...input, ...(ownerId && { ownerId }) }));
        const first = input.to && input.from ? input.from : monday(input.from ?? today);
        const length = input.to ? 1 : 7;
        expect([week.firstOn, week.lastOn]).toEqual([first, shift(first, length - 1)]);
        const during = (at: Date, from: string) => from <= civil(at, timeZone) && civil(at, timeZone) < shift(from, length);
        const count = (from: string, of: readonly string[]) =>
          Object.fromEntries(
            weekKeys.map((key) => {
              const found = events.filter((event) => event.key === key && during(event.at, from) && of.includes(event.ownerId));
              const { unit } = weekMeasures[key];
              if (unit === "money") return [key, found.reduce((sum, event) => sum + event.cents, 0)];
              return [key, unit === "people" ? new Set(found.map((event) => event.leadId)).size : found.length];
            }),
          );
        const of = ownerId ? [ownerId] : owners;
        expect(week.total).toEqual(count(first, of));
        expect(week.before).toEqual(count(shift(first, -length), of));
        for (const person of week.people) {
          expect(person.numbers).toEqual(count(first, [person.userId]));
          const minutes = replies.flatMap((reply) =>
            reply.ownerId === person.userId && reply.answeredAt && during(reply.at, first) && isHuman(reply)
              ? [(reply.answeredAt.getTime() - reply.at.getTime()) / 60_000]
              : [],
          );
          expect(person.medianAnswerMinutes).toBe(median(minutes));
        }
        expect(week.risks.dealsPastClose).toBe(
          deals.filter((deal) => !deal.isClosed && deal.closeOn && deal.closeOn < today && of.includes(deal.ownerId)).length,
        );
        expect(week.risks.meetingsWithoutOutcome).toBe(
          meetings.filter((one) => one.state === "confirmed" && !one.outcome && one.endsAt <= now && of.includes(one.ownerId)).length,
        );
        const waiting = replies.filter((reply) => reply.status === "needs_me" && of.includes(reply.ownerId));
        expect(week.oldestUnanswered?.receivedAt.getTime() ?? null).toBe(
          waiting.length > 0 ? Math.min(...waiting.map((reply) => reply.at.getTime())) : null,
        );
        if (ownerId) continue;
        for (const measure of weekKeys) {
          const filter = { report: "week" as const, measure, ...input };
          const rows: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await room.run((tx) => listRows(tx, viewer, { ...filter, limit: 7, ...(cursor && { cursor }) }));
            rows.push(...page.items.map((row) => row.id));
            cursor = page.nextCursor;
          } while (cursor);
          expect([measure, rows.length, new Set(rows).size]).toEqual([
            measure,
            ...both(week.total[measure === "pipeline" ? "accepted" : measure]),
          ]);
        }
      }
    const { stages } = await room.run((tx) => getFunnel(tx, viewer, {}));
    const people = (keep: (id: string) => boolean) => leads.filter((lead) => keep(lead.id)).length;
    const has = (key: WeekKey) => (id: string) => events.some((event) => event.key === key && event.leadId === id);
    expect(Object.fromEntries(stages.map((stage) => [stage.key, stage.count]))).toMatchObject({
      imported: leads.length,
      contacted: people(has("contacted")),
      replied: people(has("replies")),
      meeting: people(has("booked")),
      interested: people((id) => has("positive")(id) || has("booked")(id)),
    });
    for (const who of ["me", "team", ...owners] as const) {
      const view = await room.run((tx) => getToday(tx, viewer, { who }));
      const of = who === "me" ? [room.userId] : who === "team" ? owners : [who];
      const isToday = (at: Date) => civil(at, timeZone) <= today;
      const overdue = now.getTime() - 3 * 24 * HOUR;
      const expected = {
        answer: replies.filter((reply) => reply.status === "needs_me" && of.includes(reply.ownerId)).length,
        task: tasks.filter((task) => isToday(task.dueAt) && of.includes(task.ownerId)).length,
        ...Object.fromEntries(
          (["meeting", "outcome"] as const).map((kind) => [
            kind,
            meetings.filter(
              (one) =>
                one.state === "confirmed" &&
                !one.outcome &&
                isToday(one.startsAt) &&
                one.endsAt <= now === (kind === "outcome") &&
                (of.includes(one.ownerId) || ((who === "me" || who === room.userId) && one.endsAt.getTime() <= overdue)),
            ).length,
          ]),
        ),
      };
      const shown = Object.fromEntries(Object.keys(expected).map((kind) => [kind, view.items.filter((item) => item.kind === kind).length]));
      expect(shown).toEqual(expected);
      expect(view.total).toBe(Object.values(expected).reduce((sum: number, each) => sum + Number(each), 0));
      expect(view.lateTasks).toBe(
        tasks.filter((task) => now.getTime() - task.dueAt.getTime() > 240 * HOUR && of.includes(task.ownerId)).length,
      );
      if (who === "me") expect(await room.run((tx) => countToday(tx, viewer, timeZone))).toBe(view.total);
    }
  });
});

const isHuman = (reply: { class: string; isAutomatic: boolean }) => !reply.isAutomatic && !["away", "bounce"].includes(reply.class);
const both = (count: number) => [count, count];

/** "2026-03-08" on the wall in that zone. */
function civil(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(at);
}

function shift(day: string, by: number): string {
  return civil(new Date(Date.parse(day) + by * 24 * HOUR), "UTC");
}

function monday(day: string): string {
  return shift(day, -((new Date(day).getUTCDay() + 6) % 7));
}

function median(numbers: number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
