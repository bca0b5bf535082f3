import { describe, expect, it } from "vitest";
import { humanArrival } from "./arrival.ts";
import { cast, findCastMember } from "./cast.ts";
import { comesToMeeting, personaOf, type Received, react } from "./react.ts";
import { sampleListCsv } from "./sample-list.ts";

const MONDAY_10 = Date.parse("2026-03-02T10:00:00Z");

function received(email: string, change: Partial<Received> = {}): Received {
  const member = findCastMember(email);
  if (!member) throw new Error(email);
  return { purpose: "campaign", nth: 1, wrote: 0, sentAt: MONDAY_10, zone: member.timeZone, seed: 1, person: member, ...change };
}

describe("the cast", () => {
  it("has forty people on reserved domains, each with an address of their own", () => {
    expect(cast).toHaveLength(40);
    expect(new Set(cast.map((member) => member.email)).size).toBe(40);
    expect(cast.every((member) => member.email.endsWith(".example"))).toBe(true);
  });

  it("comes as a file with a repeated person and a broken row", () => {
    expect(sampleListCsv().split("\r\n")).toHaveLength(43);
  });
});

describe("react", () => {
  it("lets Nadia ask for Tuesday twelve minutes after the first mail", () => {
    expect(react(received("nadia.rossi@norvale.example"))).toEqual([
      { kind: "reply", at: MONDAY_10 + 12 * 60_000, text: expect.stringContaining("Tuesday at 3") },
    ]);
  });

  it("tells the same story twice, and another one for another seed", () => {
    const story = (seed: number) => cast.map((member) => react(received(member.email, { seed })));
    expect(story(1)).toEqual(story(1));
    expect(story(1)).not.toEqual(story(2));
  });

  it("lets nobody but machines write at night or on a Sunday", () => {
    for (const member of cast) {
      for (const nth of [1, 2, 3]) {
        for (const reaction of react(received(member.email, { nth, sentAt: Date.parse("2026-03-06T23:30:00Z") }))) {
          if (reaction.kind === "bounce" || reaction.kind === "automatic") continue;
          const local = new Date(reaction.at).toLocaleString("en-GB", {
            timeZone: member.timeZone,
            weekday: "short",
            hour: "2-digit",
            hour12: false,
          });
          expect(local).not.toMatch(/Sat|Sun/);
        }
      }
    }
  });

  it("lets those who want to talk pick a time after our answer, and the silent stay silent", () => {
    expect(react(received("nadia.rossi@norvale.example", { purpose: "reply", wrote: 1 }))[0]?.kind).toBe("book");
    expect(react(received("ivan.petrov@vitosha.example", { nth: 3 }))).toEqual([]);
  });

  it("plays any other address, most of them silent", () => {
    const personas = Array.from({ length: 1_000 }, (_, index) => personaOf(`person${index}@somewhere.test`, 1));
    expect(personas.filter((persona) => persona === "silent").length).toBeGreaterThan(700);
    expect(new Set(personas).size).toBeGreaterThan(8);
  });

  it("keeps Raj away from his meeting", () => {
    expect(comesToMeeting("books-and-misses", "raj.mehta@calderon.example", 1)).toBe(false);
    expect(comesToMeeting("wants-tuesday", "nadia.rossi@norvale.example", 1)).toBe(true);
  });
});

describe("humanArrival", () => {
  it("moves the night to the morning and the weekend to Monday", () => {
    const at = humanArrival(Date.parse("2026-03-06T17:30:00Z"), 60, "Europe/Rome", "dice");
    expect(new Date(at).toISOString()).toMatch(/^2026-03-09T07:/);
  });
});
