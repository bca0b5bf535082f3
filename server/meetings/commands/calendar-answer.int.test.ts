import { describe, expect, it } from "vitest";
import { getReply } from "#server/replies/queries/get-reply.ts";
import { testDatabase } from "#server/testing/database.ts";
import { type MeetingRoom, testBooking, testMeetingRoom } from "#server/testing/meetings.ts";
import { mimeOf } from "#server/testing/mime.ts";
import { takeMail, testReplyServices } from "#server/testing/replies.ts";
import { getMeeting } from "../queries/list-meetings.ts";
import { bookMeeting } from "./book-meeting.ts";
import { rescheduleMeeting } from "./change-meeting.ts";

await testDatabase();
const parts = testReplyServices();
const TUESDAY_3PM = new Date("2026-03-03T15:00:00Z");
const THURSDAY_10AM = new Date("2026-03-05T10:00:00Z");

async function booked() {
  const room = await testMeetingRoom();
  const made = await bookMeeting(room.id, testBooking(room, { startsAt: TUESDAY_3PM, guests: ["omar@norvale.example"] }));
  if (made.outcome !== "booked") throw new Error(made.said);
  const viewer = { userId: room.userId, role: "owner" as const };
  return { room, meetingId: made.meetingId, viewer, meeting: () => room.run((tx) => getMeeting(tx, viewer, made.meetingId)) };
}

type Said = { partstat?: string; method?: "REPLY" | "COUNTER"; from?: string; startsAt?: Date; stampedAt?: string };

/** What their calendar program sends back for the invitation that was mailed last, or for an earlier one. */
async function calendarSays(room: MeetingRoom, meetingId: string, said: Said = {}, invitation?: string) {
  const last = await room.run((tx) =>
    tx.message.findFirstOrThrow({ where: { meetingId, toAddress: "nadia@norvale.example" }, orderBy: { id: "desc" } }),
  );
  const from = said.from ?? "nadia@norvale.example";
  const method = said.method ?? "REPLY";
  const stamp = (at: Date) => at.toISOString().replace(/[-:]|\.\d+/g, "");
  const content = (invitation ?? last.calendarPart ?? "")
    .replace(/METHOD:REQUEST/, `METHOD:${method}`)
    .replace(/^ATTENDEE(?:.*\r?\n[ \t])*.*\r?\n/gm, "")
    .replace(/^DTSTAMP:.*$/m, `DTSTAMP:${said.stampedAt ?? "20260302T090500Z"}`)
    .replace(/^DTSTART:.*$/m, (line) => (said.startsAt ? `DTSTART:${stamp(said.startsAt)}` : line))
    .replace(/END:VEVENT/, `ATTENDEE;PARTSTAT=${said.partstat ?? "ACCEPTED"}:mailto:${from}\r\nEND:VEVENT`);
  const raw = await mimeOf({
    from,
    to: "ines@acme.example",
    subject: `${said.partstat ?? "Accepted"}: Intro ${said.stampedAt ?? ""}`,
    text: "",
    icalEvent: { method, content },
  });
  return takeMail(parts, room, room.mailboxId, raw);
}

const labelsOf = async (room: MeetingRoom, replyId: string | null) =>
  (await room.run((tx) => getReply(tx, { userId: room.userId, role: "owner" }, replyId ?? ""))).actions.map((action) => action.label);

