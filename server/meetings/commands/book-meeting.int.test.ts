import { describe, expect, it } from "vitest";
import { getDealBoard } from "#server/deals/queries.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testBooking, testLead, testMeetingRoom } from "#server/testing/meetings.ts";
import { getPublicPage, listPublicSlots } from "../queries/public-booking.ts";
import { bookMeeting } from "./book-meeting.ts";
import { bookPublicly, cancelByLink, moveByLink } from "./book-publicly.ts";
import { linkToken, manageToken } from "./manage-token.ts";
import { proposeTimes } from "./propose-times.ts";

await testDatabase();
const TUESDAY_3PM = new Date("2026-03-03T15:00:00Z");
const owner = (userId: string) => ({ userId, role: "owner" as const });

describe("bookMeeting", () => {
  it("writes the meeting with everything that follows from it", async () => {
    const room = await testMeetingRoom();
    const lead = await testLead(room, { fullName: "Nadia Rossi", email: "nadia@norvale.example", company: "Norvale" });
    const booked = await bookMeeting(room.id, testBooking(room, { startsAt: TUESDAY_3PM }));
    if (booked.outcome !== "booked") throw new Error(booked.said);

    await room.run(async (tx) => {
      const meeting = await tx.meeting.findFirstOrThrow({ where: { id: booked.meetingId } });
      expect(meeting).toMatchObject({
        leadId: lead.id,
        accountId: lead.accountId,
        sequence: 0,
        state: "confirmed",
        attendeeZone: "Europe/Rome",
      });
      const deal = await tx.deal.findFirstOrThrow({ where: { id: meeting.dealId ?? "" }, include: { stage: true } });
      expect(deal).toMatchObject({ title: "Norvale", acceptedAt: null, ownerId: room.userId, sourcedById: room.userId });
      expect(deal.stage.kind).toBe("booked");
      expect(await tx.leadState.findFirst({ where: { id: lead.id } })).toMatchObject({ contactState: "meeting" });
      expect(await tx.due.findFirst({ where: { kind: "meeting" } })).toMatchObject({
        subjectId: meeting.id,
        dueAt: new Date("2026-03-04T15:30:00Z"),
      });
      const mail = await tx.message.findFirstOrThrow({ where: { purpose: "meeting" } });
      expect(mail).toMatchObject({ dedupeKey: `meeting:${meeting.id}:0`, toAddress: "nadia@norvale.example", mailboxId: room.mailboxId });
      expect(mail.bodyText).toContain(manageToken(meeting.id));
      expect(mail.calendarPart).toContain("METHOD:REQUEST");
      expect((await tx.activity.findMany({ where: { leadId: lead.id } })).map((each) => each.kind)).toContain("meeting/booked");
      const board = await getDealBoard(tx, owner(room.userId), {});
      expect(board.columns[0]).toMatchObject({ name: "Meeting booked", count: 1, sumCents: 0 });
    });
  });

  it("lets exactly one of a hundred have the slot, and answers the others with free times", async () => {
    const room = await testMeetingRoom();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        bookMeeting(
          room.id,
          testBooking(room, { startsAt: TUESDAY_3PM, attendeeName: `Person ${index}`, attendeeEmail: `person-${index}@crowd.example` }),
        ),
      ),
    );
    const taken = answers.filter((answer) => answer.outcome === "taken");
    expect(taken).toHaveLength(99);
    for (const answer of taken) {
      expect(answer.nearest.map((slot) => slot.startsAt.toISOString())).toEqual([
        "2026-03-03T13:30:00.000Z",
        "2026-03-03T14:00:00.000Z",
        "2026-03-03T16:00:00.000Z",
      ]);
      expect(answer.said).toBe("Tue 3 Mar 16:00 is not free any more. Nearest free: 14:30, 15:00, 17:00.");
    }
    const rows = await room.run(
      (tx) => tx.$queryRaw<{ meetings: number; blocks: number; leads: number }[]>`
      select (select count(*) from meetings)::int as meetings, (select count(*) from busy_blocks)::int as blocks, (select count(*) from leads)::int as leads`,
    );
    expect(rows).toEqual([{ meetings: 1, blocks: 1, leads: 1 }]);
  });

  it("holds by constraint when the check before it was passed by: agreed times only meet the exclusion", async () => {
    const room = await testMeetingRoom();
    const at = new Date("2026-03-03T20:00:00Z");
    const answers = await Promise.all(
      [0, 10, 20, 39].map((minutes, index) =>
        bookMeeting(
          room.id,
          testBooking(room, {
            startsAt: new Date(at.getTime() + minutes * 60_000),
            attendeeEmail: `p${index}@crowd.example`,
            outsideHours: true,
          }),
        ),
      ),
    );
    expect(answers.filter((answer) => answer.outcome === "booked")).toHaveLength(1);
    const next = await bookMeeting(
      room.id,
      testBooking(room, { startsAt: new Date(at.getTime() + 79 * 60_000), attendeeEmail: "late@crowd.example", outsideHours: true }),
    );
    expect(next.outcome).toBe("booked");
  });

  it("gives one person one meeting, however often they press the button", async () => {
    const room = await testMeetingRoom();
    const [first, second] = await Promise.all([0, 1].map(() => bookMeeting(room.id, testBooking(room, { startsAt: TUESDAY_3PM }))));
    expect(first).toEqual(second);
    expect(await room.run((tx) => tx.message.count())).toBe(1);
  });

  it("refuses what is past, too soon, off the grid, outside the hours and beyond the horizon", async () => {
    const room = await testMeetingRoom();
    const book = (at: string) => bookMeeting(room.id, testBooking(room, { startsAt: new Date(at) }));
    await expect(book("2026-03-02T08:00:00Z")).rejects.toThrow("This time has passed");
    for (const at of [
      "2026-03-02T10:00:00Z",
      "2026-03-03T15:07:00Z",
      "2026-03-03T17:00:00Z",
      "2026-03-07T10:00:00Z",
      "2026-04-20T10:00:00Z",
    ]) {
      expect((await book(at)).outcome).toBe("taken");
    }
    expect(await room.run((tx) => tx.meeting.count())).toBe(0);
  });

  it("stops what the campaign still had for them", async () => {
    const room = await testMeetingRoom();
    const lead = await testLead(room, { fullName: "Nadia Rossi", email: "nadia@norvale.example" });
    await bookMeeting(room.id, testBooking(room, { startsAt: TUESDAY_3PM, leadId: lead.id }));
    expect(await room.run((tx) => tx.enrolment.count({ where: { leadId: lead.id, status: "active" } }))).toBe(0);
  });

  it("keeps another workspace's people and meetings out of reach", async () => {
    const [room, other] = await Promise.all([testMeetingRoom(), testMeetingRoom()]);
    const lead = await testLead(other, { fullName: "Nadia Rossi", email: "nadia@norvale.example" });
    await expect(bookMeeting(room.id, testBooking(room, { startsAt: TUESDAY_3PM, leadId: lead.id }))).rejects.toThrow("no longer exists");
    await expect(bookMeeting(room.id, testBooking(room, { startsAt: TUESDAY_3PM, hostId: other.userId }))).rejects.toThrow(
      "not in the workspace",
    );
    expect(await room.run((tx) => tx.meeting.count())).toBe(0);
  });
});

