import { expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testBlobs, testFile } from "#server/testing/imports.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { storeFile } from "./store-file.ts";

await testDatabase();

it("keeps no file that it refused, and every one that it took", async () => {
  const workspace = await testWorkspace();
  const store = testBlobs();
  const kept = new Set<string>();
  const blobs: typeof store = {
    ...store,
    put: async (...given) => {
      const stored = await store.put(...given);
      kept.add(stored.digest);
      return stored;
    },
    remove: async (id, digest) => {
      kept.delete(digest);
      await store.remove(id, digest);
    },
  };
  const list = "Name,Email\nNadia Rossi,nadia@norvale.example\n";
  async function* cut() {
    yield Buffer.from(list);
  }
  const short = { fileName: "list.csv", mediaType: "text/csv", source: cut(), userId: workspace.userId, expectedBytes: 9_000 };
  await expect(storeFile({ blobs }, workspace.id, short)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  for (const content of ["", "PK\u0003\u0004 nadia@norvale.example", "%PDF-1.7 nadia@norvale.example"])
    await expect(testFile(workspace, { blobs }, content)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  expect(kept.size).toBe(0);

  await testFile(workspace, { blobs }, list);
  await expect(storeFile({ blobs }, workspace.id, { ...short, source: cut() })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  expect(kept.size).toBe(1);
});
