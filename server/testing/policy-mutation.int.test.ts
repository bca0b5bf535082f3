import type pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "#server/core/ids.ts";
import { insertOf, readTenantTables, type TenantTable } from "./any-row.ts";
import { testDatabase } from "./database.ts";

/**
 * Do the tests see a missing wall? In a database of its own every row-security policy is dropped or opened in turn, and the smallest probe
 * of its table has to turn red. Tables, columns and policies come from the catalogue.
 */
const { owner } = await testDatabase();
const [a, b] = [newId(), newId()];
const [asker, colleague, lead, deal] = [newId(), newId(), newId(), newId()];
const tables = await readTenantTables(owner);
const policies = await readPolicies(owner);

type Policy = { table: string; name: string; role: string };
async function readPolicies(client: pg.Client): Promise<Policy[]> {
  const { rows } = await client.query<Policy>(
    `select c.relname as table, p.polname as name, r.rolname as role from pg_policy p join pg_class c on c.oid = p.polrelid
     join pg_roles r on r.oid = any(p.polroles) where not c.relispartition order by 1, 2`,
  );
  return rows;
}

/** Policies of the owner's own functions: of no effect where the owner is a superuser, as here. the searches have their own test below. */
const OF_THE_OWNER = new Set(["owner_reads", "owner_seals", "owner_moves", "owner_counts", "owner_clears"]);