describe("the public page", () => {
  it("is found by its slug, shows no ids, and books for the linked person", async () => {
    const room = await testMeetingRoom();
    const lead = await testLead(room, { fullName: "Nadia Rossi", email: "nadia@norvale.example" });
    expect(await getPublicPage(room.slug)).toMatchObject({ hostName: "Ines Prado", company: "Acme", durationMinutes: 30 });
    const booked = await bookPublicly({
      slug: room.slug,
      startsAt: TUESDAY_3PM,
      linkToken: linkToken(lead.id),
      attendeeName: "Nadia Rossi",
      attendeeEmail: "nadia.private@mail.example",
      attendeeZone: "Europe/Rome",
      guests: [],
      answer: "Month end",
    });
    expect(booked.outcome).toBe("booked");
    expect(await room.run((tx) => tx.meeting.findFirst())).toMatchObject({
      leadId: lead.id,
      answer: "Month end",
      attendeeEmail: "nadia.private@mail.example",
    });
    await expect(getPublicPage("nobody-here")).rejects.toThrow("no booking page");
  });

  it("does not credit a person whose link was forged or forwarded to somebody else", async () => {
    const room = await testMeetingRoom();
    const lead = await testLead(room, { fullName: "Nadia Rossi", email: "nadia@norvale.example" });
    const visitor = {
      slug: room.slug,
      attendeeName: "Omar Haddad",
      attendeeEmail: "omar@norvale.example",
      attendeeZone: "Europe/Rome",
      guests: [],
      answer: null,
    };
    await bookPublicly({ ...visitor, startsAt: TUESDAY_3PM, linkToken: linkToken(lead.id) });
    await bookPublicly({
      ...visitor,
      attendeeEmail: "eva@norvale.example",
      startsAt: new Date("2026-03-04T15:00:00Z"),
      linkToken: `${lead.id}.forged`,
    });
    const meetings = await room.run((tx) => tx.meeting.findMany());
    expect(meetings).toHaveLength(2);
    expect(meetings.every((meeting) => meeting.leadId !== lead.id)).toBe(true);
  });

  it("shows the host's nine o'clock on both sides of a change to summer time", async () => {
    const room = await testMeetingRoom({ clockAt: "2026-03-26T12:00:00Z" });
    const slots = await listPublicSlots({
      slug: room.slug,
      from: new Date("2026-03-27T00:00:00Z"),
      to: new Date("2026-03-31T00:00:00Z"),
      zone: "America/New_York",
    });
    const firsts = slots.items.map((slot) => slot.startsAt.toISOString()).filter((at) => /T0[89]:00/.test(at));
    expect(firsts).toEqual(["2026-03-27T09:00:00.000Z", "2026-03-30T08:00:00.000Z", "2026-03-30T09:00:00.000Z"]);
  });
});

