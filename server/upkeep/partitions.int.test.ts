import { describe, expect, it } from "vitest";
import { inWorkspace } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { makePartitions } from "./commands.ts";

const { owner } = await testDatabase();

const children = async (parent: string): Promise<string[]> =>
  (
    await owner.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass order by 1`,
      [parent],
    )
  ).rows.map(({ name }) => name);
const month = (offset: number): string => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1)).toISOString().slice(0, 7).replace("-", "_");
};

describe("monthly partitions", () => {
  it.each(["activities", "mail_events"])("%s has this month's and three more from the start", async (table) => {
    const names = await children(table);
    for (const offset of [0, 1, 2, 3]) expect(names).toContain(`${table}_${month(offset)}`);
    expect(await makePartitions()).toBe(0);
  });

  it("moves what waits in the default partition into its month, for two workspaces, and keeps them apart", async () => {
    const [a, b] = [await testWorkspace(), await testWorkspace()];
    const far = new Date("2031-05-31T23:59:59.999Z");
    for (const { id: workspaceId } of [a, b])
      await inWorkspace(workspaceId, (tx) =>
        tx.activity.createMany({
          data: [far, new Date(far.getTime() + 1)].map((occurredAt) => ({
            id: newId(),
            workspaceId,
            kind: "lead/created",
            detail: {},
            occurredAt,
          })),
        }),
      );
    expect((await owner.query("select from activities_default")).rowCount).toBe(4);
    expect(await makePartitions()).toBe(2);
    expect((await owner.query("select from activities_default")).rowCount).toBe(0);
    expect((await owner.query("select from activities_2031_05")).rowCount).toBe(2);
    expect(await inWorkspace(a.id, (tx) => tx.activity.count({ where: { occurredAt: { gte: far } } }))).toBe(2);
  });

  it("gives nobody a partition itself, past the parent's policies", async () => {
    for (const role of ["app_role", "viewer_role", "sweeper_role", "identity_role", "loader_role", "engine_role"]) {
      const { rows } = await owner.query<{ name: string }>(
        `select c.relname as name from pg_class c where c.relispartition and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and has_table_privilege($1, c.oid, 'select')`,
        [role],
      );
      expect(rows).toEqual([]);
    }
  });

  it("reads one month from one partition", async () => {
    const { id: workspaceId } = await testWorkspace();
    const plan = await inWorkspace(
      workspaceId,
      (tx) =>
        tx.$queryRaw<{ "QUERY PLAN": string }[]>`
        explain select * from activities where workspace_id = ${workspaceId}::uuid and lead_id = ${newId()}::uuid
        and occurred_at >= '2031-05-01T00:00:00Z'::timestamptz and occurred_at < '2031-06-01T00:00:00Z'::timestamptz`,
    );
    const scanned = plan
      .map((row) => row["QUERY PLAN"])
      .join("\n")
      .match(/ on (activities_\w+)/g);
    expect(scanned).toEqual([" on activities_2031_05"]);
  });
});
