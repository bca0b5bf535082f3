import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createLogger } from "./logger.ts";
import { sentenceOf } from "./quiet-console.ts";
import { routeOf } from "./request-log.ts";
import { note, noteProcedure, withEvent } from "./wide-event.ts";

const KNOWN = [
  { page: "/leads", pattern: /^\/leads(?:\/)?$/ },
  { page: "/u/[token]", pattern: /^\/u\/([^/]+?)(?:\/)?$/ },
];

describe("the line of a request", () => {
  it.each([
    ["/leads?q=ana@norvale.example", "/leads"],
    ["/u/secret-token", "/u/[token]"],
    ["/ana@norvale.example", "(none)"],
    ["//u/x", "(none)"],
    ["", "(none)"],
  ])("names the template of %s", (url, route) => expect(routeOf(url, KNOWN)).toBe(route));

  it("gathers what was noted inside it, each call once, and nothing outside", () => {
    note({ userId: "nobody" });
    const notes = withEvent({ requestId: "r" }, (event) => {
      noteProcedure("leads.list");
      noteProcedure("leads.get");
      noteProcedure("leads.list");
      note({ workspaceId: "w" });
      return event.notes;
    });
    expect(notes).toEqual({ procedure: ["leads.list", "leads.get"], workspaceId: "w" });
  });
});

it("the lines in between carry its id, and nothing of each other", () => {
  const lines: string[] = [];
  const logger = createLogger("info", { write: (line) => lines.push(line) });
  withEvent({ requestId: "0199b0c4" }, () => {
    logger.info({ count: 1 }, "one");
    logger.info({}, "two");
  });
  logger.info("three");
  const [one, two, three] = lines.map((line) => JSON.parse(line));
  expect(one).toMatchObject({ requestId: "0199b0c4", count: 1 });
  expect(two).toEqual({ level: "info", time: expect.any(String), requestId: "0199b0c4", msg: "two" });
  expect(three).toEqual({ level: "info", time: expect.any(String), msg: "three" });
});

describe("the console in production", () => {
  it.each([
    ["✓ Ready in 120ms", "✓ Ready in 120ms"],
    ["mail to ana@norvale.example failed", "mail to … failed"],
    ['Unexpected token "Ana Kovac" in JSON', 'Unexpected token "…'],
    ["Error: Ana Kovac is known", "Error: …"],
    ["see https://leadwright.example/u/token now", "see … now"],
    ["called +385 91 234 5678", "called …"],
  ])("%s", (text, kept) => expect(sentenceOf([text])).toBe(kept));

  it("tells an error by its kind and an object by nothing", () => {
    expect(sentenceOf([new TypeError("ana@norvale.example"), "Ana Kovac"])).toBe("TypeError");
    expect(sentenceOf([{ email: "ana@norvale.example" }])).toBe("(object)");
    expect(sentenceOf([" ✓", "Ready", "Ana Kovac"])).toBe("✓ Ready");
    expect(sentenceOf([])).toBe("");
  });
});

it("no sentence of the log is put together at run time: what varies is a field, and fields are checked", () => {
  const sources = ["server", "app"]
    .flatMap((root) => readdirSync(root, { recursive: true, encoding: "utf8" }).map((path) => `${root}/${path}`))
    .filter((path) => /\.tsx?$/.test(path) && !path.includes("generated") && !path.endsWith("server/core/quiet-console.ts"));
  const strays = sources.filter((path) => /\blogger\.(fatal|error|warn|info|debug|trace)\([^;]*?[`]/.test(readFileSync(path, "utf8")));
  expect(strays).toEqual([]);
});
