import { afterEach, expect, it, vi } from "vitest";
import { beginOutside } from "./begin-outside.ts";

afterEach(() => vi.unstubAllGlobals());
const begin = (fetch: () => Promise<Response>) => {
  vi.stubGlobal("fetch", fetch);
  return beginOutside("google", { kind: "link" }, "/settings");
};

it("says why an outside sign-in could not begin", async () => {
  expect(await begin(async () => Response.json({ detail: "Sign in first." }, { status: 401 }))).toBe("Sign in first.");
  const silent = "Leadwright does not answer. Try again in a moment.";
  expect(await begin(async () => new Response("<html>", { status: 502 }))).toBe(silent);
  expect(await begin(() => Promise.reject(new TypeError("Failed to fetch")))).toBe(silent);
});
