import { describe, expect, it } from "vitest";
import { explain } from "./explain.mjs";

const failed = (code: string, message = "it went wrong") => Object.assign(new Error(message), { code });

describe("explain", () => {
  it.each([
    [failed("ENOSPC"), /^The disk is full: \/data /],
    [failed("53100", 'could not extend file "base/5/17448": No space left on device'), /^The disk is full/],
    [new Error("FATAL: could not extend file: wrote only 4096 of 8192 bytes"), /^The disk is full/],
    [Object.assign(failed("EACCES"), { path: "/data/secret" }), /^\/data\/secret cannot be written to \(EACCES\)\. Change its owner/],
    [Object.assign(new Error("Do this."), { name: "AppError" }), /^Do this\.$/],
    [
      new Error("first line\n    at somewhere (file.ts:1:1)"),
      /^This failed and nobody foresaw it: first line\. LOG_LEVEL=debug shows more\.$/,
    ],
  ])("says %s in one sentence", (error, sentence) => {
    const trouble = explain(error, { dataDir: "/data" });
    expect(trouble.message).toMatch(sentence);
    expect(trouble.message).not.toMatch(/\n\s+at /);
    expect(trouble.exitCode).toBe(1);
  });
});
