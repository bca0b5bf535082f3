import { expect, it } from "vitest";
import { safePath } from "./safe-path";

it.each(["/", "/leads?grade=A,B&q=a%09b#top", "/invitation/abc", "/leads?next=//x"])("goes on to a page of ours: %s", (path) => {
  expect(safePath(path)).toBe(path);
});

it.each([
  undefined,
  "",
  "leads",
  "//evil.example",
  "/\\evil.example",
  "https://evil.example",
  // Browsers leave these out of an address before they read it.
  "/\t/evil.example",
  "/\n/evil.example",
  "/\r\n/evil.example",
  "\t//evil.example",
  ["/leads", "/deals"],
])("goes nowhere else: %j", (path) => {
  expect(safePath(path)).toBe("/");
});