describe("the meeting's own link", () => {
  async function booked() {
    const room = await testMeetingRoom();
    const answer = await bookMeeting(room.id, testBooking(room, { startsAt: TUESDAY_3PM }));
    if (answer.outcome !== "booked") throw new Error(answer.said);
    return { room, ...answer };
  }

  it("moves: the old time is free again, the same event gets a higher sequence", async () => {
    const { room, meetingId, manageToken: token } = await booked();
    const to = new Date("2026-03-04T10:00:00Z");
    expect(await moveByLink({ token, startsAt: to })).toEqual({ outcome: "moved" });
    await room.run(async (tx) => {
      const meeting = await tx.meeting.findFirstOrThrow({ where: { id: meetingId } });
      expect(meeting).toMatchObject({ startsAt: to, sequence: 1, movedFromAt: TUESDAY_3PM });
      const update = await tx.message.findFirstOrThrow({ where: { dedupeKey: `meeting:${meetingId}:1` } });
      expect(update.calendarPart).toContain("SEQUENCE:1");
      expect(update.calendarPart).toContain(`UID:${meeting.uid}`);
    });
    expect((await bookMeeting(room.id, testBooking(room, { startsAt: TUESDAY_3PM, attendeeEmail: "omar@norvale.example" }))).outcome).toBe(
      "booked",
    );
    expect((await moveByLink({ token, startsAt: TUESDAY_3PM })).outcome).toBe("taken");
  });

  it("moves by less than its own length", async () => {
    const { manageToken: token } = await booked();
    expect((await moveByLink({ token, startsAt: new Date("2026-03-03T15:30:00Z") })).outcome).toBe("moved");
  });

  it("cancels once, frees the time and leaves a task for the host", async () => {
    const { room, meetingId, manageToken: token } = await booked();
    await Promise.all([cancelByLink({ token }), cancelByLink({ token })]);
    await cancelByLink({ token });
    await room.run(async (tx) => {
      expect(await tx.meeting.findFirst({ where: { id: meetingId } })).toMatchObject({
        state: "cancelled",
        cancelledBy: "them",
        sequence: 1,
      });
      expect(await tx.message.findMany({ where: { dedupeKey: `meeting:${meetingId}:1` } })).toHaveLength(1);
      expect(await tx.task.findMany()).toMatchObject([{ kind: "follow_up", status: "open" }]);
      expect(await tx.due.count({ where: { kind: "meeting" } })).toBe(0);
    });
    await expect(moveByLink({ token, startsAt: TUESDAY_3PM })).rejects.toThrow("was cancelled");
    expect((await bookMeeting(room.id, testBooking(room, { startsAt: TUESDAY_3PM, attendeeEmail: "omar@norvale.example" }))).outcome).toBe(
      "booked",
    );
  });

  it("opens for nobody who does not hold it", async () => {
    await booked();
    await expect(moveByLink({ token: "x".repeat(43), startsAt: TUESDAY_3PM })).rejects.toThrow("does not belong to a meeting");
  });
});

describe("proposeTimes", () => {
  it("offers no public holiday of the host, none of theirs, and no day on which the host is away", async () => {
    // Good Friday is 3 April in Lisbon; Easter Monday (6 April) is none there, but it is one in Rome.
    const room = await testMeetingRoom({ clockAt: "2026-03-31T08:00:00Z" });
    const days = async (zone: string) => {
      const times = await room.run((tx) => proposeTimes(tx, { hostId: room.userId, zone, count: 5 }));
      return [...new Set(times.map((time) => time.startsAt.toISOString().slice(5, 10)))];
    };
    expect(await days("Europe/Rome")).toEqual(["04-01", "04-02", "04-07", "04-08", "04-09"]);
    expect(await days("America/New_York")).toEqual(["04-01", "04-02", "04-06", "04-07", "04-08"]);
    const page = await listPublicSlots({ slug: room.slug });
    expect(page.items.filter((item) => item.startsAt.toISOString().startsWith("2026-04-03"))).toEqual([]);
    await room.run((tx) =>
      tx.member.updateMany({
        where: { userId: room.userId },
        data: { awayFrom: new Date("2026-04-01T00:00:00Z"), awayUntil: new Date("2026-04-07T00:00:00Z") },
      }),
    );
    expect((await days("Europe/Rome"))[0]).toBe("04-08");
  });

  it("gives three times in their zone that can really be booked, the wanted one first", async () => {
    const room = await testMeetingRoom();
    const times = await room.run((tx) =>
      proposeTimes(tx, { hostId: room.userId, zone: "Europe/Rome", wanted: [new Date("2026-03-03T14:00:00Z")] }),
    );
    expect(times.map((time) => time.label)).toEqual(["Tue 3 Mar 15:00, Rome", "Wed 4 Mar 14:00, Rome", "Thu 5 Mar 16:00, Rome"]);
    for (const [index, time] of times.entries()) {
      expect(
        (await bookMeeting(room.id, testBooking(room, { startsAt: time.startsAt, attendeeEmail: `n${index}@norvale.example` }))).outcome,
      ).toBe("booked");
    }
  });
});
