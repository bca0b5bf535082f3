import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { provenWorkspace } from "#server/core/tenancy.ts";
import { createFolderBlobStore } from "./folder.ts";

const folder = mkdtempSync(join(tmpdir(), "blobs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const store = createFolderBlobStore({ folder, secret: () => "a test secret that is long enough to be one" });
const [A, B] = [provenWorkspace("0190f0a0-0000-7000-8000-00000000000a"), provenWorkspace("0190f0a0-0000-7000-8000-00000000000b")];

async function* bytes(...parts: string[]) {
  for (const part of parts) yield Buffer.from(part);
}
const text = async (source: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(source)).toString();

describe("folder blob store", () => {
  it("gives back what was put, and keeps it sealed on disk", async () => {
    const { digest, bytes: size } = await store.put(A, bytes("name;company\n", "Nadia Rossi;Norvale\n"));
    expect(size).toBe(33);
    expect(await text(await store.open(A, digest))).toBe("name;company\nNadia Rossi;Norvale\n");
    expect(readFileSync(join(folder, A, digest.slice(0, 2), digest)).includes("Nadia")).toBe(false);
  });

  it("does not open another workspace's file", async () => {
    const { digest } = await store.put(A, bytes("private"));
    await expect(store.open(B, digest)).rejects.toThrow("no longer stored");
  });

  it("stops at the limit and leaves nothing behind", async () => {
    await expect(store.put(B, bytes("12345", "67890"), { maxBytes: 8 })).rejects.toThrow("too large");
    expect(readdirSync(join(folder, B))).toEqual([]);
  });

  it("notices a damaged file", async () => {
    const { digest } = await store.put(A, bytes("whole"));
    writeFileSync(join(folder, A, digest.slice(0, 2), digest), Buffer.alloc(24));
    await expect(store.open(A, digest).then(text)).rejects.toThrow("damaged");
  });
});
