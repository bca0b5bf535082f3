import fc from "fast-check";
import { expect, it } from "vitest";
import { Prisma } from "#server/generated/prisma/client.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { readMany } from "./read-many.ts";
import { sqlList } from "./sql-list.ts";

await testDatabase();

it("gives and reads back ids and instants of any number, some of them null", async () => {
  const workspace = await testWorkspace();
  // As far as the columns go: to the millisecond.
  const instant = fc.date({ min: new Date("1970-01-01"), max: new Date("2999-12-31"), noInvalidDate: true });
  const row = fc.record({ id: fc.uuid(), at: fc.option(instant, { freq: 2 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
      const [ids, times] = [
        sqlList(
          rows.map(({ id }) => id),
          "uuid",
        ),
        sqlList(
          rows.map(({ at }) => at),
          "timestamptz",
        ),
      ];
      const found = await workspace.run((tx) =>
        readMany<{ id: string; at: string | null }>(
          tx,
          Prisma.sql`select id, at from unnest(${ids}, ${times}) with ordinality as t(id, at, place) order by place`,
        ),
      );
      expect(found.map(({ id, at }) => ({ id, at: at === null ? null : new Date(at) }))).toEqual(rows);
    }),
    { numRuns: 40 },
  );
});
