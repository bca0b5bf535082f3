import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase, inWorkspace } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { rememberSecret } from "#server/core/fingerprint.ts";
import { newId } from "#server/core/ids.ts";
import { unseal } from "#server/core/seal.ts";
import { emptyNeighbour, portrait } from "#server/testing/backups.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testEngine } from "#server/testing/engine.ts";
import { testBlobs, testFile, testImport } from "#server/testing/imports.ts";
import { testMailbox, testReservedMail, testRunningCampaign } from "#server/testing/sending.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { restoreBackup } from "./commands/restore-backup.ts";
import { writeBackup } from "./commands/write-backup.ts";

const database = await testDatabase();
const SECRET = env.APP_SECRET ?? "";
const migrations = readdirSync(join(process.cwd(), "prisma/migrations"));
const folder = mkdtempSync(join(tmpdir(), "leadwright-backup-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const blobs = testBlobs();
const [one, two] = [await testWorkspace({ name: "One" }), await testWorkspace({ name: "Two" })];
for (const workspace of [one, two]) {
  await testImport(workspace, { blobs }, "name,email\nNadia Rossi,nadia@norvale.example\nTom Ito,tom@ito.example\n");
  await testFile(workspace, { blobs }, `not yet checked\n${"x".repeat(300_000)}\n`);
  const mailbox = await testMailbox(workspace, { port: 2525, address: `ana-${workspace.id}@acme.example` });
  await testReservedMail(workspace, await testRunningCampaign(workspace), mailbox.id, "ben@norvale.example");
  await workspace.run((tx) =>
    tx.activity.create({
      data: {
        id: newId(),
        workspaceId: workspace.id,
        kind: "lead/created",
        detail: { text: 'a "quoted"\\ line\n\tand ä é 中' },
        occurredAt: new Date("2033-01-31T23:59:59.999Z"),
      },
    }),
  );
}
// A run that has done its first step and sleeps, and one that has not begun.
const ran: string[] = [];
const define = (client: Parameters<Parameters<typeof testEngine>[0]>[0]) => [
  client.createFunction({ id: "chain", triggers: [{ event: "backup/chain" }] }, async ({ step, event }) => {
    const { name } = event.data as { name: string };
    await step.run("first", () => ran.push(`${name} first`));
    await step.sleep("a while", "1h");
    await step.run("last", () => ran.push(`${name} last`));
  }),
];
const engine = await testEngine(define);
await engine.send([{ id: "a", name: "backup/chain", data: { name: "a" }, ts: Date.parse("2026-03-02T09:00:00Z") }]);
await engine.drain();
await engine.send([{ id: "b", name: "backup/chain", data: { name: "b" }, ts: Date.parse("2026-03-02T09:00:00Z") }]);
await rememberSecret(database.owner, SECRET);

const file = join(folder, "all.backup");
const made = await writeBackup({ ownerUrl: database.ownerUrl, secret: SECRET, blobs, file, now: new Date("2026-03-02T10:00:00Z") });
const restore = (into: { ownerUrl: string }, from = file, secret = SECRET, known = migrations) =>
  restoreBackup({ ownerUrl: into.ownerUrl, loginPassword: "test", secret, blobs: testBlobs(), file: from, migrations: known });

describe("a backup", () => {
  it("is one file that only its owner reads, without a key and without a readable word of anybody", () => {
    expect(made).toMatchObject({ blobs: 4, missingBlobs: 0 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(file);
    for (const word of [SECRET, "nadia", "Norvale", "acme.example"]) expect(bytes.includes(word)).toBe(false);
    expect(readdirSync(folder)).toEqual(["all.backup"]);
  });
});

describe("restored into an empty database", () => {
  it("is the same: rows, constraints, policies, triggers, sequences, files and sealed secrets, and work goes on", async () => {
    const there = await emptyNeighbour(database.ownerUrl);
    const files = testBlobs();
    const told = await restoreBackup({ ownerUrl: there.ownerUrl, loginPassword: "test", secret: SECRET, blobs: files, file, migrations });
    expect(told).toMatchObject({ tables: made.tables, rows: made.rows, blobs: 4, applied: [] });
    const [before, after] = [await portrait(database.owner), await portrait(there.owner)];
    expect(after.rows).toEqual(before.rows);
    expect(after.definitions).toEqual(before.definitions);

    const { rows: kept } = await database.owner.query<{ digest: string; workspace_id: string }>(
      "select distinct workspace_id, digest from blobs where workspace_id = $1",
      [one.id],
    );
    for (const blob of kept) {
      const bytes = Buffer.concat(await Array.fromAsync(await files.open(one.id, blob.digest)));
      expect(bytes.length).toBeGreaterThan(10);
    }

    // The product on the restored database, through its own login.
    await closeDatabase();
    env.DATABASE_URL = Object.assign(new URL(there.ownerUrl), { username: "leadwright_login", password: "test" }).toString();
    const seen = await inWorkspace(one.id, (tx) => tx.lead.findMany({ select: { workspaceId: true } }));
    expect(new Set(seen.map((lead) => lead.workspaceId))).toEqual(new Set([one.id]));
    const mailbox = await inWorkspace(one.id, (tx) => tx.mailbox.findFirstOrThrow());
    const place = { workspaceId: one.id, table: "mailboxes", column: "secret", rowId: mailbox.id };
    expect(unseal(mailbox.secret ?? new Uint8Array(), place)).toContain("right");
    await expect(inWorkspace(one.id, (tx) => tx.$executeRaw`update messages set status = 'sent'`)).rejects.toThrow();

    // The queue is made anew: the runs that were under way get their jobs back, and finished steps do not run again.
    const restored = await testEngine(define);
    restored.clock.forward(2 * 60_000);
    expect(await restored.heal()).toBe(1);
    await restored.drain();
    restored.clock.forward(2 * 3_600_000);
    await restored.drain();
    expect(ran.toSorted()).toEqual(["a first", "a last", "b first", "b last"]);
    await closeDatabase();
    env.DATABASE_URL = database.runtimeUrl;
    await there.close();
  });
});

describe("a restore is refused, and leaves nothing behind", () => {
  it.each([
    ["into an instance that is not empty", "full", /not empty: it holds people/],
    ["with other keys", "keys", /sealed with another APP_SECRET/],
    ["by an older release", "newer", /made by a newer release \(it has 2026/],
    ["when a byte was changed", "changed", /damaged or was cut off/],
    ["when the end is missing", "cut", /damaged or was cut off/],
    ["when it is something else", "other", /is not a backup of Leadwright/],
    ["when there is no such file", "absent", /cannot be read/],
  ])("%s", async (_, how, sentence) => {
    const there = await emptyNeighbour(database.ownerUrl);
    const bytes = readFileSync(file);
    const from = join(folder, `${how}.backup`);
    if (how === "changed") bytes[bytes.length - 400] = (bytes[bytes.length - 400] ?? 0) ^ 1;
    if (how !== "absent") writeFileSync(from, how === "cut" ? bytes.subarray(0, bytes.length - 40) : how === "other" ? "PK" : bytes);
    const asked = restore(
      how === "full" ? { ownerUrl: database.ownerUrl } : there,
      from,
      how === "keys" ? "another secret that is long enough too" : SECRET,
      how === "newer" ? migrations.slice(0, -1) : migrations,
    );
    await expect(asked).rejects.toThrow(sentence);
    const { rows } = await there.owner.query<{ n: number }>("select count(*)::int as n from pg_class where relname = 'users'");
    if (rows[0]?.n) expect((await there.owner.query("select from users")).rowCount).toBe(0);
    rmSync(from, { force: true });
    await there.close();
  });

  it("without the secret that was first used, on which the hashes of erased people hang", async () => {
    const there = await emptyNeighbour(database.ownerUrl);
    const lasting = "the secret that came first, before the present one";
    const asked = restoreBackup({
      ownerUrl: there.ownerUrl,
      loginPassword: "test",
      secret: SECRET,
      lasting,
      blobs: testBlobs(),
      file,
      migrations,
    });
    await expect(asked).rejects.toThrow(/needs the SUPPRESSION_SECRET/);
    await there.close();
  });

  it("and may be tried again, into what the first try left", async () => {
    const there = await emptyNeighbour(database.ownerUrl);
    const cut = join(folder, "cut.backup");
    writeFileSync(cut, readFileSync(file).subarray(0, -40));
    await expect(restore(there, cut)).rejects.toThrow(/damaged/);
    await restore(there);
    expect((await portrait(there.owner)).rows).toEqual((await portrait(database.owner)).rows);
    await there.close();
  });

  it("a backup that cannot be written leaves no half file", async () => {
    const nowhere = join(folder, "no-such-folder/x.backup");
    await expect(writeBackup({ ownerUrl: database.ownerUrl, secret: SECRET, blobs, file: nowhere, now: new Date() })).rejects.toThrow(
      /cannot be written to/,
    );
    expect(existsSync(`${nowhere}.part`)).toBe(false);
  });
});
