import { describe, expect, it } from "vitest";
import { createDeal } from "#server/deals/commands/create-deal.ts";
import { bookMeeting } from "#server/meetings/commands/book-meeting.ts";
import { recordOutcome } from "#server/meetings/commands/record-outcome.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testBooking, testLead, testMeetingRoom } from "#server/testing/meetings.ts";
import { testReply, testSentMail } from "#server/testing/reports.ts";
import { testMember } from "#server/testing/workspace.ts";
import { funnelKeys, weekKeys } from "../constants.ts";
import { getFunnel } from "./get-funnel.ts";
import { getWeek } from "./get-week.ts";
import { listRows } from "./list-rows.ts";
import { writeWeekCsv } from "./report-csv.ts";

await testDatabase();

/**
 * Counted by hand. Week of Mon 2 March 2026, Lisbon.
 *   A  two mails this week, two interested answers, meeting held, deal 12,000 accepted
 *   B  one mail this week, an automatic answer only
 *   C  one mail the week before, "not now" this week; Marta's
 *   D  one mail on Sunday 23:59 Lisbon (the week before), booked this week, did not come
 *   E  nothing; a mail that was no campaign's
 */
async function story() {
  const room = await testMeetingRoom({ clockAt: "2026-02-20T09:00:00Z" });
  const marta = await testMember(room, { fullName: "Marta Lopes" });
  const person = (name: string, ownerId = room.userId) =>
    testLead(room, { fullName: name, email: `${name.toLowerCase()}@${name.toLowerCase()}.example`, ownerId });
  const [a, b, c, d, e] = [await person("Ada"), await person("Bo"), await person("Cy", marta), await person("Dee"), await person("Eva")];
  const { mailboxId, userId } = room;
  await room.run(async (tx) => {
    const sent = (leadId: string, at: string, purpose?: "meeting") =>
      testSentMail(tx, { leadId, mailboxId, sentAt: new Date(at), ...(purpose && { purpose }) });
    await sent(a.id, "2026-03-02T09:00:00Z");
    await sent(a.id, "2026-03-04T09:00:00Z");
    await sent(b.id, "2026-03-02T00:00:00Z");
    await sent(c.id, "2026-02-24T09:00:00Z");
    await sent(d.id, "2026-03-01T23:59:00Z");
    await sent(e.id, "2026-03-03T09:00:00Z", "meeting");
    const reply = (leadId: string, cls: string, at: string, more = {}) =>
      testReply(tx, { leadId, mailboxId, ownerId: userId, receivedAt: new Date(at), class: cls, ...more });
    await reply(a.id, "interested", "2026-03-03T10:00:00Z", { answeredAt: new Date("2026-03-03T10:30:00Z"), status: "done" });
    await reply(a.id, "interested", "2026-03-03T12:00:00Z", { answeredAt: new Date("2026-03-03T13:30:00Z"), status: "done" });
    await reply(b.id, "away", "2026-03-03T10:00:00Z", { isAutomatic: true, status: "none" });
    await reply(c.id, "not_now", "2026-03-05T10:00:00Z", { ownerId: marta });
  });
  await room.setClock("2026-03-02T09:00:00Z");
  for (const [lead, email, at, outcome] of [
    [a, "ada@ada.example", "2026-03-04T15:00:00Z", "held"],
    [d, "dee@dee.example", "2026-03-05T15:00:00Z", "no_show"],
  ] as const) {
    const booked = await bookMeeting(room.id, testBooking(room, { startsAt: new Date(at), leadId: lead.id, attendeeEmail: email }));
    if (booked.outcome !== "booked") throw new Error(booked.said);
    await room.setClock(new Date(Date.parse(at) + 3_600_000));
    await room.run((tx) => recordOutcome(tx, { id: booked.meetingId, outcome, goodFit: true, amountCents: 1_200_000, byId: userId }));
  }
  await room.run((tx) => tx.leadState.updateMany({ where: { id: { in: [a.id, d.id] } }, data: { grade: "A" } }));
  return { room, marta, leads: { a, b, c, d, e }, viewer: { userId, role: "owner" as const } };
}

