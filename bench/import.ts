import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { to } from "pg-copy-streams";
import { makeFile } from "./import-file.ts";
import { median, pause, readOptions, spread, startBench, startFile } from "./setup.ts";

// A list as a person drops it, through the worker as it runs in production: the raw file stored, read, staged, cleaned, matched and written.
// The clock runs from the first byte to the import's last commit. Beside it a raw COPY of the same lead, account and observation rows.
const { rows: ROWS, runs: RUNS, json } = readOptions("import", { rows: 100_000, runs: 3 });
const { dataDir, postgres, end } = await startBench();
const { services } = await import("#server/services.ts");
const { testWorkspace } = await import("../server/testing/workspace.ts");
const { storeFile } = await import("#server/imports/commands/store-file.ts");
const { startImport } = await import("#server/imports/commands/plan-import.ts");
const owner = new pg.Client({ connectionString: postgres.url("postgres") });
await owner.connect();
const workspace = await testWorkspace();
const file = makeFile(ROWS);
/** What the worker took before the import began. */
const idle: number[] = [];
const copies = join(dataDir, "copies");
mkdirSync(copies);

type Figure = { perSecond: number; rssMb: number };
const empty = () => owner.query("truncate leads, accounts, observations, lead_lists, import_staging, activities, due, outbox cascade");

async function* bytes(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += 65_536) yield file.subarray(at, at + 65_536);
}

async function measureOurs(): Promise<Figure> {
  await empty();
  const worker = startFile("send-worker.ts");
  // Its code is read and its relay works, as in an instance that has been running: an event that nothing listens to has been handed over.
  await owner.query("insert into outbox (workspace_id, event_id, name, data) values ($1, $2, 'bench/probe', $3)", [
    workspace.id,
    `probe-${Date.now()}`,
    { workspaceId: workspace.id },
  ]);
  for (let left = 1; left > 0; await pause(50)) left = (await owner.query("select 1 from outbox")).rows.length;
  worker.send("memory?");
  const [{ rssMb: idleRssMb }] = (await once(worker, "message")) as [{ rssMb: number }];
  idle.push(idleRssMb);
  const startedAt = performance.now();
  const { id } = await storeFile(services, workspace.id, {
    fileName: "bench.csv",
    mediaType: "text/csv",
    source: bytes(),
    userId: workspace.userId,
    expectedBytes: file.length,
  });
  await workspace.run((tx) => startImport(tx, id, workspace.userId));
  let status = "running";
  while (status === "running" && performance.now() - startedAt < 600_000) {
    await pause(20);
    status = (await owner.query<{ status: string }>("select status from lead_imports where id = $1", [id])).rows[0]?.status ?? "gone";
  }
  const tookMs = performance.now() - startedAt;
  worker.send("memory?");
  const [{ rssMb }] = (await once(worker, "message")) as [{ rssMb: number }];
  worker.kill("SIGKILL");
  await once(worker, "exit");
  if (status !== "done") throw new Error(`The import ended as ${status}.`);
  await verify(id);
  return { perSecond: ROWS / (tookMs / 1000), rssMb };
}

/** Row by row against the file: every person at their line with their address and company, and everything that belongs to them. */
async function verify(id: string): Promise<void> {
  const wanted = file.toString().trimEnd().split("\n").slice(1);
  const { rows } = await owner.query<{
    row: number;
    email: string;
    title: string;
    company: string;
    said: string;
    state: string;
    search: string;
    listed: string;
  }>(
    `select l.import_row as row, l.email, l.title, a.name as company, o.id as said, s.contact_state as state, f.lead_id as search, m.lead_id as listed
     from leads l join accounts a on a.id = l.account_id join observations o on o.subject_id = l.id join lead_state s on s.id = l.id
     join lead_search f on f.lead_id = l.id join lead_list_members m on m.lead_id = l.id where l.import_id = $1 order by l.import_row`,
    [id],
  );
  if (rows.length !== ROWS) throw new Error(`${rows.length} of ${ROWS} people are whole.`);
  for (const [index, row] of rows.entries()) {
    const cells = wanted[index]?.split(",") ?? [];
    if (row.row !== index + 2 || row.email !== cells[4] || row.title !== cells[2] || row.company !== cells[3])
      throw new Error(`Row ${index + 2} differs from the file.`);
  }
}

async function keepCopies(): Promise<void> {
  for (const table of ["accounts", "leads", "observations"]) {
    await pipeline(owner.query(to(`copy ${table} to stdout`)), createWriteStream(join(copies, table)));
  }
}

async function measureYardstick(): Promise<Figure> {
  await empty();
  const child = startFile("import-yardstick.ts", [postgres.url("postgres"), copies]);
  const [{ tookMs, rssMb }] = (await once(child, "message")) as [{ tookMs: number; rssMb: number }];
  await once(child, "exit");
  const { rows } = await owner.query<{ count: number }>("select count(*)::int as count from leads");
  if (rows[0]?.count !== ROWS) throw new Error(`COPY wrote ${rows[0]?.count} of ${ROWS} people.`);
  return { perSecond: ROWS / (tookMs / 1000), rssMb };
}

const [ours, copy]: [Figure[], Figure[]] = [[], []];
try {
  await measureOurs();
  await keepCopies();
  for (let run = 0; run < RUNS; run++) {
    copy.push(await measureYardstick());
    ours.push(await measureOurs());
  }
  const settings = (
    await owner.query<{ version: string; fsync: string }>(
      "select current_setting('server_version') as version, current_setting('fsync') as fsync",
    )
  ).rows[0];
  const result = {
    name: "import",
    rows: ROWS,
    ours: { perSecond: Math.round(median(ours)), spread: spread(ours) },
    yardstick: { perSecond: Math.round(median(copy)), spread: spread(copy) },
    ratio: Number((median(ours) / median(copy)).toFixed(3)),
    unit: "rows/s",
    peakRssMb: Math.max(...ours.map((one) => one.rssMb)),
    idleRssMb: Math.max(...idle),
    cores: availableParallelism(),
    postgres: settings?.version,
    fsync: settings?.fsync,
    runs: RUNS,
  };
  console.log(json ? JSON.stringify(result) : JSON.stringify(result, null, 2));
} finally {
  await owner.end();
  await end();
}
