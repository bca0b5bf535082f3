import type { ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import pg from "pg";
import { pause, readOptions, startBench, startFile } from "./setup.ts";

// The engine's two figures, on a cluster of its own with Postgres' own durability: how soon after the commit of its
// outbox row a function's body begins, at 50 events a second; and how many durable steps a second 200 runs of 10 make.
const { seconds: SECONDS, runs: RUNS, rows, json } = readOptions("engine", { rows: 2_000, seconds: 60, runs: 3 });
const PER_SECOND = 50;
/** Of ten steps each. */
const CHAINS = Math.ceil(rows / 10);

const { postgres, end } = await startBench();
const { inIdentity, inWorkspace } = await import("#server/core/db.ts");
const { emit } = await import("#server/jobs/outbox.ts");
const { newId } = await import("#server/core/ids.ts");
const { provenWorkspace } = await import("#server/core/tenancy.ts");
const owner = new pg.Client({ connectionString: postgres.url("postgres") });
await owner.connect();
await owner.query("create table engine.bench_steps (run int, at int, ended_at timestamptz, primary key (run, at))");
await owner.query("grant select, insert on engine.bench_steps to engine_role");

const workspaceId = provenWorkspace(newId());
await inIdentity((tx) =>
  tx.workspace.create({ data: { id: workspaceId, name: "Bench", slug: "bench", kind: "live", timeZone: "UTC", createdAt: new Date() } }),
);
const instant = (): number => performance.timeOrigin + performance.now();

type Worker = { child: ChildProcess; started: Map<number, number>; stop: () => Promise<number> };
type Contender = {
  worker: string;
  /** writes the cause of one start and says when its transaction was about to commit */
  cause: (n: number) => Promise<number>;
  chains: (count: number) => Promise<number>;
  ended: () => Promise<{ steps: number; at: Date | null }>;
};

const ours: Contender = {
  worker: "engine-worker.ts",
  cause: (n) =>
    inWorkspace(workspaceId, async (tx) => {
      const data = { workspaceId, n };
      await emit(tx, { name: "bench/start", data });
      return instant();
    }),
  chains: (count) =>
    inWorkspace(workspaceId, async (tx) => {
      await emit(
        tx,
        Array.from({ length: count }, (_, n) => ({ name: "bench/chain", data: { workspaceId, n } })),
      );
      return instant();
    }),
  ended: async () => {
    const { rows } = await owner.query(`select (select count(*) from engine.steps where status = 'done')::int as steps,
      (select max(ended_at) from engine.runs where function_id like '%chain') as at,
      (select count(*) from engine.runs where function_id like '%chain' and status = 'completed')::int as done`);
    return rows[0].done === CHAINS ? rows[0] : { steps: 0, at: null };
  },
};

const yardstick: Contender = {
  worker: "engine-yardstick.ts",
  cause: async (n) => {
    await owner.query("begin; set local role engine_role");
    await owner.query("select graphile_worker.add_job('start', json_build_object('n', $1::int))", [n]);
    const at = instant();
    await owner.query("commit");
    return at;
  },
  chains: async (count) => {
    await owner.query("begin; set local role engine_role");
    await owner.query("select graphile_worker.add_job('chain', json_build_object('run', n, 'at', 1)) from generate_series(1, $1) n", [
      count,
    ]);
    const at = instant();
    await owner.query("commit");
    return at;
  },
  ended: async () => {
    const { rows } = await owner.query("select count(*)::int as steps, max(ended_at) as at from engine.bench_steps");
    return rows[0].steps === CHAINS * 10 ? rows[0] : { steps: 0, at: null };
  },
};

async function startWorker(file: string): Promise<Worker> {
  const child = startFile(file);
  const started = new Map<number, number>();
  const ready = Promise.withResolvers<void>();
  const memory = Promise.withResolvers<number>();
  child.on("message", (message: { kind: string; n: number; at: number; rssMb: number }) => {
    if (message.kind === "ready") ready.resolve();
    else if (message.kind === "memory") memory.resolve(message.rssMb);
    else if (started.has(message.n)) throw new Error(`Event ${message.n} was handled twice.`);
    else started.set(message.n, message.at);
  });
  child.once("exit", (code) => ready.reject(new Error(`The worker ended before it was ready (${code}).`)));
  await ready.promise;
  return {
    child,
    started,
    stop: async () => {
      child.send("memory?");
      const rssMb = await memory.promise;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
      return rssMb;
    },
  };
}

async function measure(contender: Contender): Promise<{ p95StartMs: number; stepsPerSecond: number; rssMb: number }> {
  await owner.query("truncate engine.runs, engine.event_ids, engine.bench_steps, outbox cascade");
  const worker = await startWorker(contender.worker);
  await pause(500);

  const causes: Promise<number>[] = [];
  const began = performance.now();
  for (let n = 0; n < SECONDS * PER_SECOND; n++) {
    await pause(Math.max(0, began + (n * 1_000) / PER_SECOND - performance.now()));
    // One after the other for the yardstick's single connection; ours takes one of the pool.
    if (contender === yardstick) await Promise.all(causes.slice(-1));
    causes.push(contender.cause(n));
  }
  const caused = await Promise.all(causes);
  for (let waited = 0; worker.started.size < caused.length && waited < 30_000; waited += 50) await pause(50);
  if (worker.started.size !== caused.length) throw new Error(`${caused.length - worker.started.size} events were lost.`);
  const delays = caused.map((at, n) => (worker.started.get(n) ?? Number.NaN) - at).sort((a, b) => a - b);

  const chainsAt = await contender.chains(CHAINS);
  let end = await contender.ended();
  while (end.at === null) {
    await pause(100);
    end = await contender.ended();
  }
  if (end.steps !== CHAINS * 10) throw new Error(`${end.steps} steps are stored instead of ${CHAINS * 10}.`);
  const stepsPerSecond = (CHAINS * 10 * 1_000) / ((end.at?.getTime() ?? 0) - chainsAt);
  const rssMb = await worker.stop();
  return { p95StartMs: delays[Math.ceil(delays.length * 0.95) - 1] ?? Number.NaN, stepsPerSecond, rssMb };
}

const round = (value: number): number => Math.round(value * 10) / 10;
const figures = { ours: [] as Awaited<ReturnType<typeof measure>>[], yardstick: [] as Awaited<ReturnType<typeof measure>>[] };
try {
  for (let turn = 0; turn < RUNS; turn++) {
    figures.yardstick.push(await measure(yardstick));
    figures.ours.push(await measure(ours));
  }
  const { rows } = await owner.query("select version(), current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync");
  const summary = (side: keyof typeof figures) => {
    const spread = (of: (figure: Awaited<ReturnType<typeof measure>>) => number): { median: number; spread: number[] } => {
      const sorted = figures[side].map(of).sort((a, b) => a - b);
      return {
        median: round(sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN),
        spread: [round(sorted[0] ?? 0), round(sorted.at(-1) ?? 0)],
      };
    };
    const [start, steps] = [spread((figure) => figure.p95StartMs), spread((figure) => figure.stepsPerSecond)];
    return { p95StartMs: start.median, stepsPerSecond: steps.median, p95StartMsSpread: start.spread, stepsPerSecondSpread: steps.spread };
  };
  const [mine, theirs] = [summary("ours"), summary("yardstick")];
  const result = {
    name: "engine",
    rows: CHAINS * 10,
    ours: mine,
    yardstick: theirs,
    ratio: Math.round((mine.stepsPerSecond / theirs.stepsPerSecond) * 100) / 100,
    unit: "durable steps a second",
    peakRssMb: Math.max(...figures.ours.map((figure) => figure.rssMb)),
    cores: availableParallelism(),
    postgres: String(rows[0].version).split(" ")[1],
    fsync: rows[0].fsync,
    synchronousCommit: rows[0].sync,
    runs: RUNS,
  };
  if (!json) {
    console.log(
      `body begins ${mine.p95StartMs} ms (p95) after the commit at ${PER_SECOND} events a second; bare queue ${theirs.p95StartMs} ms`,
    );
    console.log(`${mine.stepsPerSecond} durable steps a second; bare queue, one job a step: ${theirs.stepsPerSecond}`);
  }
  console.log(JSON.stringify(result));
} finally {
  await owner.end();
  await end();
}
