import { beforeEach, describe, expect, it } from "vitest";
import { asViewer } from "#server/core/db.ts";
import { assignLeads } from "#server/leads/commands/assign-leads.ts";
import { updateLead } from "#server/leads/commands/correct-lead.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { type TestWorkspace, testMember, testWorkspace } from "#server/testing/workspace.ts";
import { sealAudits } from "./commands/seal-audits.ts";
import { recordAudit } from "./commands.ts";
import { getRecordHistory } from "./queries/record-history.ts";
import { verifyAudit } from "./queries/verify-audit.ts";
import { listAudit } from "./queries.ts";

const { owner } = await testDatabase();
let acme: TestWorkspace;

beforeEach(async () => {
  acme = await testWorkspace();
  for (let turn = 1; turn <= 6; turn++)
    await acme.run((tx) =>
      recordAudit(tx, {
        actorId: acme.userId,
        actorKind: "person",
        action: `thing.changed-${turn}`,
        subjectType: "thing",
        subjectId: `"${turn}" \\ é`,
        fields: ["name", "a,b"],
      }),
    );
  expect(await sealAudits()).toBe(6);
});

describe("the chain of the audit", () => {
  it("verifies, grows, and starts anew in every workspace", async () => {
    expect(await verifyAudit(acme.id)).toMatchObject({ entries: 6, unsealed: 0, bad: null });
    await acme.run((tx) =>
      recordAudit(tx, { actorId: null, actorKind: "agent", action: "thing.seen", subjectType: "thing", subjectId: null }),
    );
    expect(await verifyAudit(acme.id)).toMatchObject({ entries: 6, unsealed: 1, bad: null });
    expect(await sealAudits()).toBe(1);
    expect(await verifyAudit(acme.id)).toMatchObject({ entries: 7, unsealed: 0, bad: null });
    expect(await sealAudits()).toBe(0);
    expect(await verifyAudit((await testWorkspace()).id)).toMatchObject({ entries: 0, bad: null });
  });

  it("keeps one order when two sealers and many writers work at once", async () => {
    const write = (n: number) =>
      acme.run((tx) => recordAudit(tx, { actorId: null, actorKind: "agent", action: `race.${n}`, subjectType: "thing", subjectId: null }));
    await Promise.all([...Array.from({ length: 12 }, (_, n) => write(n)), sealAudits(), sealAudits()]);
    await sealAudits();
    expect(await verifyAudit(acme.id)).toMatchObject({ entries: 18, unsealed: 0, bad: null });
  });

  const where = "where workspace_id = $1 and seq";
  it.each([
    ["a changed action", `update audit_entries set action = 'thing.other' ${where} = 3`, 3],
    ["a changed time", `update audit_entries set at = at - interval '1 day' ${where} = 2`, 2],
    ["a changed person", `update audit_entries set actor_id = null ${where} = 5`, 5],
    ["a changed field", `update audit_entries set fields = '{name,a,b}' ${where} = 4`, 4],
    ["a deleted entry", `delete from audit_entries ${where} = 3`, 3],
    ["a deleted first entry", `delete from audit_entries ${where} = 1`, 1],
    ["deleted last entries", `delete from audit_entries ${where} > 4`, 5],
    ["everything deleted", `delete from audit_entries ${where} > 0`, 1],
    [
      "an inserted entry",
      `insert into audit_entries (id, workspace_id, actor_kind, action, subject_type, fields, seq, hash) select gen_random_uuid(), $1, 'person', 'thing.forged', 'thing', '{}', 7, repeat('a', 64)`,
      7,
    ],
    ["two entries swapped", `update audit_entries set seq = case seq when 2 then 3 else 2 end ${where} in (2, 3)`, 2],
    [
      "a head moved back",
      `with gone as (delete from audit_entries ${where} = 6) update audit_heads h set seq = 5, hash = (select hash from audit_entries where workspace_id = $1 and seq = 5) where h.workspace_id = $1`,
      5,
    ],
  ])("names the first bad row after %s, even by the owner of the database", async (_, sql, seq) => {
    // Swapping passes through a moment in which two rows have one number.
    if (sql.includes("case seq")) await owner.query("drop index audit_entries_workspace_id_seq_key");
    await owner.query(sql, [acme.id]);
    expect((await verifyAudit(acme.id)).bad).toMatchObject({ seq });
    if (sql.includes("case seq")) {
      await owner.query("delete from audit_entries");
      await owner.query("create unique index audit_entries_workspace_id_seq_key on audit_entries (workspace_id, seq)");
    }
  });

  it("is closed to the application: nothing can be changed, deleted or given a place", async () => {
    for (const sql of [
      "update audit_entries set action = 'x'",
      "delete from audit_entries",
      "insert into audit_entries (id, workspace_id, actor_kind, action, subject_type, fields, seq, hash) values (gen_random_uuid(), current_workspace(), 'person', 'x', 'x', '{}', 99, 'x')",
      "insert into audit_entries (id, workspace_id, actor_kind, action, subject_type, fields, at) values (gen_random_uuid(), current_workspace(), 'person', 'x', 'x', '{}', now() - interval '1 year')",
    ])
      await expect(acme.run((tx) => tx.$executeRawUnsafe(sql))).rejects.toThrow(/permission denied/);
  });
});

it("keeps what a field was and became apart, and notices when that changes or goes without an erasure", async () => {
  const lead = await testLead(acme);
  const by = { userId: acme.userId, role: "owner" as const, actorKind: "person" as const };
  await acme.run((tx) => updateLead(tx, { id: lead.id, title: "Chief Financial Officer" }, by));
  await sealAudits();
  const { items } = await acme.run((tx) => listAudit(tx, { limit: 1 }));
  expect(items[0]).toMatchObject({
    action: "lead/corrected",
    isSealed: true,
    changes: { title: { before: "CFO", after: "Chief Financial Officer" } },
  });
  expect(JSON.stringify((await owner.query("select * from audit_entries where workspace_id = $1", [acme.id])).rows)).not.toContain("Chief");
  expect((await verifyAudit(acme.id)).bad).toBeNull();

  await owner.query(
    "update subject_payloads set payload = jsonb_set(payload, '{changes,title,before}', '\"CEO\"') where workspace_id = $1 and payload ? 'changes'",
    [acme.id],
  );
  expect((await verifyAudit(acme.id)).bad).toMatchObject({ problem: "Its values were changed." });
  await owner.query("delete from subject_payloads where workspace_id = $1 and payload ? 'changes'", [acme.id]);
  expect((await verifyAudit(acme.id)).bad).toMatchObject({ problem: expect.stringContaining("not erased") });
});

it("says who did what to one record, its owners included", async () => {
  const lead = await testLead(acme);
  const leo = await testMember(acme, { fullName: "Leo Faber" });
  await asViewer({ userId: acme.userId, kind: "all" }, () => acme.run((tx) => assignLeads(tx, [lead.id], leo, acme.userId)));
  const lines = await acme.run((tx) => getRecordHistory(tx, { id: lead.id, role: "rep" }));
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ action: "owner.changed", byName: "Ines Prado", fromName: "Ines Prado", toName: "Leo Faber" }),
      expect.objectContaining({ action: "lead/assigned", byName: "Ines Prado" }),
    ]),
  );
  const stranger = await testMember(acme, { fullName: "Eva Lind" });
  await owner.query("update workspaces set visibility = 'own' where id = $1", [acme.id]);
  const asked = asViewer({ userId: stranger, kind: "read" }, () => acme.run((tx) => getRecordHistory(tx, { id: lead.id, role: "rep" })));
  await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
});
