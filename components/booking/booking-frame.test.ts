import { expect, it } from "vitest";
import { refusalSentence } from "#server/auth/refusals.ts";
import { problemWords, wordsOf } from "./booking-frame";

it.each(["constructor", "toString", "__proto__", "hasOwnProperty"])("%s in an address is no word of ours", (word) => {
  expect(refusalSentence(word)).toBeNull();
  expect(wordsOf({ booked: "Your meeting is booked." }, word)).toBeNull();
  expect(problemWords(word)).toBe("Something in the form is not right. Look at it again.");
});

it("says what our own words mean", () => {
  expect(refusalSentence("taken")).toBe("This account belongs to somebody else here.");
  expect(wordsOf({ booked: "Your meeting is booked." }, "booked")).toBe("Your meeting is booked.");
  expect(problemWords("closed")).toBe("This cannot be changed any more.");
});
