import { describe, expect, it } from "vitest";
import { readAmount } from "../constants.ts";
import { judgeMove } from "./judge-move.ts";

describe("judgeMove", () => {
  it.each([
    { from: "booked", to: "open", isAccepted: false, acceptance: "accept", closing: "open", activity: "deal/stage.changed" },
    { from: "open", to: "booked", isAccepted: true, acceptance: "withdraw", closing: "open", activity: "deal/stage.changed" },
    { from: "booked", to: "won", isAccepted: false, acceptance: "accept", closing: "close", activity: "deal/won" },
    { from: "booked", to: "lost", isAccepted: false, acceptance: "keep", closing: "close", activity: "deal/lost" },
    { from: "open", to: "lost", isAccepted: true, acceptance: "keep", closing: "close", activity: "deal/lost" },
    { from: "lost", to: "open", isAccepted: true, acceptance: "keep", closing: "open", activity: "deal/stage.changed" },
    { from: "lost", to: "open", isAccepted: false, acceptance: "accept", closing: "open", activity: "deal/stage.changed" },
  ] as const)("$from to $to: $acceptance", ({ from, to, isAccepted, ...expected }) => {
    expect(judgeMove({ from, to, isAccepted, reason: "no budget" })).toMatchObject(expected);
  });

  it("asks why a deal was lost, and forgets the reason when it opens again", () => {
    expect(() => judgeMove({ from: "open", to: "lost", isAccepted: true, reason: null })).toThrow("Say why");
    expect(judgeMove({ from: "lost", to: "open", isAccepted: true, reason: null }).closeReason).toBeNull();
  });
});

describe("readAmount", () => {
  it.each([
    ["12500", 1_250_000],
    ["12,500.50", 1_250_050],
    ["12.500,5", 1_250_050],
    ["€ 1 234", 123_400],
    ["999999999", 99_999_999_900],
    ["1.234", 123_400],
    ["12k", undefined],
    ["CHF 12'500", 1_250_000],
    ["CHF", undefined],
    ["", null],
    ["a lot", undefined],
    ["-5", undefined],
  ])("reads %s", (text, cents) => {
    expect(readAmount(text)).toBe(cents);
  });
});
