import { expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { openPool } from "./open-pool.ts";

const database = await testDatabase();

it("lives on when a connection dies between the pool and who asked for it", async () => {
  const pool = openPool("test", { connectionString: database.runtimeUrl, max: 1 });
  const connection = await pool.connect();
  // Nobody but the pool has listened so far, and it stopped when it handed the connection out.
  expect(() => connection.emit("error", new Error("read ECONNRESET"))).not.toThrow();
  connection.release(true);
  expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await pool.end();
});
