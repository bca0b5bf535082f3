import type { ChildProcess } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { startPostgres } from "../bin/lib/postgres.mjs";
import { scratchFolder } from "../bin/lib/scratch.mjs";
import { addWait, reserveMails } from "./reserve-mails.ts";
import { readOptions } from "./setup.ts";

// kill -9 of two workers and of Postgres while mails leave to a server that takes 20 to 200 ms for each. What arrived is counted from that
// server's own log. The yardstick is the promise: nobody twice, nobody lost, and no more uncertain mails than connections were cut.
const { kills: KILLS, json } = readOptions("crash", { kills: 200 });
/** Of one mailbox in one worker, see the SMTP transport. */
const CONNECTIONS = 10;
const WORKERS = 2;
const TOP_UP = { below: 1_500, by: 3_000 };
/** A run in which fewer of the kills fell while a mail was on its way proves nothing. */
const LEAST_WHILE_SENDING = 0.6;
const SECRET = "a benchmark has no secrets but needs one";

const dataDir = scratchFolder("bench");
const log = join(dataDir, "sink.log");
writeFileSync(log, "");
let postgres = await startPostgres({ dataDir });
const { migrateDatabase } = await import("#server/core/migrate.ts");
const { runtimeUrl } = await migrateDatabase({ ownerUrl: postgres.url("postgres"), loginPassword: "bench" });
const { env } = await import("#server/core/env.ts");
Object.assign(env, { DATABASE_URL: runtimeUrl, APP_SECRET: SECRET });
const { closeDatabase } = await import("#server/core/db.ts");
const { firstLine, startChild } = await import("../server/testing/child.ts");
const { testMailbox, testRunningCampaign } = await import("../server/testing/sending.ts");
const { testWorkspace } = await import("../server/testing/workspace.ts");
const { settleMessage } = await import("#server/sending/commands/settle-message.ts");

const sink = startChild("./smtp-sink-process.ts", [log, "20", "200"], {});
const port = Number(await firstLine(sink));
const workspace = await testWorkspace();
const campaign = await testRunningCampaign(workspace, 2);
const mailboxIds = [(await testMailbox(workspace, { port })).id];
await closeDatabase();

async function ask<Row extends pg.QueryResultRow>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: postgres.url("postgres") });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<Row>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}
async function withOwner(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url("postgres") });
  await client.connect();
  await work(client);
  await client.end();
}
let reserved = 0;
async function topUp(): Promise<void> {
  const [row] = await ask<{ left: number }>("select count(*)::int as left from messages where status = 'reserved'");
  if ((row?.left ?? 0) >= TOP_UP.below) return;
  await withOwner((client) => reserveMails(client, { workspace, campaign, mailboxIds }, reserved, TOP_UP.by));
  reserved += TOP_UP.by;
}
/** How many messages are on their way at this instant, by the worker that sends them. */
async function sending(): Promise<Map<number, number>> {
  const rows = await ask<{ pid: number; count: number }>(
    "select split_part(worker_id, '-', 1)::int as pid, count(*)::int as count from messages where status = 'sending' and lease_until > clock_timestamp() group by 1",
  );
  const alive = new Set(workers.map((worker) => worker.pid));
  return new Map(rows.filter((row) => alive.has(row.pid)).map((row) => [row.pid, row.count]));
}
/** As the supervisor does: its children may hold the memory for a moment. */
async function restartPostgres(): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    await wait(100);
    try {
      postgres = await startPostgres({ dataDir, port: postgres.port });
      return;
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
}
const startWorker = () =>
  startChild("../../bench/send-worker.ts", [], {
    NODE_ENV: "production",
    LOG_LEVEL: "fatal",
    DATABASE_URL: runtimeUrl,
    APP_SECRET: SECRET,
    DATA_DIR: dataDir,
    ALLOW_LOOPBACK_MAIL: "1",
  });

