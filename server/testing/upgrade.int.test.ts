import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { describe, expect, it } from "vitest";
import { closeDatabase } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { refuseOtherSecret, rememberSecret } from "#server/core/fingerprint.ts";
import { newId } from "#server/core/ids.ts";
import { migrateDatabase } from "#server/core/migrate.ts";
import { startImport } from "#server/imports/commands/plan-import.ts";
import { runImport } from "#server/imports/commands/run-import.ts";
import { createSandboxTransport } from "#server/providers/mail-transport/sandbox.ts";
import { sendDueMessages } from "#server/sending/commands/send-due.ts";
import { emptyNeighbour } from "./backups.ts";
import { testDatabase } from "./database.ts";
import { testEngine } from "./engine.ts";
import { testBlobs, testFile } from "./imports.ts";
import { allMigrations as all, previousMigrations as previous } from "./previous-release.ts";
import { statusOf, testMailbox, testReservedMail, testRunningCampaign } from "./sending.ts";
import { testWorkspace } from "./workspace.ts";

const database = await testDatabase();
const blobs = testBlobs();
const workspace = await testWorkspace({ clockAt: "2026-03-03T10:00:00Z" });
const mailbox = await testMailbox(workspace);
const mail = await testReservedMail(workspace, await testRunningCampaign(workspace), mailbox.id, "nadia@norvale.example");
const { id: importId } = await testFile(workspace, { blobs }, "name,email\nTom Ito,tom@ito.example\nIda Berg,ida@berg.example\n");
await workspace.run((tx) => startImport(tx, importId, workspace.userId));
await workspace.run((tx) =>
  tx.activity.create({
    data: { id: newId(), workspaceId: workspace.id, kind: "lead/created", detail: {}, occurredAt: new Date("2026-02-11T10:00:00Z") },
  }),
);

const ran: string[] = [];
const define = (client: Parameters<Parameters<typeof testEngine>[0]>[0]) => [
  client.createFunction({ id: "upgraded", triggers: [{ event: "upgrade/asked" }] }, ({ step }) => step.run("once", () => ran.push("ran"))),
];

type Column = { table: string; name: string };
const columnsOf = async (client: pg.Client): Promise<Column[]> =>
  (
    await client.query<Column>(
      `select c.relname as table, a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> '_prisma_migrations' order by 1, a.attnum`,
    )
  ).rows;

/** What is in flight today, written as the previous release would have. @returns rows by table */
async function writeAsBefore(old: pg.Client): Promise<Map<string, number>> {
  const known = new Set((await columnsOf(database.owner)).map(({ table, name }) => `${table}.${name}`));
  const byTable = Map.groupBy(
    (await columnsOf(old)).filter(({ table, name }) => known.has(`${table}.${name}`)),
    ({ table }) => table,
  );
  await old.query("set session_replication_role = replica");
  const counts = new Map<string, number>();
  for (const [table, columns] of byTable) {
    const list = columns.map(({ name }) => pg.escapeIdentifier(name)).join(", ");
    const into = old.query(copyFrom(`copy ${table} (${list}) from stdin`));
    await pipeline(database.owner.query(copyTo(`copy (select ${list} from ${table}) to stdout`)), into);
    counts.set(table, into.rowCount ?? 0);
  }
  await old.query("set session_replication_role = default; select setval('outbox_id_seq', (select coalesce(max(id), 0) + 1 from outbox))");
  return counts;
}

describe("the previous release's database, with work in flight", () => {
  it("is brought to this release: nothing is lost, and the work goes on", { timeout: 60_000 }, async () => {
    const old = await emptyNeighbour(database.ownerUrl);
    await migrateDatabase({ ownerUrl: old.ownerUrl, loginPassword: "test", only: previous });
    const before = await writeAsBefore(old.owner);
    expect([before.get("messages"), before.get("lead_imports"), before.get("outbox"), before.get("activities")]).toEqual([
      1,
      1,
      expect.any(Number),
      expect.any(Number),
    ]);
    const waiting = before.get("outbox") ?? 0;
    expect(waiting).toBeGreaterThan(0);

    const { applied, runtimeUrl } = await migrateDatabase({ ownerUrl: old.ownerUrl, loginPassword: "test" });
    expect(applied).toEqual(all.slice(previous.length));
    for (const [table, count] of before)
      expect(`${table} ${(await old.owner.query(`select from ${table}`)).rowCount}`).toBe(`${table} ${count}`);

    await closeDatabase();
    env.DATABASE_URL = runtimeUrl;
    const services = { mailTransport: createSandboxTransport(), sandboxTransport: createSandboxTransport() };
    await sendDueMessages(services, workspace.id, [mail.messageId]);
    expect(await statusOf(workspace, mail.messageId)).toBe("sent");
    await runImport({ blobs }, workspace.id, importId);
    expect(await workspace.run(async (tx) => (await tx.leadImport.findUniqueOrThrow({ where: { id: importId } })).created)).toBe(2);

    const engine = await testEngine(define);
    await engine.send([{ id: newId(), name: "upgrade/asked", data: {}, ts: Date.parse("2026-03-02T09:00:00Z") }]);
    await engine.drain();
    expect(ran).toEqual(["ran"]);
    await closeDatabase();
    env.DATABASE_URL = database.runtimeUrl;
    await old.close();
  });

  it("can be upgraded twice at once", { timeout: 60_000 }, async () => {
    const old = await emptyNeighbour(database.ownerUrl);
    await migrateDatabase({ ownerUrl: old.ownerUrl, loginPassword: "test", only: previous });
    const upgrades = await Promise.all([1, 2].map(() => migrateDatabase({ ownerUrl: old.ownerUrl, loginPassword: "test" })));
    expect(upgrades.map(({ applied }) => applied.length).toSorted((a, b) => a - b)).toEqual([0, all.length - previous.length]);
    await old.close();
  });
});

describe("a database is refused, before anything in it is changed", () => {
  it("when it is newer than this release", async () => {
    const newer = await emptyNeighbour(database.ownerUrl);
    await migrateDatabase({ ownerUrl: newer.ownerUrl, loginPassword: "test", only: previous });
    await newer.owner.query(
      "insert into _prisma_migrations (id, checksum, finished_at, migration_name) values ('next', 'x', now(), '20990101000000_next')",
    );
    const asked = migrateDatabase({ ownerUrl: newer.ownerUrl, loginPassword: "test" });
    await expect(asked).rejects.toThrow(/belongs to a newer release \(it has 20990101000000_next\)/);
    expect((await newer.owner.query("select from _prisma_migrations")).rowCount).toBe(previous.length + 1);
    await newer.close();
  });

  it("when it was sealed with another secret", async () => {
    await rememberSecret(database.owner, "the secret that this database was made with");
    await expect(refuseOtherSecret(database.owner, "another secret of more than thirty-two letters")).rejects.toThrow(
      /sealed with another APP_SECRET/,
    );
    await expect(refuseOtherSecret(database.owner, "the secret that this database was made with")).resolves.toBeUndefined();
  });
});
