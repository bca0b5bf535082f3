import { describe, expect, it } from "vitest";
import { type Invitation, writeInvitation } from "./invitation.ts";
import { meetingMail } from "./meeting-mail.ts";
import { meetingStateAt } from "./meeting-state.ts";
import { nextWorkingDay } from "./next-working-day.ts";

const invitation: Invitation = {
  kind: "request",
  uid: "m1@acme.example",
  sequence: 0,
  title: "Intro: Norvale, Acme",
  description: "Three entities; month end",
  place: "https://call.example/ines",
  startsAt: new Date("2026-03-03T14:00:00Z"),
  endsAt: new Date("2026-03-03T14:30:00Z"),
  stampedAt: new Date("2026-03-02T09:00:00Z"),
  host: { name: "Ines Prado", email: "ines@acme.example" },
  attendees: [{ name: "Nadia Rossi, CFO", email: "nadia@norvale.example" }],
};
const unfold = (text: string) => text.replaceAll(/\r\n[ \t]/g, "").split("\r\n");

describe("writeInvitation", () => {
  it("asks for an answer, with its identity, version and instants in UTC", () => {
    const lines = unfold(writeInvitation(invitation));
    expect(lines).toEqual(
      expect.arrayContaining([
        "METHOD:REQUEST",
        "UID:m1@acme.example",
        "SEQUENCE:0",
        "DTSTAMP:20260302T090000Z",
        "DTSTART:20260303T140000Z",
        "DTEND:20260303T143000Z",
        "STATUS:CONFIRMED",
        "SUMMARY:Intro: Norvale\\, Acme",
        "DESCRIPTION:Three entities\\; month end",
      ]),
    );
    expect(lines.find((line) => line.startsWith("ORGANIZER"))).toContain("mailto:ines@acme.example");
    expect(lines.find((line) => line.startsWith("ATTENDEE"))).toContain("RSVP=TRUE");
  });

  it("cancels the same event with a higher sequence", () => {
    const lines = unfold(writeInvitation({ ...invitation, kind: "cancel", sequence: 2 }));
    expect(lines).toEqual(expect.arrayContaining(["METHOD:CANCEL", "UID:m1@acme.example", "SEQUENCE:2", "STATUS:CANCELLED"]));
  });

  it("keeps a name with a line break from adding a property", () => {
    const lines = unfold(writeInvitation({ ...invitation, title: "Intro\r\nATTACH:https://evil.example", attendees: [] }));
    expect(lines.filter((line) => line.startsWith("ATTACH"))).toEqual([]);
  });
});

describe("meetingMail", () => {
  const mail = {
    kind: "confirmed" as const,
    title: "Intro",
    attendeeName: "Nadia",
    attendeeZone: "Europe/Rome",
    hostName: "Ines Prado",
    hostZone: "Europe/Lisbon",
    startsAt: new Date("2026-03-03T14:00:00Z"),
    movedFromAt: null,
    place: "Call link follows",
    manageUrl: null,
  };

  it("says the time in both zones, theirs first, and how to change it without a link", () => {
    const { subject, text } = meetingMail(mail);
    expect(subject).toBe("Confirmed: Intro, Tue 3 Mar 15:00");
    expect(text).toContain("Tue 3 Mar 15:00 Rome (14:00 Lisbon)");
    expect(text).toContain("answer this mail");
    expect(text).not.toContain("http");
  });

  it("says one time when the clocks agree", () => {
    expect(meetingMail({ ...mail, attendeeZone: "Europe/London" }).text).toContain("Tue 3 Mar 14:00 London\n");
  });
});

describe("meetingStateAt", () => {
  const end = new Date("2026-03-03T14:30:00Z");
  const stored = { state: "confirmed", outcome: null, endsAt: end, movedFromAt: null };

  it("asks for the outcome from the minute it ended", () => {
    expect(meetingStateAt(stored, new Date(end.getTime() - 1))).toBe("confirmed");
    expect(meetingStateAt(stored, end)).toBe("needs_outcome");
    expect(meetingStateAt({ ...stored, outcome: "held" }, end)).toBe("held");
    expect(meetingStateAt({ ...stored, movedFromAt: end }, new Date(0))).toBe("moved");
    expect(meetingStateAt({ ...stored, state: "cancelled" }, end)).toBe("cancelled");
  });
});

describe("nextWorkingDay", () => {
  it("is Monday morning after a Friday, in the person's own zone", () => {
    const hours = { mon: [["09:00", "17:00"]], fri: [["09:00", "17:00"]] } as const;
    const friday = new Date("2026-03-27T16:00:00Z");
    expect(
      nextWorkingDay(friday, {
        zone: "Europe/Lisbon",
        hours: { mon: [...hours.mon.map(([a, b]) => [a, b] as [string, string])] },
      }).toISOString(),
    ).toBe("2026-03-30T08:00:00.000Z");
    expect(nextWorkingDay(friday, { zone: "Europe/Lisbon", hours: {} }).toISOString()).toBe("2026-03-30T08:00:00.000Z");
  });
});