await withOwner((client) => addWait(client, workspace.id, campaign.id));
await topUp();
const workers = Array.from({ length: WORKERS }, startWorker);
const counts = { worker: 0, postgres: 0, whileSending: 0 };
for (let kill = 0; kill < KILLS; kill++) {
  const victim = kill % 5 === 4 ? "postgres" : "worker";
  // At a random instant after somebody has begun to send. Where nobody does within ten seconds, the kill falls all the same.
  for (let waited = 0; waited < 10_000 && (await sending()).size === 0; waited += 20) await wait(20);
  await wait(Math.random() * 150);
  const busy = await sending();
  // A worker that sends, mostly; every sixth time the one that waits for its turn.
  const isBusy = (worker: ChildProcess) => busy.has(worker.pid ?? 0);
  const place = Math.max(
    0,
    workers.findIndex((worker) => isBusy(worker) === (kill % 6 !== 0)),
  );
  const isSending = victim === "postgres" ? busy.size > 0 : isBusy(workers[place] as ChildProcess);
  if (victim === "worker") {
    workers[place]?.kill("SIGKILL");
    await workers[place]?.ended;
    workers[place] = startWorker();
  } else {
    process.kill(postgres.pid, "SIGKILL");
    await restartPostgres();
  }
  counts[victim] += 1;
  if (isSending) counts.whileSending += 1;
  await topUp();
}

// What comes after: the rest is sent, leases run out by themselves, and what stays uncertain is settled by what arrived, as a person would.
for (let quiet = 0; quiet < 600; quiet++) {
  const [row] = await ask<{ open: number }>(
    "select count(*)::int as open from messages where status in ('reserved', 'sending', 'deferred') or (status = 'sent' and followed_up_at is null)",
  );
  if (row?.open === 0) break;
  await wait(1_000);
}
const taken = () =>
  readFileSync(log, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { event: string; to: string; messageId: string })
    .filter((line) => line.event === "taken");
const uncertain = await ask<{ id: string; header: string }>(
  "select id, message_id_header as header from messages where status = 'uncertain'",
);
const arrived = new Set(taken().map((line) => line.messageId));
for (const { id, header } of uncertain)
  await workspace.run((tx) => settleMessage(tx, { id, sent: arrived.has(header), byId: workspace.userId, byKind: "person" }));
for (let waited = 0; waited < 120; waited++) {
  const [row] = await ask<{ open: number }>("select count(*)::int as open from messages where status <> 'sent'");
  if (row?.open === 0) break;
  await wait(1_000);
}

const times = new Map<string, number>();
for (const line of taken()) times.set(line.to, (times.get(line.to) ?? 0) + 1);
const people = await ask<{ email: string; status: string }>("select to_address as email, status from messages");
const duplicates = [...times.values()].filter((count) => count > 1).length;
const lost = people.filter(({ email }) => !times.has(email)).length;
const settings = (
  await ask<{ postgres: string; fsync: string }>("select current_setting('server_version') as postgres, current_setting('fsync') as fsync")
)[0];
const ours = {
  sent: times.size,
  people: people.length,
  kills: KILLS,
  killsOfPostgres: counts.postgres,
  killsWhileSending: counts.whileSending,
  duplicates,
  lost,
  uncertain: uncertain.length,
};
const isVoid = counts.whileSending < KILLS * LEAST_WHILE_SENDING;
const isKept = !isVoid && duplicates === 0 && lost === 0 && uncertain.length <= KILLS * CONNECTIONS;
const line = {
  name: "crash",
  rows: people.length,
  ours,
  yardstick: { duplicates: 0, lost: 0, uncertain: KILLS * CONNECTIONS, what: "the promise" },
  ratio: isKept ? 1 : 0,
  unit: isVoid ? "void: too few kills fell while a mail was on its way" : "promise kept",
  cores: availableParallelism(),
  ...settings,
  runs: 1,
};
console.log(json ? JSON.stringify(line) : JSON.stringify(line, null, 2));
for (const child of [...workers, sink] as ChildProcess[]) child.kill("SIGKILL");
await closeDatabase();
await postgres.stop();
rmSync(dataDir, { recursive: true, force: true });
process.exit(isKept ? 0 : 1);
