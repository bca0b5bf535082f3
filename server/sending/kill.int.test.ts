import type { ChildProcess } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterAll, expect, it } from "vitest";
import { closeDatabase } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { migrateDatabase } from "#server/core/migrate.ts";
import { createSandboxTransport } from "#server/providers/mail-transport/sandbox.ts";
import { createSmtpTransport } from "#server/providers/mail-transport/smtp.ts";
import { firstLine, startChild } from "#server/testing/child.ts";
import { type TestMail, testMailbox, testReservedMail, testRunningCampaign } from "#server/testing/sending.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { startPostgres } from "../../bin/lib/postgres.mjs";
import { scratchFolder } from "../../bin/lib/scratch.mjs";
import { sendDueMessages } from "./commands/send-due.ts";
import { settleMessage } from "./commands/settle-message.ts";

const SECRET = "a test secret that is long enough to be one";
const PEOPLE = 120;
const KILLS = 15;
const folder = scratchFolder("kill");
const log = join(folder, "sink.log");
writeFileSync(log, "");

/** A cluster of its own, as durable as in production, because it is killed too. */
let postgres = await startPostgres({ dataDir: folder });
const sink = startChild("./smtp-sink-process.ts", [log, "25"], {});
const children = new Set<ChildProcess>([sink]);
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await closeDatabase();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const taken = () =>
  readFileSync(log, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { event: string; to: string; messageId: string })
    .filter((line) => line.event === "taken");

it(`loses and doubles nothing over ${KILLS} kill -9 of worker and Postgres`, async () => {
  const admin = new pg.Client({ connectionString: postgres.url("postgres") });
  await admin.connect();
  await admin.query("create database leadwright");
  await admin.end();
  await migrateDatabase({ ownerUrl: postgres.url("leadwright"), loginPassword: "test" });
  const runtime = new URL(postgres.url("leadwright"));
  runtime.username = "leadwright_login";
  runtime.password = "test";
  env.DATABASE_URL = runtime.toString();
  env.APP_SECRET = SECRET;

  const port = Number(await firstLine(sink));
  const workspace = await testWorkspace();
  const campaign = await testRunningCampaign(workspace);
  const { id: mailboxId } = await testMailbox(workspace, { port });
  const mails: TestMail[] = [];
  for (let index = 0; index < PEOPLE; index++)
    mails.push(await testReservedMail(workspace, campaign, mailboxId, `person-${index}@norvale.example`));
  await closeDatabase();

  const startWorker = () => {
    const child = startChild("./sending-worker.ts", [workspace.id], {
      DATABASE_URL: env.DATABASE_URL ?? "",
      APP_SECRET: SECRET,
      ALLOW_LOOPBACK_MAIL: "1",
    });
    children.add(child);
    return child;
  };
  let worker = startWorker();
  let killsWhileSending = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    // A kill falls at a random instant after the worker has begun to send again.
    const before = taken().length;
    for (let waited = 0; waited < 400 && taken().length === before && before < PEOPLE; waited++) await wait(10);
    await wait(Math.random() * 60);
    if (taken().length < PEOPLE) killsWhileSending += 1;
    if (kill % 3 === 2) {
      process.kill(postgres.pid, "SIGKILL");
      await wait(50);
      postgres = await startPostgres({ dataDir: folder, port: postgres.port });
    } else {
      worker.kill("SIGKILL");
      await worker.ended;
      worker = startWorker();
    }
  }
  worker.kill("SIGKILL");
  await worker.ended;

  // What comes after: leases end, evidence and a person settle what is uncertain, the rest is sent.
  const services = { mailTransport: createSmtpTransport({ allowLoopback: true }), sandboxTransport: createSandboxTransport() };
  const owner = new pg.Client({ connectionString: postgres.url("leadwright") });
  await owner.connect();
  await owner.query("update messages set lease_until = clock_timestamp() - interval '1 ms' where status = 'sending'");
  await owner.end();
  const ids = mails.map((mail) => mail.messageId);
  await sendDueMessages(services, workspace.id, ids);
  const uncertain = await workspace.run((tx) => tx.message.findMany({ where: { status: "uncertain" } }));
  const arrived = new Set(taken().map((line) => line.messageId));
  for (const message of uncertain) {
    await workspace.run((tx) =>
      settleMessage(tx, { id: message.id, sent: arrived.has(message.messageIdHeader), byId: workspace.userId, byKind: "person" }),
    );
  }
  await sendDueMessages(services, workspace.id, ids);
  await services.mailTransport.close();

  const count = new Map<string, number>();
  for (const line of taken()) count.set(line.to, (count.get(line.to) ?? 0) + 1);
  const doubled = [...count.values()].filter((times) => times > 1).length;
  const lost = mails.filter((mail) => !count.has(mail.email)).length;
  expect({ doubled, lost, sent: await workspace.run((tx) => tx.message.count({ where: { status: "sent" } })) }).toEqual({
    doubled: 0,
    lost: 0,
    sent: PEOPLE,
  });
  expect(killsWhileSending).toBeGreaterThan(KILLS / 2);
}, 400_000);
