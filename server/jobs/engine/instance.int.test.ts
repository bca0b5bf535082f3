import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testEngine } from "#server/testing/engine.ts";

const database = await testDatabase();

const listening = async () => {
  const { rows } = await database.owner.query(
    `select count(*)::int as many from pg_stat_activity where datname = current_database() and query ilike 'listen%jobs:insert%'`,
  );
  return rows[0].many;
};

it("leaves no queue runner behind when what it is cannot be written down", async () => {
  const engine = await testEngine(() => []);
  await database.owner.query(`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$;
    create trigger refuse before insert on engine.instances for each row execute function refuse()`);
  const started = engine.start();
  await setTimeout(1_600);
  await database.owner.query("drop trigger refuse on engine.instances");
  await started;
  await expect.poll(listening, { timeout: 20_000 }).toBe(1);
  expect((await database.owner.query("select 1 from engine.instances")).rows).toHaveLength(1);
  await engine.stop();
});
