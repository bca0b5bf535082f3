import { describe, expect, it } from "vitest";
import { judgePulse, type Pulse } from "./judge-pulse.ts";

const NOW = new Date("2026-03-02T12:00:00Z");
const ago = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
const well: Pulse = { workerStartedAt: ago(600), at: NOW, latest: NOW, gapFrom: null, gapTo: null, now: NOW, databaseStartedAt: ago(601) };

describe("judgePulse", () => {
  it("says nothing when all is well", () => expect(judgePulse(well, NOW)).toEqual([]));

  it.each<[string, Partial<Pulse>, Date, string, RegExp, boolean]>([
    ["a worker that stopped an hour ago", { at: ago(61), latest: ago(61) }, NOW, "worker", /no sign for 61 minutes: nothing is sent/, true],
    [
      "a worker that stood still",
      { gapFrom: ago(70), gapTo: ago(9) },
      NOW,
      "worker-stood-still",
      /for 61 minutes, until 9 minutes ago/,
      false,
    ],
    ["a clock that was set back", { latest: ago(-60) }, NOW, "clock-set-back", /set back by 60 minutes/, true],
    ["clocks that differ", {}, ago(60), "clocks-apart", /differ by 60 minutes/, true],
    ["a database that was away", { databaseStartedAt: ago(4) }, NOW, "database-restarted", /came back 4 minutes ago/, false],
  ])("says %s", (_, change, here, id, sentence, isBad) => {
    expect(judgePulse({ ...well, ...change }, here)).toEqual([{ id, sentence: expect.stringMatching(sentence), isBad }]);
  });

  it("forgets what is long over", () => {
    expect(judgePulse({ ...well, gapFrom: ago(3000), gapTo: ago(1500), databaseStartedAt: ago(61) }, NOW)).toEqual([]);
  });
});
