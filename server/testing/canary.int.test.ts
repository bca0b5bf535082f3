import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type * as z from "zod";
import type { Membership } from "#server/auth/queries.ts";
import { hashToken } from "#server/auth/queries.ts";
import { inIdentity, inWorkspace } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { addNote } from "#server/notes/commands.ts";
import { createSandbox } from "#server/sandbox/commands/create-sandbox.ts";
import { prepareStart } from "#server/sandbox/commands/prepare-start.ts";
import { runSandbox } from "#server/sandbox/commands/run-sandbox.ts";
import { saveView } from "#server/saved-views/commands.ts";
import { defaultProfile } from "#server/scoring/domain/default-profile.ts";
import { services as product } from "#server/services.ts";
import { handleRest } from "#server/trpc/rest.ts";
import { appRouter, createCaller } from "#server/trpc/root.ts";
import "#server/jobs/registry.ts";
import { testDatabase } from "./database.ts";
import { sampleInput } from "./sample-input.ts";

/**
 * Everything that the router can do is done as workspace A with A's ids, with B's and with both. B carries a canary in every text that it
 * has: no answer and no error may hold it, and B's rows stay as they are. The list is the router's own, so a new procedure takes part
 * by itself, or fails here because no input could be made for it.
 */
const CANARY = `canary${randomBytes(6).toString("hex")}`;
const { owner } = await testDatabase();

/** Procedures that are not called, each with its reason. */
const LEFT_OUT = new Map([["sandbox.run", "waits for a worker; sandbox.pass and the run itself are tested"]]);
/** Inputs that cannot be guessed from the schema. */
const BY_HAND: Record<string, (pick: (field: string) => string) => unknown> = {
  "sandbox.pass": () => ({ hours: 1 }),
  "scoring.save": () => defaultProfile,
  "scoring.preview": () => defaultProfile,
};

const nobody = {
  name: "nobody",
  open: () => Promise.reject(new AppError("PROVIDER_UNAVAILABLE", "There is no mail server in this test.")),
};
// No procedure of this test may reach the outside.
const services = { ...product, mailTransport: product.sandboxTransport, mailInbox: nobody, languageModel: null };

type Side = { id: WorkspaceId; ownerId: string; ids: Map<string, string[]> };
let a: Side;
let b: Side;
let before: string[];
let apiKey: string;

const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<
    string,
    { _def: { inputs: z.ZodType[]; type: string; meta?: { openapi?: { method: string; path: string } } } }
  >,
)
  .map(([path, procedure]) => ({ path, inputs: procedure._def.inputs, openapi: procedure._def.meta?.openapi }))
  .filter(({ path }) => !LEFT_OUT.has(path));

beforeAll(async () => {
  [a, b] = [await populated(), await populated()];
  await plantCanary(b);
  before = await checksums(b);
  apiKey = `lw_${randomBytes(16).toString("hex")}`;
  await inWorkspace(a.id, (tx) =>
    tx.apiKey.create({
      data: {
        id: newId(),
        workspaceId: a.id,
        name: "canary",
        keyHash: hashToken(apiKey),
        prefix: "lw_",
        scopes: ["*"],
        createdById: a.ownerId,
        createdAt: tx.now,
      },
    }),
  );
}, 240_000);

describe("as workspace A", () => {
  it.each(procedures)("$path shows and changes nothing of B", async ({ path, inputs }) => {
    const answers: unknown[] = [];
    let accepted = inputs.length === 0;
    for (const [pick, optional] of variants(path)) {
      const input = BY_HAND[path]?.(pick) ?? merged(inputs, pick, optional);
      accepted ||= inputs.every((schema) => schema.safeParse(input).success);
      answers.push(await call(path, input));
    }
    expect(accepted, "no input could be made from the schema: add one to BY_HAND").toBe(true);
    expect(said(answers)).not.toContain(CANARY);
  });

  it.each(procedures.filter(({ openapi }) => openapi))(
    "$openapi.method $openapi.path shows nothing of B",
    async ({ path, inputs, openapi }) => {
      for (const [pick, optional] of variants(path).slice(1)) {
        const input = (BY_HAND[path]?.(pick) ?? merged(inputs, pick, optional)) as Record<string, unknown>;
        const response = await handleRest(restRequest(openapi?.method ?? "GET", openapi?.path ?? "/", input));
        expect(await response.text()).not.toContain(CANARY);
        expect(response.status, `${openapi?.method} ${openapi?.path}`).not.toBe(500);
      }
    },
  );

  it("left B as it was", async () => {
    expect(await checksums(b)).toEqual(before);
  });
});

