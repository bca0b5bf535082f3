import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { sealAudits } from "#server/audit/commands/seal-audits.ts";
import { verifyAudit } from "#server/audit/queries/verify-audit.ts";
import { liftSuppression } from "#server/compliance/commands.ts";
import { findSuppression } from "#server/compliance/queries.ts";
import { inIdentity, inWorkspace, type Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { createSandbox } from "#server/sandbox/commands/create-sandbox.ts";
import { prepareStart } from "#server/sandbox/commands/prepare-start.ts";
import { runSandbox } from "#server/sandbox/commands/run-sandbox.ts";
import { services as product } from "#server/services.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testReplyServices } from "#server/testing/replies.ts";
import "#server/jobs/registry.ts";
import { updateLead } from "./commands/correct-lead.ts";
import { createLead } from "./commands/create-lead.ts";
import { eraseLead } from "./commands/erase-lead.ts";
import { finishErasure } from "./commands/finish-erasure.ts";

/**
 * People of a workspace in which everything happened: mails, answers, meetings, deals, referrals, a list. The tables, columns and files that
 * are searched afterwards come from the catalogue, so a new place takes part by itself.
 */
const { owner } = await testDatabase();
const services = { ...product, ...testReplyServices(), mailTransport: product.sandboxTransport };
const by = (userId: string) => ({ userId, role: "owner" as const, actorKind: "person" as const });
let workspaceId: WorkspaceId;
let userId: string;
let nadia = "";

beforeAll(async () => {
  userId = newId();
  await inIdentity((tx) => tx.user.create({ data: { id: userId, email: `ines-${userId}@acme.example`, fullName: "Ines Prado" } }));
  ({ id: workspaceId } = await createSandbox({ ownerId: userId, name: "Acme", timeZone: "Europe/Lisbon" }));
  await prepareStart(services, workspaceId, { byId: userId });
  await runSandbox(services, workspaceId, {
    until: new Date("2026-03-11T18:00:00Z"),
    withColleague: true,
    progressId: null,
    budgetMs: 90_000,
  });
}, 240_000);

type Place = { table: string; column: string; tenant: boolean };

/** Every column that can hold words: text, JSON, arrays of text; of tenant tables and of those that hold their rows for a while. */
async function places(): Promise<Place[]> {
  const { rows } = await owner.query<Place>(`
    select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as table, quote_ident(a.attname) as column,
      exists (select 1 from pg_attribute w where w.attrelid = c.oid and w.attname = 'workspace_id') as tenant
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
      and format_type(a.atttypid, null) in ('text', 'json', 'jsonb', 'text[]', 'character varying')`);
  return rows;
}

/** Three letters stand in some token sooner or later: a short name is looked for as a word. */
const whole = (word: string, pattern: string) => (word.length < 5 ? `(?<![A-Za-z0-9])${pattern}(?![A-Za-z0-9])` : pattern);

/** Where a word still stands: "table.column: …". */
async function findAll(words: string[]): Promise<string[]> {
  const found: string[] = [];
  const pattern = words.map((word) => whole(word, word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))).join("|");
  for (const { table, column, tenant } of await places()) {
    const { rows } = await owner.query<{ said: string }>(
      `select left(substring(${column}::text from '.{0,60}(?:${pattern.replaceAll("'", "''")}).{0,40}'), 160) as said from ${table}
       where ${column}::text ~* $1 ${tenant ? `and workspace_id = '${workspaceId}'` : ""} limit 2`,
      [pattern],
    );
    for (const { said } of rows) found.push(`${table}.${column}: ${said}`);
  }
  const { rows: blobs } = await owner.query<{ digest: string }>("select digest from blobs where workspace_id = $1", [workspaceId]);
  for (const { digest } of blobs) {
    try {
      const parts: Uint8Array[] = [];
      for await (const part of await services.blobs.open(workspaceId, digest)) parts.push(part);
      if (new RegExp(pattern, "i").test(Buffer.concat(parts).toString("utf8"))) found.push(`blob ${digest}`);
    } catch {
      // removed
    }
  }
  return found;
}

const leadOf = (email: string) => inWorkspace(workspaceId, (tx) => tx.lead.findFirstOrThrow({ where: { email } }));

async function erase(id: string): Promise<void> {
  await eraseLead(workspaceId, { id, by: by(userId) });
  await finishErasure(services, workspaceId, { leadId: id });
}

