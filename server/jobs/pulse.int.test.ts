import { expect, it } from "vitest";
import { createEnginePool, inOperator } from "#server/core/db.ts";
import { testDatabase } from "#server/testing/database.ts";
import { beat } from "./pulse.ts";

const { owner } = await testDatabase();

it("keeps the worker's last sign of life, a long silence, and the latest instant that was seen", async () => {
  const pool = createEnginePool(1);
  const read = () => inOperator((tx) => tx.$queryRaw<Record<string, Date | null>[]>`select * from read_pulse()`).then(([row]) => row);
  expect(await read()).toBeUndefined();
  await beat(pool, new Date());
  await beat(pool, new Date());
  expect(await read()).toMatchObject({ gap_from: null, gap_to: null });
  await owner.query("update pulse set at = at - interval '61 minutes', latest = latest + interval '1 hour'");
  await beat(pool, new Date());
  const pulse = await read();
  expect(Number(pulse?.gap_to) - Number(pulse?.gap_from)).toBeGreaterThan(60 * 60_000);
  expect(Number(pulse?.latest) - Number(pulse?.now)).toBeGreaterThan(59 * 60_000);
  await pool.end();
});