async function populated(): Promise<Side> {
  const ownerId = newId();
  await inIdentity((tx) => tx.user.create({ data: { id: ownerId, email: `ines-${ownerId}@acme.example`, fullName: "Ines Prado" } }));
  const { id } = await createSandbox({ ownerId, name: "Acme", timeZone: "Europe/Lisbon" });
  await prepareStart(product, id, { byId: ownerId });
  await runSandbox(product, id, { until: new Date("2026-03-06T18:00:00Z"), withColleague: true, progressId: null, budgetMs: 60_000 });
  await inWorkspace(id, async (tx) => {
    const by = { userId: ownerId, role: "owner" as const };
    await addNote(tx, { leadId: (await tx.lead.findFirstOrThrow({})).id, text: "Prefers calls" }, by);
    await saveView(tx, { page: "leads", name: "My A", query: "grade=A", isShared: true }, by);
  });
  return { id, ownerId, ids: await idsOf(id) };
}

async function idsOf(workspaceId: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const table of await tables("id")) {
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

async function tables(column: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute w on w.attrelid = c.oid and w.attname = 'workspace_id' join pg_attribute i on i.attrelid = c.oid and i.attname = $1
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
    [column],
  );
  return rows.map((row) => row.name);
}

/** Into every text column of every row of B; where a constraint forbids it, the column is a closed set and holds nothing personal. */
async function plantCanary(side: Side): Promise<void> {
  const { rows } = await owner.query<{ table: string; column: string }>(
    `select c.table_name as table, c.column_name as column from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and c.data_type = 'text' and t.table_type = 'BASE TABLE'
       and exists (select 1 from information_schema.columns w where w.table_name = c.table_name and w.column_name = 'workspace_id')`,
  );
  await owner.query("set session_replication_role = replica");
  for (const { table, column } of rows) {
    await owner
      .query(`update ${table} set "${column}" = "${column}" || '${CANARY}' where workspace_id = '${side.id}' and "${column}" is not null`)
      .catch(() => undefined);
  }
  await owner.query(`update workspaces set name = name || '${CANARY}' where id = '${side.id}'`);
  await owner.query("set session_replication_role = origin");
}

async function checksums(side: Side): Promise<string[]> {
  const sums: string[] = [];
  for (const table of await tables("workspace_id")) {
    const { rows } = await owner.query<{ sum: string }>(
      `select count(*) || ':' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${table} t where workspace_id = $1`,
      [side.id],
    );
    sums.push(`${table} ${rows[0]?.sum}`);
  }
  return sums;
}

/** A's ids, B's, and a mix, with and without the optional fields. */
function variants(path: string): [(field: string) => string, boolean][] {
  const noun = path.split(".")[0] ?? "";
  const of = (side: Side) => (field: string) => idFor(side, noun, field);
  let turn = 0;
  const mixed = (field: string) => of(turn++ % 2 === 0 ? a : b)(field);
  return [
    [of(a), false],
    [of(b), true],
    [of(b), false],
    [mixed, true],
    [of(a), true],
  ];
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

function idFor(side: Side, noun: string, field: string): string {
  const word = field
    .replace(/Ids?$|^ids?$/i, "")
    .replace(/^.*([A-Z])/, (_, letter: string) => letter.toLowerCase())
    .toLowerCase();
  const table = TABLE_OF[word] ?? TABLE_OF_NOUN[noun] ?? "leads";
  return side.ids.get(table)?.[0] ?? newId();
}

function merged(inputs: z.ZodType[], pick: (field: string) => string, optional: boolean): unknown {
  if (inputs.length === 0) return undefined;
  return Object.assign({}, ...inputs.map((schema) => sampleInput(schema, pick, { optional })));
}

async function call(path: string, input: unknown): Promise<unknown> {
  const membership: Membership = { workspaceId: a.id, name: "Acme", kind: "sandbox", role: "owner" };
  const signedIn = {
    userId: a.ownerId,
    fullName: "Ines Prado",
    email: "ines@acme.example",
    isOperator: false,
    singleKeys: true,
    theme: "system",
    memberships: [membership],
  };
  const caller = createCaller({ services, actor: { kind: "person", signedIn, membership } });
  const procedure = path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], caller) as (
    input: unknown,
  ) => Promise<unknown>;
  try {
    return await procedure(input);
  } catch (error) {
    return { message: (error as Error).message, cause: String((error as Error).cause ?? "") };
  }
}

function said(answers: unknown[]): string {
  return JSON.stringify(answers, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}

function restRequest(method: string, path: string, input: Record<string, unknown>): Request {
  const rest = { ...input };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value ?? newId()));
  });
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  if (method !== "GET" && method !== "DELETE")
    return new Request(`http://localhost/api/v1${filled}`, { method, headers, body: JSON.stringify(rest) });
  const query = new URLSearchParams(
    Object.entries(rest).flatMap(([name, value]) => (value === undefined || typeof value === "object" ? [] : [[name, String(value)]])),
  );
  return new Request(`http://localhost/api/v1${filled}?${query}`, { method, headers });
}
