import { expect, it } from "vitest";
import { secondsUntilRoom } from "./pressure.ts";

it.each([
  [{ waiting: 0, failedAt: 0 }, null],
  [{ waiting: 159, failedAt: 0 }, null],
  [{ waiting: 160, failedAt: 0 }, 3],
  [{ waiting: 0, failedAt: 10_000 - 1_499 }, 2],
  [{ waiting: 0, failedAt: 10_000 - 1_500 }, null],
  [{ waiting: 0, failedAt: 0, inFlight: 150 }, null],
  [{ waiting: 0, failedAt: 0, inFlight: 151 }, 3],
])("%o asks for a wait of %s seconds", (pressure, seconds) => expect(secondsUntilRoom({ inFlight: 0, ...pressure }, 10_000)).toBe(seconds));
