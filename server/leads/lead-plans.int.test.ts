import { expect, it } from "vitest";
import { inWorkspace } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { LEAD_TABLES, leadWhere } from "./queries/lead-filter.ts";
import { ACTIVITY, LEAD_COLUMNS, OWNER, SCORE } from "./queries/list-leads.ts";
import { leadFilter } from "./schema.ts";

const database = await testDatabase();
const ROWS = 30_000;

/** Two workspaces of 30,000 people each, so that an index without the workspace in front shows. Written as the owner, then analysed. */
async function fill() {
  const [one, other] = [await testWorkspace(), await testWorkspace()];
  await database.owner.query("set session_replication_role = replica");
  for (const workspace of [one, other]) {
    await database.owner.query(
      `insert into leads (id, workspace_id, email, full_name, owner_id, source, country, created_at, updated_at)
       select gen_random_uuid(), $1::uuid, 'p' || n || '@c' || n % 900 || '.example', 'Person ' || n, $2::uuid, 'plan', 'IT', now(), now() from generate_series(1, $3::int) n`,
      [workspace.id, workspace.userId, ROWS],
    );
  }
  await database.owner.query(
    `insert into lead_state (id, workspace_id, contact_state, score, grade, last_activity_at)
     select id, workspace_id, 'free', (random() * 100)::int, 'B', now() - random() * interval '90 days' from leads`,
  );
  await database.owner.query(
    "insert into lead_search (workspace_id, lead_id, text) select workspace_id, id, lower(full_name) || ' ' || email from leads",
  );
  await database.owner.query("set session_replication_role = origin");
  await database.owner.query("vacuum analyze leads");
  await database.owner.query("vacuum analyze lead_state");
  await database.owner.query("vacuum analyze lead_search");
  return one;
}

it("reads lists and searches by index, as app_role under row security", async () => {
  const workspace = await fill();
  const viewer = { userId: workspace.userId, role: "owner" as const };
  const page = (order: Prisma.Sql, filter: object, after = Prisma.empty) =>
    inWorkspace(workspace.id, async (tx) => {
      const where = await leadWhere(tx, leadFilter.parse(filter), viewer);
      const rows = await tx.$queryRaw<{ "QUERY PLAN": string }[]>`
        explain (analyze, costs off, timing off, summary off) select ${LEAD_COLUMNS} ${LEAD_TABLES} ${OWNER} ${where} ${after} order by ${order} limit 51`;
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    });
  const byScore = await page(Prisma.sql`${SCORE} desc, s.id desc`, {});
  expect(byScore).toContain("lead_state_by_score");
  expect(byScore).not.toMatch(/Seq Scan on (leads|lead_state)|Sort/);
  const deep = await page(
    Prisma.sql`${SCORE} desc, s.id desc`,
    {},
    Prisma.sql`and (${SCORE}, s.id) < (3, '00000000-0000-0000-0000-000000000000'::uuid)`,
  );
  expect(deep).toMatch(/Index Cond: .*ROW\(CASE/);
  expect(await page(Prisma.sql`${ACTIVITY} desc, s.id desc`, {})).toContain("lead_state_by_activity");
  expect(await page(Prisma.sql`l.full_name asc, s.id asc`, {})).toContain("leads_workspace_id_full_name_id_idx");
  const search = await page(Prisma.sql`${SCORE} desc, s.id desc`, { search: "person 12345" });
  expect(search).not.toMatch(/Seq Scan on (leads|lead_state)/);

  await database.owner.query(`set app.workspace_id = '${workspace.id}'`);
  const { rows } = await database.owner.query(
    `explain (costs off) select s.lead_id from lead_search s where s.workspace_id = current_workspace() and s.text like '%' || lower(unaccent('person 12345')) || '%' limit 50`,
  );
  expect(rows.map((row: { "QUERY PLAN": string }) => row["QUERY PLAN"]).join("\n")).toContain("lead_search_text");
});
