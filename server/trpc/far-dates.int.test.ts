import { describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { type MeetingRoom, testMeetingRoom } from "#server/testing/meetings.ts";
import { testKey } from "#server/testing/rest.ts";
import { POST as postForm } from "../../app/api/book/route.ts";
import { handleRest } from "./rest.ts";

await testDatabase();

const FAR = [
  "9999-12-31T23:50:00Z",
  "+010000-01-01T00:00:00Z",
  "+200000-01-01T00:00:00Z",
  "+275760-09-13T00:00:00Z",
  "-000001-01-01T00:00:00Z",
  "0000-01-01T00:00:00Z",
];

async function caller(room: MeetingRoom) {
  const key = await testKey(room.id, room.userId, ["*"]);
  return async (method: string, path: string, body?: object): Promise<number> => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    return (await handleRest(new Request(`http://localhost/api/v1${path}`, init))).status;
  };
}

describe("a date that no calendar holds is the caller's mistake", () => {
  it.each(FAR)("%s", async (at) => {
    const room = await testMeetingRoom();
    const call = await caller(room);
    const meeting = { attendeeName: "Nadia Rossi", attendeeEmail: "nadia@norvale.example", startsAt: at };
    expect(await call("POST", "/meetings", meeting)).toBe(400);
    expect(await call("POST", "/meetings", { ...meeting, outsideHours: true })).toBe(400);
    expect(await call("POST", "/tasks", { title: "Call", dueAt: at })).toBe(400);
    const form = new URLSearchParams({ act: "book", slug: room.slug, at, name: "Nadia", email: "n@norvale.example", zone: "Europe/Rome" });
    const answer = await postForm(new Request("http://localhost/api/book", { method: "POST", body: form }));
    expect(answer.headers.get("location")).toContain("problem=startsAt");
  });

  it.each(["0000-01-01", "0001-01-01", "9999-12-30"])("of a report: %s", async (day) => {
    const call = await caller(await testMeetingRoom());
    expect(await call("GET", `/analytics/week?from=${day}`)).toBe(400);
    expect(await call("GET", `/analytics/funnel?from=${day}`)).toBe(400);
  });
});
