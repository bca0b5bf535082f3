import { expect, it, vi } from "vitest";
import { once } from "./once";

it("acts the first time only", () => {
  const act = vi.fn(async () => {});
  const press = once(act, () => {});
  press();
  press();
  expect(act).toHaveBeenCalledOnce();
});

it("hands on what it could not do", async () => {
  const no = new Error("The mail has left.");
  const refused = vi.fn();
  once(() => Promise.reject(no), refused)();
  await vi.waitFor(() => expect(refused).toHaveBeenCalledWith(no));
});
