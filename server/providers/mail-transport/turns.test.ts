import { describe, expect, it } from "vitest";
import { createTurns } from "./turns.ts";

describe("createTurns", () => {
  it("lets in at most so many per key, in order", async () => {
    const turns = createTurns(2);
    const order: string[] = [];
    const enter = async (key: string, name: string) => {
      await turns.take(key);
      order.push(name);
    };
    await Promise.all([enter("a", "1"), enter("a", "2"), enter("b", "other")]);
    const late = [enter("a", "3"), enter("a", "4")];
    await Promise.resolve();
    expect(order).toEqual(["1", "2", "other"]);
    turns.giveBack("a");
    turns.giveBack("a");
    await Promise.all(late);
    expect(order).toEqual(["1", "2", "other", "3", "4"]);
    turns.giveBack("a");
    turns.giveBack("a");
    await enter("a", "5");
    expect(order.at(-1)).toBe("5");
  });
});
