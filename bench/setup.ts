import { type ChildProcess, fork } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startPostgres } from "../bin/lib/postgres.mjs";
import { scratchFolder } from "../bin/lib/scratch.mjs";
import { WORKER_ENV, WORKER_FLAGS } from "../bin/lib/worker-flags.mjs";

/** Whole numbers above zero and --json, as the command line says. A wrong word ends the process with how the benchmark is called. */
export function readOptions<Name extends string>(bench: string, defaults: Record<Name, number>): Record<Name, number> & { json: boolean } {
  const names = Object.keys(defaults) as Name[];
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((arg) => arg !== "--"),
    options: { json: { type: "boolean" }, ...Object.fromEntries(names.map((name) => [name, { type: "string" as const }])) },
  });
  const numbers = names.map(
    (name) => [name, Number((values as Record<string, string | boolean | undefined>)[name] ?? defaults[name])] as const,
  );
  if (!numbers.every(([, number]) => Number.isInteger(number) && number > 0)) {
    console.error(`Usage: bench ${bench} ${names.map((name) => `[--${name} ${defaults[name]}]`).join(" ")} [--json]`);
    process.exit(2);
  }
  return { ...(Object.fromEntries(numbers) as Record<Name, number>), json: values.json === true };
}

/**
 * A Postgres of its own, as durable as in production, migrated, and this process and its children pointed at it. What reads the
 * environment is imported after this.
 */
export async function startBench(given: Record<string, string> = {}) {
  const dataDir = scratchFolder("bench");
  const postgres = await startPostgres({ dataDir });
  const { migrateDatabase } = await import("#server/core/migrate.ts");
  const { runtimeUrl } = await migrateDatabase({ ownerUrl: postgres.url("postgres"), loginPassword: "bench" });
  const settings = { DATABASE_URL: runtimeUrl, DATA_DIR: dataDir, APP_SECRET: "a benchmark has no secrets but needs one" };
  Object.assign(process.env, { LOG_LEVEL: "warn", ...settings, ...given });
  const { env } = await import("#server/core/env.ts");
  Object.assign(env, settings, given);
  const { closeDatabase } = await import("#server/core/db.ts");
  return {
    dataDir,
    postgres,
    end: async (): Promise<void> => {
      await closeDatabase();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A file of this folder as a process that talks to this one: a worker as it runs in production, a yardstick or a server as Node comes. */
export const startFile = (file: string, args: string[] = []): ChildProcess => {
  const isWorker = file.endsWith("-worker.ts");
  return fork(join(import.meta.dirname, file), args, {
    execPath: process.execPath,
    execArgv: isWorker ? WORKER_FLAGS : [],
    env: { ...(isWorker && WORKER_ENV), ...process.env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const perSecond = (figures: readonly { perSecond: number }[]): number[] =>
  figures.map((one) => one.perSecond).toSorted((one, two) => one - two);
/** The middle of the runs. */
export const median = (figures: readonly { perSecond: number }[]): number => perSecond(figures)[Math.floor(figures.length / 2)] ?? 0;
/** The slowest and the fastest run. */
export const spread = (figures: readonly { perSecond: number }[]): number[] =>
  [perSecond(figures)[0] ?? 0, perSecond(figures).at(-1) ?? 0].map(Math.round);
