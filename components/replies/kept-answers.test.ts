import { expect, it } from "vitest";
import { forgetAnswer, keepAnswer, keptAnswer } from "./kept-answers";

it("keeps the words of each reply until they are sent or emptied", () => {
  keepAnswer("one", "Dear Nadia");
  keepAnswer("two", "Dear Bea");
  expect([keptAnswer("one"), keptAnswer("two"), keptAnswer("three")]).toEqual(["Dear Nadia", "Dear Bea", null]);
  forgetAnswer("one");
  keepAnswer("two", " \n");
  expect([keptAnswer("one"), keptAnswer("two")]).toEqual([null, null]);
});
