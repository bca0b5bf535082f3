import type pg from "pg";
import { inIdentity, inWorkspace } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { addNote } from "#server/notes/commands.ts";
import { createSandbox } from "#server/sandbox/commands/create-sandbox.ts";
import { prepareStart } from "#server/sandbox/commands/prepare-start.ts";
import { runSandbox } from "#server/sandbox/commands/run-sandbox.ts";
import { saveView } from "#server/saved-views/commands.ts";
import { services as product } from "#server/services.ts";
import "#server/jobs/registry.ts";

/** A workspace with its ids by table. */
export type Side = { id: WorkspaceId; ownerId: string; ids: Map<string, string[]> };

/** So many people are written to that every kind of answer comes, and no more: each costs a draft and its checks. */
const ENOUGH = 300;

/** A pretend workspace some days into its first campaign, so that nearly every table holds rows of it. */
export async function populated(owner: pg.Client, until = "2026-03-06T18:00:00Z"): Promise<Side> {
  const ownerId = newId();
  await inIdentity((tx) => tx.user.create({ data: { id: ownerId, email: `ines-${ownerId}@acme.example`, fullName: "Ines Prado" } }));
  const { id } = await createSandbox({ ownerId, name: "Acme", timeZone: "Europe/Lisbon" });
  await prepareStart(product, id, { byId: ownerId, best: ENOUGH });
  await runSandbox(product, id, { until: new Date(until), withColleague: true, progressId: null, budgetMs: 60_000 });
  await inWorkspace(id, async (tx) => {
    const by = { userId: ownerId, role: "owner" as const };
    await addNote(tx, { leadId: (await tx.lead.findFirstOrThrow({})).id, text: "Prefers calls" }, by);
    await saveView(tx, { page: "leads", name: "My A", query: "grade=A", isShared: true }, by);
  });
  return { id, ownerId, ids: await idsOf(owner, id) };
}

async function idsOf(owner: pg.Client, workspaceId: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const table of await tenantTables(owner, "id")) {
    const { rows } = await owner.query<{ id: string }>(`select id::text as id from ${table} where workspace_id = $1 order by id limit 2`, [
      workspaceId,
    ]);
    found.set(
      table,
      rows.map((row) => row.id),
    );
  }
  found.set(
    "members",
    (await owner.query<{ id: string }>("select user_id::text as id from members where workspace_id = $1", [workspaceId])).rows.map(
      (row) => row.id,
    ),
  );
  return found;
}

async function tenantTables(owner: pg.Client, column: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute w on w.attrelid = c.oid and w.attname = 'workspace_id' join pg_attribute i on i.attrelid = c.oid and i.attname = $1
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
    [column],
  );
  return rows.map((row) => row.name);
}

/** Into every text column of every row of B; where a constraint forbids it, the column is a closed set and holds nothing personal. */
export async function plantCanary(owner: pg.Client, side: Side, canary: string): Promise<void> {
  const { rows } = await owner.query<{ table: string; column: string }>(
    `select c.table_name as table, c.column_name as column from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and c.data_type = 'text' and t.table_type = 'BASE TABLE'
       and exists (select 1 from information_schema.columns w where w.table_name = c.table_name and w.column_name = 'workspace_id')`,
  );
  await owner.query("set session_replication_role = replica");
  for (const { table, column } of rows) {
    await owner
      .query(`update ${table} set "${column}" = "${column}" || '${canary}' where workspace_id = '${side.id}' and "${column}" is not null`)
      .catch(() => undefined);
  }
  await owner.query(`update workspaces set name = name || '${canary}' where id = '${side.id}'`);
  await owner.query("set session_replication_role = origin");
}

/** One line a table: how many rows, and a sum over all that they hold. */
export async function checksums(owner: pg.Client, side: Side): Promise<string[]> {
  const sums: string[] = [];
  for (const table of await tenantTables(owner, "workspace_id")) {
    const { rows } = await owner.query<{ sum: string }>(
      `select count(*) || ':' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${table} t where workspace_id = $1`,
      [side.id],
    );
    sums.push(`${table} ${rows[0]?.sum}`);
  }
  return sums;
}

const TABLE_OF: Record<string, string> = {
  lead: "leads",
  account: "accounts",
  campaign: "campaigns",
  step: "campaign_steps",
  enrolment: "enrolments",
  draft: "drafts",
  message: "messages",
  mailbox: "mailboxes",
  reply: "replies",
  meeting: "meetings",
  deal: "deals",
  stage: "pipeline_stages",
  task: "tasks",
  offer: "offers",
  list: "lead_lists",
  import: "lead_imports",
  owner: "members",
  user: "members",
  member: "members",
  host: "members",
  person: "members",
  team: "teams",
  page: "booking_pages",
  note: "notes",
  view: "saved_views",
};
const TABLE_OF_NOUN: Record<string, string> = {
  leads: "leads",
  accounts: "accounts",
  campaigns: "campaigns",
  enrolments: "enrolments",
  drafts: "drafts",
  writing: "drafts",
  sending: "messages",
  messages: "messages",
  mailboxes: "mailboxes",
  replies: "replies",
  inbox: "replies",
  meetings: "meetings",
  booking: "booking_pages",
  deals: "deals",
  tasks: "tasks",
  offers: "offers",
  lists: "lead_lists",
  imports: "lead_imports",
  suppressions: "suppressions",
  compliance: "suppressions",
  teams: "members",
  apiKeys: "api_keys",
  progress: "progress",
};

/** An id of this side for a field, by the field's name or else the room's. */
export function idFor(side: Side, noun: string, field: string): string {
  const word = field
    .replace(/Ids?$|^ids?$/i, "")
    .replace(/^.*([A-Z])/, (_, letter: string) => letter.toLowerCase())
    .toLowerCase();
  const table = TABLE_OF[word] ?? TABLE_OF_NOUN[noun] ?? "leads";
  return side.ids.get(table)?.[0] ?? newId();
}