describe("erasing somebody", () => {
  it.each(["Nadia Rossi", "Tom Okafor", "Julie Roux", "Marc Petit", "Hanna Vik", "Kim Lund", "Lea Brandt"])(
    "leaves no word of %s, and the rule that keeps them from being mailed",
    async (fullName) => {
      const lead = await inWorkspace(workspaceId, (tx) => tx.lead.findFirst({ where: { fullName } }));
      if (!lead) return expect(fullName).toBe("Marc Petit");
      if (fullName === "Nadia Rossi") nadia = lead.email ?? "";
      const words = [
        fullName,
        fullName.split(" ")[1] ?? fullName,
        ...(lead.email ? [lead.email] : []),
        ...(lead.phone ? [lead.phone] : []),
      ];
      expect((await findAll(words)).length).toBeGreaterThan(3);
      const counted = async () =>
        (
          await owner.query(
            "select (select count(*) from messages where workspace_id = $1 and status = 'sent') as sent, (select count(*) from replies where workspace_id = $1) as replies",
            [workspaceId],
          )
        ).rows;
      const before = await counted();
      await erase(lead.id);
      expect(await findAll(words)).toEqual([]);
      expect(await counted()).toEqual(before);
      if (lead.email)
        expect(await inWorkspace(workspaceId, (tx) => findSuppression(tx, { email: lead.email ?? "" }))).toMatchObject({
          reason: "erased",
        });
      const { rows } = await owner.query("select terms from erasures where lead_id = $1 and finished_at is not null", [lead.id]);
      expect(rows).toEqual([{ terms: null }]);
    },
    60_000,
  );

  it("empties every text of their rows, also in columns that nobody named", async () => {
    const lead = await leadOf("raj.mehta@calderon.example").catch(() =>
      inWorkspace(workspaceId, (tx) => tx.lead.findFirstOrThrow({ where: { fullName: "Raj Mehta" } })),
    );
    const canary = `canary${randomBytes(6).toString("hex")}`;
    await owner.query("set session_replication_role = replica");
    const { rows } = await owner.query<{ table: string; column: string; type: string; key: string }>(`
      select c.relname as table, quote_ident(a.attname) as column, format_type(a.atttypid, null) as type, case when k.attname is null then 'id' else 'lead_id' end as key
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attribute k on k.attrelid = c.oid and k.attname = 'lead_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and (k.attname is not null or c.relname = 'leads')
        and format_type(a.atttypid, null) in ('text', 'jsonb', 'text[]')`);
    const planted: string[] = [];
    for (const { table, column, type, key } of rows) {
      if (KEEPS_NO_WORDS.has(`${table}.${column}`)) continue;
      const value = type === "jsonb" ? `'{"x": "${canary}"}'` : type === "text[]" ? `'{${canary}}'` : `'${canary}'`;
      const { rowCount } = await owner
        .query(`update ${table} set ${column} = ${value} where ${key} = $1`, [lead.id])
        .catch(() => ({ rowCount: 0 }));
      if (rowCount) planted.push(`${table}.${column}`);
    }
    await owner.query("set session_replication_role = origin");
    expect(planted.length).toBeGreaterThan(30);
    await erase(lead.id);
    expect(await findAll([canary])).toEqual([]);
  });

  it("leaves the audit whole, with its values gone", async () => {
    const lead = await inWorkspace(workspaceId, (tx) => tx.lead.findFirstOrThrow({ where: { fullName: "Omar Haddad" } }));
    await inWorkspace(workspaceId, (tx) => updateLead(tx, { id: lead.id, title: "Chief Unmistakable Officer" }, by(userId)));
    await sealAudits();
    await erase(lead.id);
    await sealAudits();
    expect(await findAll(["Unmistakable"])).toEqual([]);
    expect(await verifyAudit(workspaceId)).toMatchObject({ bad: null, unsealed: 0 });
  });

  it("is final: nobody is erased twice, the person is gone from every list, and coming back by a list they are still not mailed", async () => {
    const { rows } = await owner.query<{ id: string }>("select lead_id as id from erasures where workspace_id = $1 limit 1", [workspaceId]);
    await expect(eraseLead(workspaceId, { id: rows[0]?.id ?? "", by: by(userId) })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(nadia).not.toBe("");
    const { id } = await inWorkspace(workspaceId, (tx) =>
      createLead(tx, { fullName: "Nadia Rossi", email: nadia, ownerId: userId, source: "by hand" }),
    );
    const again = await inWorkspace(workspaceId, (tx) => tx.leadState.findFirst({ where: { id } }));
    expect(again?.contactState).toBe("do_not_contact");
    await expect(inWorkspace(workspaceId, (tx) => liftEverything(tx))).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

async function liftEverything(tx: Tx): Promise<void> {
  const rules = await tx.suppression.findMany({ where: { reason: "erased", liftedAt: null } });
  for (const { id } of rules) await liftSuppression(tx, { id, reason: "They came back", liftedById: userId, canLiftProtected: true });
}

/** Closed sets, our own ids and keys: no word of a person can stand there. */
const KEEPS_NO_WORDS = new Set([
  "messages.dedupe_key",
  "messages.message_id_header",
  "messages.purpose",
  "messages.worker_id",
  "messages.settled_by_evidence",
  "meetings.uid",
  "meetings.manage_token_hash",
  "meetings.attendee_zone",
  "meetings.host_zone",
  "tasks.cause_key",
  "tasks.kind",
  "decisions.kind",
  "decisions.rule",
  "decisions.version",
  "decisions.subject_type",
  "decisions.result",
]);