beforeAll(async () => {
  await owner.query("set session_replication_role = replica");
  // Rows of any content: what is under test is whose they are.
  const { rows } = await owner.query<{ sql: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as sql from pg_constraint
     where contype = 'c' and connamespace = 'public'::regnamespace and conislocal and coninhcount = 0`,
  );
  for (const { sql } of rows) await owner.query(sql);
  for (const { name } of tables) await owner.query(`alter table "${name}" disable trigger user`);
  for (const workspaceId of [a, b]) await plant(workspaceId);
  await owner.query("set session_replication_role = origin");
});

/** One row a table. In A nothing is the asker's own, who sees their own work only. */
async function plant(workspaceId: string): Promise<void> {
  const isA = workspaceId === a;
  const [leadId, dealId, ownerId] = [isA ? lead : newId(), isA ? deal : newId(), isA ? colleague : newId()];
  const given = {
    "leads.id": leadId,
    "deals.id": dealId,
    lead_id: leadId,
    deal_id: dealId,
    owner_id: ownerId,
    host_id: ownerId,
    user_id: ownerId,
    sender_id: ownerId,
    subject_type: "lead",
    subject_id: leadId,
    "workspaces.visibility": "own",
    "members.role": "rep",
  };
  for (const table of tables) await owner.query(insertOf(table, workspaceId, given));
  const members = tables.find(({ name }) => name === "members");
  if (isA && members) await owner.query(insertOf(members, a, { "members.role": "rep", user_id: asker }));
}

const isRefused = (error: unknown) => /row-level security/.test((error as Error).message);

async function asked<T>(role: string, settings: Record<string, string>, work: () => Promise<T>): Promise<T> {
  await owner.query("savepoint probe");
  try {
    await owner.query(`set local role ${role}`);
    for (const [name, value] of Object.entries(settings)) await owner.query("select set_config($1, $2, true)", [name, value]);
    return await work();
  } finally {
    await owner.query("rollback to savepoint probe");
  }
}

async function countOf(table: TenantTable, workspaceId: string): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(`select count(*)::int as n from "${table.name}" where ${table.tenant} = $1`, [
    workspaceId,
  ]);
  return rows[0]?.n ?? 0;
}

async function may(role: string, table: TenantTable, right: "select" | "insert" | "update"): Promise<boolean> {
  const { rows } = await owner.query<{ may: boolean }>(
    "select has_table_privilege($1, $2, $3) or has_any_column_privilege($1, $2, $3) as may",
    [role, `public."${table.name}"`, right === "select" ? "SELECT" : right === "insert" ? "INSERT" : "UPDATE"],
  );
  return rows[0]?.may ?? false;
}

/** What is wrong with a table for who works in A: their own row is there, B's is not, nothing can be put into B, and without a workspace nothing is there. */
async function faultsOf(table: TenantTable): Promise<string[]> {
  const faults: string[] = [];
  const inA = { "app.workspace_id": a };
  if (await may("app_role", table, "select")) {
    await asked("app_role", inA, async () => {
      if ((await countOf(table, a)) === 0) faults.push("own rows are not seen");
      if ((await countOf(table, b)) > 0) faults.push("rows of another workspace are seen");
    });
    await asked("app_role", { "app.workspace_id": "" }, async () => {
      if ((await countOf(table, a)) > 0) faults.push("rows are seen without a workspace");
    });
  }
  if (await may("app_role", table, "insert")) {
    const put = (workspaceId: string) =>
      asked("app_role", inA, () =>
        owner.query(insertOf(table, workspaceId)).then(
          () => true,
          (error: unknown) => !isRefused(error),
        ),
      );
    if (await put(b)) faults.push("a row can be put into another workspace");
    if (!(await put(a))) faults.push("no row can be put into the own workspace");
  } else if (await may("app_role", table, "update")) {
    const move = () =>
      owner.query(`update "${table.name}" set ${table.tenant} = '${b}' where ${table.tenant} = '${a}'`).then(
        () => true,
        (error: unknown) => !isRefused(error),
      );
    if (await asked("app_role", inA, move)) faults.push("a row can be moved into another workspace");
  }
  return faults;
}

/** With what is theirs alone to see, the asker sees no row that is a colleague's. */
async function hiddenFaultsOf(table: TenantTable): Promise<string[]> {
  return asked("viewer_role", { "app.workspace_id": a, "app.viewer_id": asker }, async () =>
    (await countOf(table, a)) > 0 ? ["rows of a colleague are seen"] : [],
  );
}

/** Roles that work across workspaces see what they are for. */
async function blindFaultsOf(table: TenantTable, role: string): Promise<string[]> {
  return asked(role, {}, async () => {
    const { rows } = await owner.query<{ n: number }>(`select count(*)::int as n from "${table.name}"`);
    return (rows[0]?.n ?? 0) === 0 ? [`${role} sees nothing`] : [];
  });
}

function probeOf({ table: name, name: policy, role }: Policy): () => Promise<string[]> {
  const table = tables.find((each) => each.name === name);
  if (!table) throw new Error(`${name} has a policy and belongs to no workspace`);
  if (policy === "tenant") return () => faultsOf(table);
  if (policy === "visible") return () => hiddenFaultsOf(table);
  return () => blindFaultsOf(table, role);
}

/** Runs the probe with the mutation in place, then takes both back. */
async function withMutation(sql: string, probe: () => Promise<string[]>): Promise<string[]> {
  await owner.query("begin");
  try {
    if (sql) await owner.query(sql);
    return await probe();
  } finally {
    await owner.query("rollback");
  }
}

const probed = policies.filter(({ name }) => !OF_THE_OWNER.has(name));

describe("every policy", () => {
  it("is there for every table, and each has a probe", () => {
    expect(probed.filter(({ name }) => name === "tenant").map(({ table }) => table)).toEqual(tables.map(({ name }) => name));
    expect(probed.filter(({ name }) => name === "visible").length).toBeGreaterThan(15);
  });

  it.each(probed)("$name on $table is missed when it is gone", async (policy) => {
    const probe = probeOf(policy);
    expect(await withMutation("", probe)).toEqual([]);
    expect(await withMutation(`drop policy ${policy.name} on "${policy.table}"`, probe)).not.toEqual([]);
  });

  it.each(probed.filter(({ name }) => name === "tenant" || name === "visible"))(
    "$name on $table is missed when it lets everything through",
    async (policy) => {
      const probe = probeOf(policy);
      expect(await withMutation(`alter policy ${policy.name} on "${policy.table}" using (true)`, probe)).not.toEqual([]);
      expect(await withMutation(`alter table "${policy.table}" disable row level security`, probe)).not.toEqual([]);
      const table = tables.find(({ name }) => name === policy.table);
      // Where nothing can be put in, what is moved must also be seen: the check alone keeps nothing.
      if (policy.name === "visible" || !table || !(await may("app_role", table, "insert"))) return;
      expect(await withMutation(`alter policy tenant on "${policy.table}" with check (true)`, probe)).not.toEqual([]);
    },
  );
});

describe("searches below row security", () => {
  const SEARCHES = [
    ["search_leads", "lead_search", "text"],
    ["search_people", "lead_search", "text"],
    ["search_replies", "replies", "subject"],
    ["search_deals", "deals", "title"],
    ["search_suppressions", "suppressions", "value"],
  ] as const;

  it.each(SEARCHES)("%s is missed when it forgets whose search it is", async (search, table, column) => {
    const signature = `${search}(${search === "search_people" ? "text[]" : "text"}, int)`;
    const probe = () =>
      asked("app_role", { "app.workspace_id": a }, async () => {
        const { rows } = await owner.query(`select * from ${search}('${search === "search_people" ? "{elephant}" : "elephant"}', 50)`);
        return rows.length === 1 ? [] : [`${rows.length} are found`];
      });
    const { rows } = await owner.query<{ sql: string }>("select pg_get_functiondef($1::regprocedure) as sql", [signature]);
    const plantText = `update ${table} set ${column} = 'a grey elephant'`;
    const careless = rows[0]?.sql.replaceAll(/\b\w\.workspace_id = current_workspace\(\)/g, "true") ?? "";
    expect(careless).not.toBe(rows[0]?.sql);
    expect(await withMutation(plantText, probe)).toEqual([]);
    // Where the owner is no superuser, row security of the table binds the search as well: a second lock behind the first.
    const { rows: locks } = await owner.query<{ bound: boolean }>(
      `select c.relforcerowsecurity and not u.rolsuper as bound
       from pg_class c, pg_proc f join pg_roles u on u.oid = f.proowner where c.oid = $1::regclass and f.oid = $2::regprocedure`,
      [table, signature],
    );
    expect(await withMutation(`${plantText}; ${careless}`, probe)).toEqual(locks[0]?.bound ? [] : ["2 are found"]);
  });
});
