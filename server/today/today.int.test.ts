import { describe, expect, it } from "vitest";
import { newId } from "#server/core/ids.ts";
import { bookMeeting } from "#server/meetings/commands/book-meeting.ts";
import { acceptProposal } from "#server/tasks/commands/accept-proposal.ts";
import { completeTask, createTask, reopenTask } from "#server/tasks/commands.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testBooking, testLead, testMeetingRoom } from "#server/testing/meetings.ts";
import { testReply } from "#server/testing/reports.ts";
import { testMember } from "#server/testing/workspace.ts";
import { countToday, getToday } from "./queries.ts";

await testDatabase();
const owner = (userId: string) => ({ userId, role: "owner" as const });

describe("today", () => {
  it("is one queue in the fixed order, each thing once, and empties as things are done", async () => {
    const room = await testMeetingRoom();
    const viewer = owner(room.userId);
    const lead = await testLead(room, { fullName: "Nadia Rossi", email: "nadia@norvale.example", company: "Norvale" });
    const booked = await bookMeeting(room.id, testBooking(room, { startsAt: new Date("2026-03-02T14:00:00Z"), leadId: lead.id }));
    if (booked.outcome !== "booked") throw new Error(booked.said);
    const taskId = await room.run(async (tx) => {
      await testReply(tx, {
        leadId: lead.id,
        mailboxId: room.mailboxId,
        ownerId: room.userId,
        receivedAt: new Date("2026-03-02T08:00:00Z"),
        class: "interested",
      });
      await createTask(tx, {
        kind: "other",
        title: "Next week",
        ownerId: room.userId,
        dueAt: new Date("2026-03-09T09:00:00Z"),
        causeKey: "later",
      });
      return createTask(tx, {
        kind: "call",
        title: "Call Kim Lund",
        ownerId: room.userId,
        dueAt: new Date("2026-03-01T09:00:00Z"),
        causeKey: "call",
      });
    });
    const day = async () => {
      const today = await room.run((tx) => getToday(tx, viewer, { who: "me" }));
      expect(await room.run((tx) => countToday(tx, viewer, today.zone))).toBe(today.total);
      return today;
    };
    const first = await day();
    expect(first.items.map((item) => [item.kind, item.title, item.state])).toEqual([
      ["answer", "Nadia Rossi", "interested"],
      ["meeting", "Nadia Rossi", null],
      ["task", "Call Kim Lund", "late"],
    ]);
    expect(first).toMatchObject({ total: 3, lateTasks: 0 });

    await room.setClock("2026-03-02T15:00:00Z");
    expect((await day()).items.map((item) => item.kind)).toEqual(["answer", "outcome", "task"]);
    await room.run((tx) => completeTask(tx, { id: taskId, byId: room.userId }));
    await room.run((tx) => completeTask(tx, { id: taskId, byId: room.userId }));
    expect((await day()).items.map((item) => item.kind)).toEqual(["answer", "outcome"]);
    await room.run((tx) => reopenTask(tx, { id: taskId }));
    expect((await day()).total).toBe(3);
  });

  it("is one's own; a manager looks at others' and the team's, a rep does not", async () => {
    const room = await testMeetingRoom();
    const rep = await testMember(room, { fullName: "Marta Lopes" });
    await room.run((tx) => createTask(tx, { kind: "other", title: "Marta's", ownerId: rep, dueAt: tx.now, causeKey: "m" }));
    const titles = (viewer: { userId: string; role: "owner" | "rep" }, who: string) =>
      room.run(async (tx) => (await getToday(tx, viewer, { who })).items.map((item) => item.title));
    expect(await titles(owner(room.userId), "me")).toEqual([]);
    expect(await titles(owner(room.userId), rep)).toEqual(["Marta's"]);
    expect(await titles(owner(room.userId), "team")).toEqual(["Marta's"]);
    expect(await titles({ userId: rep, role: "rep" }, room.userId)).toEqual(["Marta's"]);
  });

  it("shows a meeting without outcome to the manager after three days, and says whose it is", async () => {
    const room = await testMeetingRoom();
    const rep = await testMember(room, { fullName: "Marta Lopes" });
    const booked = await bookMeeting(room.id, testBooking(room, { hostId: rep, startsAt: new Date("2026-03-03T15:00:00Z") }));
    expect(booked.outcome).toBe("booked");
    const mine = () => room.run(async (tx) => (await getToday(tx, owner(room.userId), { who: "me" })).items);
    await room.setClock("2026-03-06T15:29:00Z");
    expect(await mine()).toEqual([]);
    await room.setClock("2026-03-06T15:30:00Z");
    expect(await mine()).toMatchObject([{ kind: "outcome", ownerName: "Marta Lopes" }]);
  });

  it("names a mailbox that broke, and what comes next when nothing waits", async () => {
    const room = await testMeetingRoom();
    await room.run((tx) => tx.mailbox.update({ where: { id: room.mailboxId }, data: { status: "cannot_read", readError: "IMAP is off" } }));
    const day = await room.run((tx) => getToday(tx, owner(room.userId), { who: "me" }));
    expect(day.items).toMatchObject([{ kind: "health", detail: "cannot read replies: IMAP is off" }]);
    await bookMeeting(room.id, testBooking(room, { startsAt: new Date("2026-03-04T15:00:00Z") }));
    expect((await room.run((tx) => getToday(tx, owner(room.userId), { who: "me" }))).next.meetingAt).toEqual(
      new Date("2026-03-04T15:00:00Z"),
    );
  });
});

describe("tasks", () => {
  it("are one per cause, and a proposed person is added once", async () => {
    const room = await testMeetingRoom();
    const task = (title: string) =>
      room.run((tx) =>
        createTask(tx, {
          kind: "new_person",
          title,
          ownerId: room.userId,
          dueAt: tx.now,
          causeKey: "reply:1:referral",
          proposal: { type: "new_person", fullName: "Marc Petit", email: "marc@norvale.example" },
        }),
      );
    const [id, again] = [await task("Add Marc Petit"), await task("Another")];
    expect(again).toBe(id);
    const viewer = owner(room.userId);
    expect(await room.run((tx) => acceptProposal(tx, viewer, { id }))).toMatchObject({ said: "Added Marc Petit" });
    expect(await room.run((tx) => tx.lead.findMany({ where: { email: "marc@norvale.example" } }))).toMatchObject([
      { source: "reply", ownerId: room.userId },
    ]);
    await expect(room.run((tx) => acceptProposal(tx, viewer, { id: newId() }))).rejects.toThrow("no longer exists");
  });
});
