import { describe, expect, it } from "vitest";
import { readRecords } from "./read-records.ts";

async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("Name,Email\nNadia Rossi,nadia@norvale.example\n");
  throw new Error("EIO: i/o error, read");
}
async function* unclosed(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`Name,Email\n"Nadia Rossi,nadia@norvale.example\n`);
}
const read = (source: AsyncIterable<Uint8Array>, encoding: "utf-8" | "windows-1252") =>
  Array.fromAsync(readRecords(source, { encoding, delimiter: "," }, 0));

describe("a file that cannot be read", () => {
  it.each(["utf-8", "windows-1252"] as const)("to its end fails as the disk says, and is tried again: %s", async (encoding) => {
    await expect(read(broken(), encoding)).rejects.toThrow("EIO");
  });

  it("for its quotation marks says so", async () => {
    await expect(read(unclosed(), "utf-8")).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});
