import { expect, it } from "vitest";
import { asViewer, inWorkspace } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { LEAD_TABLES, leadWhere } from "#server/leads/queries/lead-filter.ts";
import { LEAD_COLUMNS, OWNER, SCORE } from "#server/leads/queries/list-leads.ts";
import { leadFilter } from "#server/leads/schema.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testMember, testWorkspace } from "#server/testing/workspace.ts";

const { owner } = await testDatabase();
const ROWS = 50_000;

/** 50,000 people, of whom a rep with a team of her own owns one in a hundred. */
it("keeps a rep's lists on the indexes, and never asks about each hidden person", async () => {
  const acme = await testWorkspace();
  const rita = await testMember(acme, { fullName: "Rita Sá" });
  await owner.query("update workspaces set visibility = 'own' where id = $1", [acme.id]);
  await owner.query("set session_replication_role = replica");
  await owner.query(
    `insert into leads (id, workspace_id, email, full_name, owner_id, source, created_at, updated_at)
     select gen_random_uuid(), $1::uuid, 'p' || n || '@c' || n % 900 || '.example', 'Person ' || n, case when n % 100 = 0 then $3::uuid else $2::uuid end, 'plan', now(), now()
     from generate_series(1, $4::int) n`,
    [acme.id, acme.userId, rita, ROWS],
  );
  await owner.query(
    "insert into lead_state (id, workspace_id, contact_state, score, grade) select id, workspace_id, 'free', (random() * 100)::int, 'B' from leads",
  );
  await owner.query(
    "insert into lead_search (workspace_id, lead_id, text) select workspace_id, id, lower(full_name) || ' ' || email from leads",
  );
  await owner.query("set session_replication_role = origin");
  for (const table of ["leads", "lead_state", "lead_search"]) await owner.query(`vacuum analyze ${table}`);

  const explain = (filter: object, tail: Prisma.Sql, columns = LEAD_COLUMNS) =>
    asViewer({ userId: rita, kind: "read" }, () =>
      inWorkspace(acme.id, async (tx) => {
        const where = await leadWhere(tx, leadFilter.parse(filter), { userId: rita, role: "rep" });
        const rows = await tx.$queryRaw<{ "QUERY PLAN": string }[]>`
          explain (analyze, costs off, timing off) select ${columns} ${LEAD_TABLES} ${columns === LEAD_COLUMNS ? OWNER : Prisma.empty} ${where} ${tail}`;
        return rows.map((row) => row["QUERY PLAN"]).join("\n");
      }),
    );
  const plans = {
    page: await explain({}, Prisma.sql`order by ${SCORE} desc, s.id desc limit 51`),
    count: await explain({}, Prisma.empty, Prisma.sql`count(*)`),
    search: await explain({ search: "person 1234" }, Prisma.sql`order by ${SCORE} desc, s.id desc limit 51`),
  };
  for (const [name, plan] of Object.entries(plans)) {
    expect(plan, name).not.toMatch(/Seq Scan on (leads|lead_search)/);
    // What she works on is one set, looked up in a hash; nothing is asked row by row.
    expect(plan, name).not.toMatch(/is_worked_on|is_account_known/);
    expect(plan, name).toContain("hashed SubPlan");
  }
}, 120_000);
