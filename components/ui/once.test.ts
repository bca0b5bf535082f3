import { expect, it, vi } from "vitest";
import { once } from "./once";

it("acts the first time only", () => {
  const act = vi.fn();
  const press = once(act);
  press();
  press();
  expect(act).toHaveBeenCalledOnce();
});
