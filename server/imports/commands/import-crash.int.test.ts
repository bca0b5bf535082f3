import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createFolderBlobStore } from "#server/providers/blob-store/folder.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testCheck, testFile } from "#server/testing/imports.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { startImport } from "./plan-import.ts";

const database = await testDatabase();
const SECRET = "a test secret that is long enough to be one";
const ROWS = 12_000;
/** While the file is read, and when it was read before: then two chunks are written at once. */
const POINTS = [
  { point: "import.chunk-staged:2", isRead: false },
  { point: "import.chunk-committed:2", isRead: false },
  { point: "import.rows-written:2", isRead: false },
  { point: "import.rows-committed:1", isRead: false },
  { point: "import.companies-committed:1", isRead: true },
  { point: "import.rows-written:1", isRead: true },
  { point: "import.rows-written:2", isRead: true },
  { point: "import.rows-committed:1", isRead: true },
];

/** 12,000 people in three chunks; every twentieth row repeats somebody of an earlier chunk or of its own. */
function file(): string {
  const lines = ["Name,E-mail,Company,# Employees"];
  for (let row = 0; row < ROWS; row++) {
    const person = row % 20 === 19 ? row - Math.min(row, 6_000) : row;
    lines.push(`Person ${person},p${person}@c${person % 900}.example,Company ${person % 900},${50 + (person % 900)}`);
  }
  return lines.join("\n");
}

/** The product's own run in a process of its own, which dies at the named point. */
function runChild(folder: string, workspaceId: string, importId: string, failPoint: string | null): Promise<NodeJS.Signals | null> {
  const script = `
    const { createFolderBlobStore } = await import("#server/providers/blob-store/folder.ts");
    const { runImport } = await import("#server/imports/commands/run-import.ts");
    const { provenWorkspace } = await import("#server/core/tenancy.ts");
    const { closeDatabase } = await import("#server/core/db.ts");
    const blobs = createFolderBlobStore({ folder: ${JSON.stringify(folder)}, secret: () => ${JSON.stringify(SECRET)} });
    await runImport({ blobs }, provenWorkspace(${JSON.stringify(workspaceId)}), ${JSON.stringify(importId)});
    await closeDatabase();`;
  const child: ChildProcess = spawn(process.execPath, ["--input-type=module", "-e", script], {
    env: {
      ...process.env,
      DATABASE_URL: database.runtimeUrl,
      APP_SECRET: SECRET,
      NODE_ENV: "test",
      ...(failPoint && { FAIL_POINT: failPoint }),
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
}

describe("an import whose process is killed", () => {
  it.each(POINTS)(
    "goes on behind its last chunk after a kill at $point, read before: $isRead",
    async ({ point, isRead }) => {
      const folder = mkdtempSync(join(tmpdir(), "leadwright-crash-"));
      const blobs = createFolderBlobStore({ folder, secret: () => SECRET });
      const workspace = await testWorkspace();
      const id = isRead ? await testCheck(workspace, { blobs }, file()) : (await testFile(workspace, { blobs }, file())).id;
      await workspace.run((tx) => startImport(tx, id, workspace.userId));
      expect(await runChild(folder, workspace.id, id, point)).toBe("SIGKILL");
      expect(await runChild(folder, workspace.id, id, null)).toBeNull();

      const people = new Set(
        file()
          .split("\n")
          .slice(1)
          .map((line) => line.split(",")[1]),
      ).size;
      const [record, leads, states, said, search, members] = await workspace.run(async (tx) => [
        await tx.leadImport.findFirstOrThrow({ where: { id } }),
        await tx.lead.count(),
        await tx.leadState.count(),
        await tx.$queryRaw<
          { count: number }[]
        >`select count(distinct subject_id)::int as count from observations where subject_type = 'lead'`,
        await tx.leadSearch.count(),
        await tx.leadListMember.count(),
      ]);
      expect(record).toMatchObject({ status: "done", totalRows: ROWS, created: people, joined: ROWS - people, failed: 0 });
      expect([leads, states, said[0]?.count, search, members]).toEqual([people, people, people, people, people]);
      expect(await workspace.run((tx) => tx.account.count())).toBe(900);
    },
    60_000,
  );
});
