import { once } from "node:events";
import { availableParallelism } from "node:os";
import pg from "pg";
import { addWait, BODY, reserveMails } from "./reserve-mails.ts";
import { median, pause, readOptions, spread, startBench, startFile } from "./setup.ts";

// Reserved mails to an SMTP server without delay, through the worker as it runs in production: each message has its own committed
// `sending` before it leaves and its own committed `sent` after. Beside it nodemailer's bare pool with as many connections.
const { rows: ROWS, runs: RUNS, json } = readOptions("send", { rows: 10_000, runs: 3 });
const { postgres, end } = await startBench({ ALLOW_LOOPBACK_MAIL: "1" });
const { testWorkspace } = await import("../server/testing/workspace.ts");
const { testMailbox, testRunningCampaign } = await import("../server/testing/sending.ts");
const owner = new pg.Client({ connectionString: postgres.url("postgres") });
await owner.connect();

const sink = startFile("send-sink.ts");
const [{ port }] = (await once(sink, "message")) as [{ port: number }];
const ask = async <T>(question: string): Promise<T> => {
  const answer = once(sink, "message") as Promise<[T]>;
  sink.send(question);
  return (await answer)[0];
};
const workspace = await testWorkspace();
// A team of ten mailboxes, ten connections each; the yardstick has as many in all.
const MAILBOXES = 10;
const CONNECTIONS = MAILBOXES * 10;
const mailboxIds: string[] = [];
for (let n = 1; n <= MAILBOXES; n += 1) mailboxIds.push((await testMailbox(workspace, { port, address: `sales${n}@acme.example` })).id);

type Figure = { perSecond: number; rssMb: number };
type Report = { taken: number; people: number; firstAt: number; lastAt: number };

/** A campaign of `ROWS` people whose first mail is reserved and due, written at once; then the worker finds them. */
async function reserve(): Promise<void> {
  const campaign = await testRunningCampaign(workspace, 2);
  await addWait(owner, workspace.id, campaign.id);
  await reserveMails(owner, { workspace, campaign, mailboxIds }, 0, ROWS);
}

async function measureOurs(): Promise<Figure> {
  await owner.query("truncate leads, threads, campaigns, offers, due, outbox, activities cascade");
  await reserve();
  await ask("count").then(() => sink.send("reset"));
  const worker = startFile("send-worker.ts");
  let endedAt = 0;
  // Ended means all of it: sent, and what follows done. The figure counts until then. The database is not asked before the last mail has
  // left, because each such look reads through all of them.
  const deadline = Date.now() + 600_000;
  while ((await ask<{ count: number }>("count")).count < ROWS && Date.now() < deadline) await pause(25);
  while (endedAt === 0 && Date.now() < deadline) {
    const { rows } = await owner.query("select 1 from messages where followed_up_at is null limit 1");
    if (rows.length === 0) endedAt = Date.now();
    else await pause(25);
  }
  const report = await ask<Report>("report");
  worker.send("memory?");
  const [{ rssMb }] = (await once(worker, "message")) as [{ rssMb: number }];
  worker.kill("SIGKILL");
  await once(worker, "exit");
  await verify(report);
  return { perSecond: ROWS / ((Math.max(endedAt, report.lastAt) - report.firstAt) / 1000), rssMb };
}

/** Row by row: everybody once at the sink, one attempt each, sent, and moved on to the next mail. */
async function verify(report: Report): Promise<void> {
  const { rows } = await owner.query(`select (select count(*) from messages where status = 'sent' and attempt = 1)::int as sent,
    (select count(*) from message_attempts where outcome = 'sent')::int as attempts, (select count(*) from activities where kind = 'message/sent')::int as told,
    (select count(*) from enrolments e join campaign_steps s on s.id = e.step_id and s.position = 2)::int as moved`);
  const found = { ...rows[0], taken: report.taken, people: report.people };
  for (const [what, count] of Object.entries(found)) if (count !== ROWS) throw new Error(`${what}: ${count} of ${ROWS}`);
}

async function measureYardstick(): Promise<Figure> {
  sink.send("reset");
  const pool = startFile("send-yardstick.ts", [String(port), String(ROWS), BODY, String(CONNECTIONS)]);
  const [{ rssMb }] = (await once(pool, "message")) as [{ rssMb: number }];
  const report = await ask<Report>("report");
  if (report.taken !== ROWS) throw new Error(`the pool: ${report.taken} of ${ROWS}`);
  return { perSecond: ROWS / ((report.lastAt - report.firstAt) / 1000), rssMb };
}

const [ours, pool]: [Figure[], Figure[]] = [[], []];
for (let run = 0; run < RUNS; run++) {
  pool.push(await measureYardstick());
  ours.push(await measureOurs());
}
const { rows: settings } = await owner.query("select current_setting('server_version') as postgres, current_setting('fsync') as fsync");
const line = {
  name: "send",
  rows: ROWS,
  ours: { perSecond: Math.round(median(ours)), spread: spread(ours) },
  yardstick: {
    perSecond: Math.round(median(pool)),
    spread: spread(pool),
    what: `nodemailer pool of ${CONNECTIONS} connections, Node as it comes`,
  },
  ratio: Number((median(ours) / median(pool)).toFixed(3)),
  unit: "mails a second",
  peakRssMb: Math.max(...ours.map((one) => one.rssMb)),
  cores: availableParallelism(),
  ...settings[0],
  runs: RUNS,
};
console.log(json ? JSON.stringify(line) : JSON.stringify(line, null, 2));
await owner.end();
sink.kill();
await end();
process.exit(0);
