import { describe, expect, it } from "vitest";
import { changeDeal } from "#server/deals/commands/change-deal.ts";
import { createDeal } from "#server/deals/commands/create-deal.ts";
import { getDealBoard, listDeals } from "#server/deals/queries.ts";
import { services } from "#server/services.ts";
import { acceptProposal } from "#server/tasks/commands/accept-proposal.ts";
import { listTasks } from "#server/tasks/queries.ts";
import { testDatabase } from "#server/testing/database.ts";
import { type MeetingRoom, testBooking, testLead, testMeetingRoom } from "#server/testing/meetings.ts";
import { testMember } from "#server/testing/workspace.ts";
import { askOutcomes } from "./ask-outcomes.ts";
import { bookMeeting } from "./book-meeting.ts";
import { clearOutcome, recordOutcome } from "./record-outcome.ts";

await testDatabase();
const AFTER = "2026-03-03T16:00:00Z";
const owner = (room: MeetingRoom) => ({ userId: room.userId, role: "owner" as const });

async function bookedAndOver(at = "2026-03-03T15:00:00Z", room?: MeetingRoom) {
  const there = room ?? (await testMeetingRoom());
  const answer = await bookMeeting(there.id, testBooking(there, { startsAt: new Date(at) }));
  if (answer.outcome !== "booked") throw new Error(answer.said);
  await there.setClock(new Date(Date.parse(at) + 3_600_000));
  return { room: there, id: answer.meetingId };
}
const board = (room: MeetingRoom) => room.run((tx) => getDealBoard(tx, owner(room), {}));
const column = (view: Awaited<ReturnType<typeof board>>, name: string) => view.columns.find((each) => each.name === name);

