import { describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testBooking, testMeetingRoom } from "#server/testing/meetings.ts";
import { publicBookingInput } from "../schema.ts";
import { bookMeeting } from "./book-meeting.ts";
import { bookPublicly, moveByLink } from "./book-publicly.ts";
import { cancelAsColleague } from "./change-as-colleague.ts";

await testDatabase();
const TUESDAY_3PM = new Date("2026-03-03T15:00:00Z");

describe("a meeting's own link", () => {
  it("is given to nobody who only knows the address and the hour", async () => {
    const room = await testMeetingRoom();
    const visit = { slug: room.slug, startsAt: TUESDAY_3PM, guests: [], answer: null, attendeeZone: "Europe/Rome" };
    const nadia = { ...visit, attendeeName: "Nadia Rossi", attendeeEmail: "nadia@norvale.example" };
    expect((await bookPublicly(nadia)).outcome).toBe("booked");
    expect((await bookPublicly(nadia)).outcome).toBe("booked");
    expect((await bookPublicly({ ...nadia, attendeeName: "Somebody Else" })).outcome).toBe("taken");
    await room.setClock("2026-03-02T09:30:00Z");
    expect((await bookPublicly(nadia)).outcome).toBe("taken");
    expect(await room.run((tx) => tx.meeting.count())).toBe(1);
  });

  it("moves nothing that is over, in a page that stood open", async () => {
    const room = await testMeetingRoom();
    const booked = await bookMeeting(room.id, testBooking(room, { startsAt: TUESDAY_3PM }));
    if (booked.outcome !== "booked") throw new Error(booked.said);
    await room.setClock("2026-03-03T15:30:00Z");
    const move = { token: booked.manageToken, startsAt: new Date("2026-03-05T15:00:00Z") };
    await expect(moveByLink(move)).rejects.toMatchObject({ code: "INVALID_STATE", message: "This meeting is over. Book a new one." });
    expect(await room.run((tx) => tx.meeting.findFirst())).toMatchObject({ startsAt: TUESDAY_3PM, sequence: 0 });
  });
});

it("who cancels what is cancelled changes nothing, and no audit says that they did", async () => {
  const room = await testMeetingRoom();
  const booked = await bookMeeting(room.id, testBooking(room, { startsAt: TUESDAY_3PM }));
  if (booked.outcome !== "booked") throw new Error(booked.said);
  const cancel = () => room.run((tx) => cancelAsColleague(tx, { userId: room.userId, role: "owner" }, booked.meetingId));
  expect([(await cancel()).state, (await cancel()).state]).toEqual(["cancelled", "cancelled"]);
  expect(await room.run((tx) => tx.auditEntry.count({ where: { action: "meeting.cancelled" } }))).toBe(1);
});

it("a visitor's name is one line, in a mail that goes to whatever address they typed", () => {
  const said = { slug: "ines", startsAt: TUESDAY_3PM, attendeeEmail: "n@norvale.example", attendeeZone: "Europe/Rome" };
  const name = (attendeeName: string) => publicBookingInput.safeParse({ ...said, attendeeName }).data?.attendeeName;
  expect(name(" Nadia,\n\nyour account is locked: http://evil.example\u0000 ")).toBe("Nadia, your account is locked: http://evil.example");
  expect(name("Łukasz  Nowak")).toBe("Łukasz Nowak");
  expect(name(" \n ")).toBeUndefined();
});
