import { describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { assertNoTransaction, asViewer, inWorkspace, type Tx } from "./db.ts";
import { AppError } from "./errors.ts";
import { createSharedReads } from "./shared-reads.ts";

await testDatabase();

const transactionOf = async (tx: Tx): Promise<string> => {
  const [row] = await tx.$queryRaw<{ id: string }[]>`select pg_backend_pid() || ' ' || transaction_timestamp()::text as id`;
  return row?.id ?? "";
};

describe("the reads of one request", () => {
  it("share one transaction, and so one connection and one state", async () => {
    const workspace = await testWorkspace();
    const reads = createSharedReads();
    const seen = await Promise.all([1, 2, 3, 4].map(() => reads.read(workspace.id, transactionOf)));
    expect(new Set(seen).size).toBe(1);
    // Later ones open another: it is never kept open while a page is streamed.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(seen).not.toContain(await reads.read(workspace.id, transactionOf));
  });

  it("never join another workspace's transaction, nor that of somebody who sees more", async () => {
    const [one, two] = [await testWorkspace(), await testWorkspace()];
    const reads = createSharedReads();
    const asWhom = (userId: string, kind: "all" | "read") => asViewer({ userId, kind }, () => reads.read(one.id, transactionOf));
    const seen = await Promise.all([
      reads.read(one.id, transactionOf),
      reads.read(two.id, transactionOf),
      asWhom(one.userId, "all"),
      asWhom(one.userId, "read"),
      asWhom(two.userId, "read"),
    ]);
    expect(new Set(seen).size).toBe(5);
  });

  it("cannot write", async () => {
    const workspace = await testWorkspace();
    await expect(createSharedReads().read(workspace.id, (tx) => tx.$executeRaw`update workspaces set name = 'x'`)).rejects.toThrow(
      /read-only/,
    );
  });

  it("survive the failure of one of them", async () => {
    const workspace = await testWorkspace();
    const reads = createSharedReads();
    const name = (tx: Tx) => tx.workspace.findUniqueOrThrow({ where: { id: workspace.id } }).then((row) => row.name);
    const results = await Promise.allSettled([
      reads.read(workspace.id, name),
      reads.read(workspace.id, (tx) => tx.$queryRaw`select 1 / 0`),
      reads.read(workspace.id, name),
      reads.read(workspace.id, async () => Promise.reject(new AppError("NOT_FOUND", "Not here."))),
      reads.read(workspace.id, name),
    ]);
    expect(results.map((each) => each.status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected", "fulfilled"]);
  });

  it("count as an open transaction: no port and no second one inside", async () => {
    const workspace = await testWorkspace();
    const reads = createSharedReads();
    await expect(reads.read(workspace.id, async () => assertNoTransaction("a port"))).rejects.toThrow(/while a transaction was open/);
    await expect(reads.read(workspace.id, () => inWorkspace(workspace.id, transactionOf))).rejects.toThrow(/inside a transaction/);
  });
});

describe("a full pool", () => {
  it("is said in words, with a time to come back, and heals", { timeout: 30_000 }, async () => {
    const workspace = await testWorkspace();
    const release = Promise.withResolvers<void>();
    const held = Array.from({ length: 6 }, () => workspace.run(() => release.promise));
    const refused = await workspace.run(transactionOf).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "DATABASE_UNAVAILABLE", message: expect.stringMatching(/busy/), retryAfterMs: 3_000 });
    release.resolve();
    await Promise.all(held);
    expect(await workspace.run(transactionOf)).not.toBe("");
  });
});