describe("recordOutcome", () => {
  it("held and worth it: the deal counts from now on, with its amount and next step", async () => {
    const { room, id } = await bookedAndOver();
    await room.run((tx) =>
      recordOutcome(tx, {
        id,
        outcome: "held",
        goodFit: true,
        amountCents: 1_200_000,
        nextStep: "Send the plan",
        nextOn: "2026-03-06",
        byId: room.userId,
      }),
    );
    const view = await board(room);
    expect(column(view, "Meeting booked")).toMatchObject({ count: 0, sumCents: 0 });
    expect(column(view, "Qualified")).toMatchObject({ count: 1, sumCents: 1_200_000 });
    expect(column(view, "Qualified")?.deals[0]).toMatchObject({ nextStep: "Send the plan", nextOn: "2026-03-06", stageKind: "open" });
    expect(await room.run((tx) => tx.leadState.findFirst())).toMatchObject({ contactState: "in_deal" });
    expect(await room.run((tx) => tx.due.count({ where: { kind: "meeting" } }))).toBe(0);
  });

  it("held without a fit closes the deal outside every sum; undo brings the question and the deal back", async () => {
    const { room, id } = await bookedAndOver();
    await room.run((tx) => recordOutcome(tx, { id, outcome: "held", goodFit: false, byId: room.userId }));
    expect(column(await board(room), "Lost")).toMatchObject({ count: 1, sumCents: 0 });
    await room.run((tx) => clearOutcome(tx, { id, byId: room.userId }));
    expect(column(await board(room), "Meeting booked")).toMatchObject({ count: 1 });
    expect(await room.run((tx) => tx.meeting.findFirst({ where: { id } }))).toMatchObject({ outcome: null });
  });

  it("said twice at once is said once, and said differently at once is refused", async () => {
    const { room, id } = await bookedAndOver();
    const said = (outcome: "held" | "no_show") => room.run((tx) => recordOutcome(tx, { id, outcome, byId: room.userId }));
    await Promise.all([said("held"), said("held"), said("held")]);
    expect(await room.run((tx) => tx.activity.count({ where: { kind: "meeting/held" } }))).toBe(1);
    await room.run((tx) => clearOutcome(tx, { id, byId: room.userId }));
    const both = await Promise.allSettled([said("held"), said("no_show")]);
    expect(both.map((one) => one.status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("is asked for again after an undo", async () => {
    const { room, id } = await bookedAndOver();
    const dueOf = () => room.run((tx) => tx.due.findMany({ where: { kind: "meeting", subjectId: id }, select: { dueAt: true } }));
    const before = await dueOf();
    await room.run((tx) => recordOutcome(tx, { id, outcome: "held", byId: room.userId }));
    await room.run((tx) => clearOutcome(tx, { id, byId: room.userId }));
    expect(before).toHaveLength(1);
    expect(await dueOf()).toEqual(before);
  });

  it("no-show, taken back and said again: its task is there again", async () => {
    const { room, id } = await bookedAndOver("2026-03-06T15:00:00Z");
    const open = async () => (await room.run((tx) => listTasks(tx, owner(room), { status: "open", limit: 10 }))).items.length;
    await room.run((tx) => recordOutcome(tx, { id, outcome: "no_show", byId: room.userId }));
    await room.run((tx) => clearOutcome(tx, { id, byId: room.userId }));
    expect(await open()).toBe(0);
    await room.run((tx) => recordOutcome(tx, { id, outcome: "no_show", byId: room.userId }));
    expect(await open()).toBe(1);
  });

  it("no-show: one task next working day with new times, which one key sends", async () => {
    const { room, id } = await bookedAndOver("2026-03-06T15:00:00Z");
    const noShow = () => room.run((tx) => recordOutcome(tx, { id, outcome: "no_show", byId: room.userId }));
    await noShow();
    await noShow();
    const { items } = await room.run((tx) => listTasks(tx, owner(room), { status: "open", limit: 10 }));
    expect(items).toMatchObject([{ kind: "no_show", dueAt: new Date("2026-03-09T09:00:00Z"), proposal: { type: "message" } }]);
    const { text = "" } = items[0]?.proposal?.type === "message" ? items[0].proposal : {};
    // What the writer may say: which meeting it was, the new times, the reader's own link; nothing else.
    expect(text).toMatch(
      /^(?:Hi|Hello) Nadia,\n\nWe had a meeting on \w{3} \d{1,2} \w{3} \d\d:\d\d, \w+, and missed each other\.\n\nWould one of these times work for you:\n(?:- .+\n){3}/,
    );
    expect(text).toMatch(/Or pick a free time here: http:\/\/localhost:\d+\/book\/[\w-]+\?l=/);
    const decision = await room.run((tx) =>
      tx.decision.findFirstOrThrow({ where: { kind: "draft", subjectType: "meeting", subjectId: id } }),
    );
    expect(decision).toMatchObject({ rule: "embedded writer", result: { removed: 0, times: 3 } });
    const [task] = items;
    if (task?.proposal?.type !== "message") throw new Error("no message");
    expect(task.proposal.text.match(/^- /gm)).toHaveLength(3);
    await room.run((tx) => acceptProposal(tx, owner(room), { id: task.id }));
    await expect(room.run((tx) => acceptProposal(tx, owner(room), { id: task.id }))).rejects.toThrow("already done");
    const mails = await room.run((tx) => tx.message.findMany({ where: { dedupeKey: { startsWith: "task:" } } }));
    expect(mails).toMatchObject([{ toAddress: "nadia@norvale.example", subject: task.proposal.subject }]);
  });

  it("a second no-show ends it", async () => {
    const { room, id } = await bookedAndOver();
    await room.run((tx) => recordOutcome(tx, { id, outcome: "no_show", byId: room.userId }));
    const again = await bookedAndOver("2026-03-05T15:00:00Z", room);
    await room.run((tx) => recordOutcome(tx, { id: again.id, outcome: "no_show", byId: room.userId }));
    expect(await room.run((tx) => tx.task.count({ where: { kind: "no_show" } }))).toBe(1);
    expect(column(await board(room), "Lost")?.deals).toMatchObject([{ closeReason: "Did not come, twice" }]);
  });

  it("is asked for once after a day and once more after three", async () => {
    const { room, id } = await bookedAndOver();
    const ask = async (at: string) => {
      await room.setClock(at);
      await askOutcomes(services, room.id, [id]);
      await askOutcomes(services, room.id, [id]);
      return room.run((tx) => tx.activity.count({ where: { kind: { startsWith: "meeting/outcome" } } }));
    };
    expect(await ask(AFTER)).toBe(1);
    expect(await ask("2026-03-06T15:30:00Z")).toBe(2);
  });

  it("refuses a meeting that has not begun, one that is cancelled, and a second opinion", async () => {
    const room = await testMeetingRoom();
    const answer = await bookMeeting(room.id, testBooking(room, { startsAt: new Date("2026-03-03T15:00:00Z") }));
    if (answer.outcome !== "booked") throw new Error(answer.said);
    const say = (outcome: "held" | "no_show") => room.run((tx) => recordOutcome(tx, { id: answer.meetingId, outcome, byId: room.userId }));
    await expect(say("held")).rejects.toThrow("has not begun");
    await room.setClock(AFTER);
    await say("held");
    await expect(say("no_show")).rejects.toThrow("already said");
  });
});

describe("deals", () => {
  it("keep every change of stage, with author and reason, and refuse a stale move", async () => {
    const room = await testMeetingRoom();
    const viewer = owner(room);
    const stages = await room.run((tx) => tx.pipelineStage.findMany({ orderBy: { position: "asc" } }));
    const stageId = (name: string) => stages.find((each) => each.name === name)?.id ?? "";
    const id = await room.run((tx) => createDeal(tx, viewer, { title: "Norvale", amountCents: 500_000 }));
    const move = (to: string, more: { fromStageId?: string; reason?: string } = {}) =>
      room.run((tx) => changeDeal(tx, viewer, { id, stageId: stageId(to), ...more }));
    await move("Proposal", { fromStageId: stageId("Qualified") });
    await move("Proposal");
    await expect(move("Won", { fromStageId: stageId("Qualified") })).rejects.toThrow("moved this deal to Proposal");
    await expect(move("Lost")).rejects.toThrow("Say why");
    await move("Lost", { reason: "No budget" });
    const changes = await room.run((tx) => tx.dealStageChange.findMany({ where: { dealId: id }, orderBy: { id: "asc" } }));
    expect(changes.map((each) => stages.find((stage) => stage.id === each.toStageId)?.name)).toEqual(["Qualified", "Proposal", "Lost"]);
    expect(changes.every((each) => each.byId === room.userId)).toBe(true);
    expect((await room.run((tx) => listDeals(tx, viewer, { state: "lost", limit: 10 }))).items).toMatchObject([
      { closeReason: "No budget" },
    ]);
  });

  it("are seen by whom visibility allows, in lists, sums and by id", async () => {
    const room = await testMeetingRoom();
    const rep = await testMember(room, { fullName: "Marta Lopes" });
    await room.run((tx) => tx.workspace.update({ where: { id: room.id }, data: { visibility: "own" } }));
    const id = await room.run((tx) => createDeal(tx, owner(room), { title: "Norvale", amountCents: 500_000 }));
    const viewer = { userId: rep, role: "rep" as const };
    const view = await room.run((tx) => getDealBoard(tx, viewer, {}));
    expect(view.columns.map((each) => each.count + each.sumCents)).toEqual([0, 0, 0, 0, 0, 0]);
    await expect(room.run((tx) => changeDeal(tx, viewer, { id, title: "Mine" }))).rejects.toThrow("no longer exists");
  });

  it("page without repeating or losing one", async () => {
    const room = await testMeetingRoom();
    await room.run(async (tx) => {
      for (let index = 0; index < 7; index++) await createDeal(tx, owner(room), { title: `Deal ${index}` });
    });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await room.run((tx) => listDeals(tx, owner(room), { state: "open", limit: 3, cursor }));
      seen.push(...page.items.map((each) => each.title));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });
});

describe("searching deals", () => {
  it("finds by name, company and person, takes signs as they are, and counts what it shows", async () => {
    const room = await testMeetingRoom();
    const lead = await testLead(room, { fullName: "Nadia Rossi", email: "nadia@norvale.example", company: "Norvale" });
    await room.run((tx) => createDeal(tx, owner(room), { title: "Ledger 100%", leadId: lead.id, amountCents: 100 }));
    await room.run((tx) => createDeal(tx, owner(room), { title: "Other_one", amountCents: 100 }));
    const found = (search: string) =>
      room.run(async (tx) => {
        const view = await getDealBoard(tx, owner(room), { search });
        return view.columns
          .flatMap((each) => each.deals.map((deal) => deal.title))
          .concat(String(view.columns.reduce((sum, each) => sum + each.count, 0)));
      });
    expect(await found("norv")).toEqual(["Ledger 100%", "1"]);
    expect(await found("rossi")).toEqual(["Ledger 100%", "1"]);
    expect(await found("0%")).toEqual(["Ledger 100%", "1"]);
    expect(await found("r_o")).toEqual(["Other_one", "1"]);
    expect(await found("%")).toEqual(["Ledger 100%", "1"]);
  });
});