describe("a calendar's answer to our invitation", () => {
  it("asks for answers at an address that we read", async () => {
    const { room, meetingId } = await booked();
    const message = await room.run((tx) => tx.message.findFirstOrThrow({ where: { meetingId } }));
    expect(message.calendarPart?.replace(/\r?\n /g, "")).toMatch(/ORGANIZER.*mailto:ines@acme\.example/i);
  });

  it("yes and maybe are shown at the meeting and ask for nothing", async () => {
    const { room, meetingId, meeting } = await booked();
    const { replyId } = await calendarSays(room, meetingId);
    expect(await meeting()).toMatchObject({ state: "confirmed", attendeeAnswer: "accepted" });
    expect(await room.run((tx) => tx.reply.findFirstOrThrow({ where: { id: replyId ?? "" } }))).toMatchObject({
      class: "automatic",
      status: "none",
      isAutomatic: true,
    });
    expect(await labelsOf(room, replyId)).toEqual(["Nadia Rossi accepted the meeting on Tue 3 Mar 15:00, Lisbon"]);
    await calendarSays(room, meetingId, { partstat: "TENTATIVE", stampedAt: "20260302T091000Z" });
    expect(await meeting()).toMatchObject({ state: "confirmed", attendeeAnswer: "tentative" });
    // The yes from before arrives again, late.
    await calendarSays(room, meetingId, { stampedAt: "20260302T090600Z" });
    expect(await meeting()).toMatchObject({ attendeeAnswer: "tentative" });
    expect(await room.run((tx) => tx.task.count())).toBe(0);
  });

  it("no cancels the meeting, frees the time, and leaves one task", async () => {
    const { room, meetingId, meeting } = await booked();
    const { replyId } = await calendarSays(room, meetingId, { partstat: "DECLINED" });
    expect(await meeting()).toMatchObject({ state: "cancelled", cancelledBy: "them", attendeeAnswer: "declined" });
    expect(await labelsOf(room, replyId)).toEqual([
      "Cancelled the meeting on Tue 3 Mar 15:00, Lisbon: Nadia Rossi declined the invitation",
    ]);
    await room.run(async (tx) => {
      expect(await tx.reply.findFirstOrThrow({ where: { id: replyId ?? "" } })).toMatchObject({ class: "other", status: "none" });
      expect(await tx.task.findMany({ select: { title: true, meetingId: true } })).toEqual([
        { title: "Nadia Rossi declined the invitation: offer new times", meetingId },
      ]);
      expect(await tx.busyBlock.count({ where: { releasedAt: null } })).toBe(0);
      // The guest's calendar is told; so are they.
      const cancelled = await tx.message.findMany({ where: { meetingId, subject: { startsWith: "Cancelled" } } });
      expect(cancelled.map((message) => message.toAddress).sort()).toEqual(["nadia@norvale.example", "omar@norvale.example"]);
    });
    expect((await bookMeeting(room.id, testBooking(room, { startsAt: TUESDAY_3PM, attendeeEmail: "eve@norvale.example" }))).outcome).toBe(
      "booked",
    );
  });

  it("another time is a question to the host, gone once the meeting moves", async () => {
    const { room, meetingId, meeting } = await booked();
    await calendarSays(room, meetingId, { method: "COUNTER", partstat: "TENTATIVE", startsAt: THURSDAY_10AM });
    expect(await meeting()).toMatchObject({ state: "confirmed", attendeeAnswer: "counter", proposedAt: THURSDAY_10AM });
    const tasks = () => room.run((tx) => tx.task.findMany({ select: { title: true, status: true } }));
    expect(await tasks()).toEqual([{ title: "Nadia Rossi proposes Thu 5 Mar 10:00, Lisbon: move the meeting?", status: "open" }]);
    await rescheduleMeeting(room.id, { meetingId, actorId: room.userId, startsAt: THURSDAY_10AM });
    expect(await meeting()).toMatchObject({ startsAt: THURSDAY_10AM, attendeeAnswer: null, proposedAt: null });
    expect(await tasks()).toMatchObject([{ status: "dropped" }]);
  });

  it("an answer to the invitation before a move changes nothing", async () => {
    const { room, meetingId, meeting } = await booked();
    const first = await room.run((tx) => tx.message.findFirstOrThrow({ where: { meetingId } }));
    await rescheduleMeeting(room.id, { meetingId, actorId: room.userId, startsAt: THURSDAY_10AM });
    const { replyId } = await calendarSays(room, meetingId, { partstat: "DECLINED" }, first.calendarPart ?? "");
    expect(await meeting()).toMatchObject({ state: "moved", attendeeAnswer: null });
    expect(await labelsOf(room, replyId)).toEqual(["Changed nothing: it answers the meeting as it was before it moved"]);
  });

  it("a guest's no is said and moves nothing; a stranger's is nothing", async () => {
    const { room, meetingId, meeting } = await booked();
    const guest = await calendarSays(room, meetingId, { partstat: "DECLINED", from: "omar@norvale.example" });
    expect(await labelsOf(room, guest.replyId)).toEqual(["A guest, omar@norvale.example, declined the meeting on Tue 3 Mar 15:00, Lisbon"]);
    await calendarSays(room, meetingId, { partstat: "DECLINED", from: "eve@elsewhere.example" });
    expect(await meeting()).toMatchObject({ state: "confirmed", attendeeAnswer: null });
  });
});
