import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requestCheck, startImport } from "#server/imports/commands/plan-import.ts";
import { runCheck, runImport } from "#server/imports/commands/run-import.ts";
import { storeFile } from "#server/imports/commands/store-file.ts";
import { createFolderBlobStore } from "#server/providers/blob-store/folder.ts";
import type { BlobStore } from "#server/providers/blob-store/port.ts";
import type { TestWorkspace } from "./workspace.ts";

export function testBlobs(): BlobStore {
  return createFolderBlobStore({
    folder: mkdtempSync(join(tmpdir(), "leadwright-blobs-")),
    secret: () => "a test secret that is long enough to be one",
  });
}

async function* parts(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

export function testFile(
  workspace: TestWorkspace,
  deps: { blobs: BlobStore },
  content: string | Uint8Array,
  fileName = "q1-finance.csv",
): Promise<{ id: string }> {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return storeFile(deps, workspace.id, { fileName, mediaType: "text/csv", source: parts(bytes), userId: workspace.userId });
}

/** Stores, counts and stops before anything is written. */
export async function testCheck(workspace: TestWorkspace, deps: { blobs: BlobStore }, content: string | Uint8Array): Promise<string> {
  const { id } = await testFile(workspace, deps, content);
  await workspace.run((tx) => requestCheck(tx, id));
  await runCheck(deps, workspace.id, id);
  return id;
}

/** The whole way, without a job engine. */
export async function testImport(workspace: TestWorkspace, deps: { blobs: BlobStore }, content: string | Uint8Array): Promise<string> {
  const { id } = await testFile(workspace, deps, content);
  await workspace.run((tx) => startImport(tx, id, workspace.userId));
  await runImport(deps, workspace.id, id);
  return id;
}
