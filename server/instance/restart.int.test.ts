import { rmSync } from "node:fs";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { startPostgres } from "../../bin/lib/postgres.mjs";
import { scratchFolder } from "../../bin/lib/scratch.mjs";

const dataDir = scratchFolder("restart");
let postgres: Awaited<ReturnType<typeof startPostgres>>;

afterAll(async () => {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

// A process of Postgres that computes does not look whether its parent is still there; the next Postgres must not touch the files before it ended.
test("a Postgres that was killed is started again while one of its processes still works", async () => {
  postgres = await startPostgres({ dataDir });
  const client = new pg.Client({ connectionString: postgres.url("postgres") });
  client.on("error", () => {});
  await client.connect();
  await client.query("create table kept (n int)");
  await client.query("insert into kept values (1)");
  const busy = client.query("select count(*) from generate_series(1, 12000000) a where md5(a::text) = ''").catch(() => null);
  await new Promise((resolve) => setTimeout(resolve, 100));
  process.kill(postgres.pid, "SIGKILL");
  postgres = await startPostgres({ dataDir, port: postgres.port });
  await busy;
  const again = new pg.Client({ connectionString: postgres.url("postgres") });
  await again.connect();
  expect((await again.query("select n from kept")).rows).toEqual([{ n: 1 }]);
  await again.end();
});