describe("the week", () => {
  it("counts what was counted by hand, in total, before and by person", async () => {
    const { room, marta, viewer } = await story();
    const week = await room.run((tx) => getWeek(tx, viewer, { from: "2026-03-04" }));
    expect(week).toMatchObject({ firstOn: "2026-03-02", lastOn: "2026-03-08" });
    expect(week.total).toEqual({ contacted: 2, replies: 2, positive: 1, booked: 2, held: 1, noShow: 1, accepted: 1, pipeline: 1_200_000 });
    expect(week.before).toEqual({ contacted: 2, replies: 0, positive: 0, booked: 0, held: 0, noShow: 0, accepted: 0, pipeline: 0 });
    expect(week.people.map((each) => [each.name, each.numbers.contacted, each.numbers.replies, each.medianAnswerMinutes])).toEqual([
      ["Ines Prado", 2, 1, 60],
      ["Marta Lopes", 0, 1, null],
    ]);
    expect(week.oldestUnanswered).toMatchObject({ name: "cy.example" });
    const ofMarta = await room.run((tx) => getWeek(tx, viewer, { from: "2026-03-04", ownerId: marta }));
    expect(ofMarta.total).toMatchObject({ contacted: 0, replies: 1, booked: 0 });
  });

  it("opens, for every number, as many rows as it counts", async () => {
    const { room, viewer } = await story();
    const week = await room.run((tx) => getWeek(tx, viewer, { from: "2026-03-02" }));
    for (const measure of weekKeys) {
      const rows = await room.run((tx) => listRows(tx, viewer, { report: "week", measure, from: "2026-03-02", limit: 50 }));
      expect(rows.items).toHaveLength(rows.total);
      if (measure === "pipeline") expect(rows.items.reduce((sum, row) => sum + (row.cents ?? 0), 0)).toBe(week.total.pipeline);
      else expect([measure, rows.total]).toEqual([measure, week.total[measure]]);
    }
  });

  it("shows a rep only what they may see, also in sums", async () => {
    const { room, marta } = await story();
    await room.run((tx) => tx.workspace.update({ where: { id: room.id }, data: { visibility: "own" } }));
    const viewer = { userId: marta, role: "rep" as const };
    const week = await room.run((tx) => getWeek(tx, viewer, { from: "2026-03-02" }));
    expect(week.total).toMatchObject({ contacted: 0, replies: 1, positive: 0, booked: 0, pipeline: 0 });
    const asked = await room.run((tx) => getWeek(tx, viewer, { from: "2026-03-02", ownerId: room.userId }));
    expect(asked.total.contacted).toBe(0);
    const funnel = await room.run((tx) => getFunnel(tx, viewer, {}));
    expect(funnel.stages.find((stage) => stage.key === "imported")?.count).toBe(1);
  });

  it("names the week of the last mail where it has no numbers, of the mailboxes that one may see", async () => {
    const { room, marta, viewer } = await story();
    await room.run((tx) => tx.mailbox.update({ where: { id: room.mailboxId }, data: { lastSentAt: new Date("2026-03-08T23:59:00Z") } }));
    await room.setClock("2026-04-15T09:00:00Z");
    // Somebody whose people are written to from mailboxes of others has had mails, and no week of their own to be named.
    const ofMarta = await room.run((tx) => getWeek(tx, viewer, { ownerId: marta }));
    expect([ofMarta.hasEverSent, ofMarta.lastMailOn]).toEqual([true, null]);
    const namedFor = (by: Parameters<typeof getWeek>[1], asked: Parameters<typeof getWeek>[2]) =>
      room.run(async (tx) => (await getWeek(tx, by, asked)).lastMailOn);
    expect(await namedFor(viewer, {})).toBe("2026-03-02");
    expect(await namedFor(viewer, { from: "2025-03-03" })).toBe("2026-03-02");
    expect(await namedFor(viewer, { from: "2026-03-04" })).toBeNull();
    // Mail of this week that counts nowhere is no other week to look at.
    await room.run((tx) => tx.mailbox.update({ where: { id: room.mailboxId }, data: { lastSentAt: new Date("2026-04-14T09:00:00Z") } }));
    expect(await namedFor(viewer, {})).toBeNull();
    await room.run((tx) => tx.workspace.update({ where: { id: room.id }, data: { visibility: "own" } }));
    expect(await namedFor({ userId: marta, role: "rep" }, {})).toBeNull();
  });

  it("says the same in its file", async () => {
    const { room, viewer } = await story();
    const { csv, fileName } = await room.run((tx) => writeWeekCsv(tx, viewer, { from: "2026-03-02" }));
    expect(fileName).toBe("week-2026-03-02.csv");
    expect(csv.split("\r\n")[1]).toBe("All,2,2,1,2,1,1,1,12000,");
  });
});

describe("the funnel", () => {
  it("counts people by how far they came, and opens exactly them", async () => {
    const { room, viewer, leads } = await story();
    const { stages } = await room.run((tx) => getFunnel(tx, viewer, {}));
    expect(stages.map((stage) => stage.key)).toEqual([...funnelKeys]);
    expect(Object.fromEntries(stages.map((stage) => [stage.key, stage.count]))).toEqual({
      imported: 5,
      enriched: 0,
      qualified: 2,
      contacted: 4,
      replied: 2,
      interested: 2,
      meeting: 2,
      deal: 1,
      won: 0,
    });
    for (const { key, count } of stages) {
      const rows = await room.run((tx) => listRows(tx, viewer, { report: "funnel", measure: key, limit: 50 }));
      expect([key, rows.items.length, rows.total]).toEqual([key, count, count]);
    }
    const replied = await room.run((tx) => listRows(tx, viewer, { report: "funnel", measure: "replied", limit: 50 }));
    expect(new Set(replied.items.map((row) => row.leadId))).toEqual(new Set([leads.a.id, leads.c.id]));
  });

  it("takes a cohort by when people were added, and forgets who was deleted", async () => {
    const { room, viewer, leads } = await story();
    const count = (input: object) => room.run(async (tx) => (await getFunnel(tx, viewer, input)).stages[0]?.count);
    expect(await count({ from: "2026-02-20", to: "2026-02-21" })).toBe(5);
    expect(await count({ from: "2026-02-21" })).toBe(0);
    await room.run((tx) => tx.lead.update({ where: { id: leads.e.id }, data: { deletedAt: new Date("2026-03-05T00:00:00Z") } }));
    expect(await count({})).toBe(4);
  });

  it("counts a won deal, and pages its rows without losing one", async () => {
    const { room, viewer, leads } = await story();
    const won = await room.run((tx) => tx.pipelineStage.findFirstOrThrow({ where: { kind: "won" } }));
    await room.run((tx) => createDeal(tx, viewer, { title: "Cy", leadId: leads.c.id, stageId: won.id }));
    const { stages } = await room.run((tx) => getFunnel(tx, viewer, {}));
    expect(stages.slice(-2).map((stage) => stage.count)).toEqual([2, 1]);
    // Whoever is contacted without being qualified is in the count, and not in what was kept.
    for (const [at, stage] of stages.entries())
      expect(stage.kept).toBeLessThanOrEqual(Math.min(stage.count, stages[at - 1]?.count ?? stage.count));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await room.run((tx) => listRows(tx, viewer, { report: "funnel", measure: "imported", limit: 2, cursor }));
      seen.push(...page.items.map((row) => row.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(5);
  });
});
