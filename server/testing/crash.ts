import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, afterEach, beforeEach } from "vitest";

/** Real worker processes (crash-worker.ts) on this file's database, to be killed; what they did outlives them in a file. */
export function crashKit(database: { runtimeUrl: string; owner: pg.Client }) {
  const folder = mkdtempSync(join(tmpdir(), "leadwright-crash-"));
  const log = join(folder, "log");
  const children = new Set<ChildProcess>();
  const died = (child: ChildProcess) => new Promise<string | null>((resolve) => child.once("exit", (_code, signal) => resolve(signal)));

  beforeEach(async () => {
    ended = null;
    rmSync(log, { force: true });
    await database.owner.query("truncate engine.runs, engine.event_ids, engine.timers, engine.holds, engine.paces cascade");
  });
  afterEach(async () => {
    const ends = [...children].map(died);
    for (const child of children) child.kill("SIGKILL");
    await Promise.all(ends);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Ends with what a worker ended with, when one does that nobody killed: waiting for its work would say less. */
  let ended: string | null = null;
  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) {
      if (ended) throw new Error(ended);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  return {
    died,
    until,
    startWorker(failPoint = "", url = database.runtimeUrl): ChildProcess {
      const child = spawn(process.execPath, ["server/testing/crash-worker.ts"], {
        env: { ...process.env, DATABASE_URL: url, FAIL_POINT: failPoint, CRASH_LOG: log, LOG_LEVEL: "fatal", VITEST: "" },
        stdio: "inherit",
      });
      children.add(child);
      child.once("exit", (code) => {
        children.delete(child);
        if (code) ended = `The worker ended by itself, with ${code}.`;
      });
      return child;
    },
    async put(name: string, count: number, owner = database.owner): Promise<void> {
      await owner.query(
        `insert into outbox (event_id, name, data) select $1 || ':' || n, $1, json_build_object('n', n, 'lane', n % 2) from generate_series(1, $2) n`,
        [name, count],
      );
    },
    untilDone: (count: number, owner = database.owner): Promise<void> =>
      until(async () => {
        const { rows } = await owner.query(
          "select count(*) filter (where status = 'completed')::int as done, count(*)::int as all from engine.runs",
        );
        return rows[0].all === count && rows[0].done === count;
      }),
    /** what was done → how often */
    executions(): Map<string, number> {
      const counts = new Map<string, number>();
      for (const line of readFileSync(log, "utf8").trim().split("\n")) counts.set(line, (counts.get(line) ?? 0) + 1);
      return counts;
    },
    executionCount: (): number => (existsSync(log) ? readFileSync(log, "utf8").split("\n").length : 0),
  };
}
