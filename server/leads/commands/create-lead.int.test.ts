import { describe, expect, it } from "vitest";
import { suppress } from "#server/compliance/commands.ts";
import { findSuppression } from "#server/compliance/queries.ts";
import { newId } from "#server/core/ids.ts";
import { suppressionHash } from "#server/core/seal.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { listTimeline } from "#server/timeline/queries.ts";
import { createLead } from "./create-lead.ts";
import { refreshLeadState } from "./refresh-lead-state.ts";

await testDatabase();

describe("createLead", () => {
  it("writes the person, the company, what was said and where they stand", async () => {
    const workspace = await testWorkspace();
    const { id, accountId } = await testLead(workspace, { fullName: "DR. NADIA ROSSI", email: "Nadia@Norvale.example" });
    const [lead, account, state, said] = await workspace.run((tx) =>
      Promise.all([
        tx.lead.findFirstOrThrow({ where: { id } }),
        tx.account.findFirstOrThrow({ where: { id: accountId ?? "" } }),
        tx.leadState.findFirstOrThrow({ where: { id } }),
        tx.observation.findMany({ where: { subjectId: id } }),
      ]),
    );
    expect(lead).toMatchObject({
      fullName: "DR. NADIA ROSSI",
      firstName: "Nadia",
      lastName: "Rossi",
      email: "nadia@norvale.example",
      seniority: "executive",
      function: "finance",
      timeZone: "Europe/Rome",
      timeZoneSource: "country",
    });
    expect(account).toMatchObject({ name: "Norvale S.p.A.", nameForMail: "Norvale", domain: "norvale.example" });
    expect(state.contactState).toBe("free");
    expect(said.map((row) => row.source)).toEqual(["person"]);
    expect(said[0]?.fields).toMatchObject({ fullName: { value: "DR. NADIA ROSSI" } });
  });

  it("keeps a stated name as stated, cleans what a stranger typed, and greets with the cleaned part", async () => {
    const workspace = await testWorkspace();
    const nameOf = async (source: string, fullName: string) => {
      const { id } = await testLead(workspace, { email: `${newId()}@norvale.example`, fullName, source });
      const { fullName: kept, firstName } = await workspace.run((tx) => tx.lead.findFirstOrThrow({ where: { id } }));
      return [kept, firstName];
    };
    expect(await nameOf("api", "Person 1")).toEqual(["Person 1", "Person"]);
    expect(await nameOf("by hand", "  X Æ  A-12 ")).toEqual(["X Æ A-12", "X"]);
    expect(await nameOf("api", "4711")).toEqual(["4711", null]);
    expect(await nameOf("booking", "DR. MARC PETIT 2")).toEqual(["Marc Petit", "Marc"]);
  });

  it("finds everybody of a company by its name, whoever said it first", async () => {
    const workspace = await testWorkspace();
    const add = (email: string, company?: string) =>
      workspace.run((tx) => createLead(tx, { email, ownerId: workspace.userId, source: "api", ...(company && { company }) }));
    await add("nadia@norvale.example");
    await add("otis@norvale.example", "Norvale S.p.A.");
    await add("maja@norvale.example");
    const found = await workspace.run((tx) => tx.$queryRaw<unknown[]>`select search_leads('s.p.a.', 9::int)::text as id`);
    expect(found).toHaveLength(3);
  });

  it("finds the person it knows, and the company by its domain", async () => {
    const workspace = await testWorkspace();
    const first = await testLead(workspace);
    const again = await workspace.run((tx) => createLead(tx, { email: "NADIA@norvale.example", ownerId: workspace.userId, source: "api" }));
    const colleague = await testLead(workspace, { fullName: "Omar Haddad", email: "omar@mail.norvale.example", company: null });
    expect(again).toEqual({ id: first.id, accountId: first.accountId, created: false, wasDeleted: false });
    expect(colleague.accountId).toBe(first.accountId);
  });

  it("needs a name or an address, and refuses what is no address", async () => {
    const workspace = await testWorkspace();
    const create = (given: { fullName?: string; email?: string }) =>
      workspace.run((tx) => createLead(tx, { ...given, ownerId: workspace.userId, source: "api" }));
    await expect(create({})).rejects.toThrow("Enter a name or an e-mail address.");
    await expect(create({ email: "nadia at norvale" })).rejects.toThrow("is not an e-mail address");
    const { id } = await create({ fullName: "Nadia Rossi" });
    const state = await workspace.run((tx) => tx.leadState.findFirst({ where: { id } }));
    expect(state?.contactState).toBe("needs_address");
  });

  it("says do not contact for an address, a domain above it and a company", async () => {
    const workspace = await testWorkspace();
    const leads = [
      await testLead(workspace, { email: "a@norvale.example" }),
      await testLead(workspace, { email: "b@deep.sub.tessar.example" }),
      await testLead(workspace, { email: "c@oakum.example" }),
      await testLead(workspace, { email: "d@free.example" }),
    ];
    const states = await workspace.run(async (tx) => {
      const stop = (kind: string, value: string) =>
        tx.suppression.create({ data: { id: newId(), workspaceId: workspace.id, kind, value, reason: "other", createdAt: tx.now } });
      await stop("address", "a@norvale.example");
      await stop("domain", "tessar.example");
      await stop("company", leads[2]?.accountId ?? "");
      await refreshLeadState(
        tx,
        leads.map((lead) => lead.id),
      );
      const rows = await tx.leadState.findMany({ where: { id: { in: leads.map((lead) => lead.id) } }, orderBy: { id: "asc" } });
      return rows.map((row) => row.contactState);
    });
    expect(states).toEqual(["do_not_contact", "do_not_contact", "do_not_contact", "free"]);
  });

  it("says do not contact for an erased address that comes back, and for people of a company whose domain is closed", async () => {
    const workspace = await testWorkspace();
    await workspace.run((tx) => suppress(tx, { kind: "hash", value: suppressionHash("gone@norvale.example"), reason: "erased" }));
    const back = await testLead(workspace, { fullName: "Gone Again", email: "Gone@norvale.example" });
    const colleague = await testLead(workspace, { email: "nadia@norvale.example" });
    const freelancer = await testLead(workspace, { email: "ivo@gmail.com", company: "Tessar", companyDomain: "tessar.example" });
    const bounced = await testLead(workspace, { email: "wrong@oakum.example" });
    await workspace.run(async (tx) => {
      await suppress(tx, { kind: "domain", value: "tessar.example", reason: "competitor" });
      await suppress(tx, { kind: "address", value: "wrong@oakum.example", reason: "bounced" });
    });
    const state = async (lead: { id: string; accountId: string | null }, email: string) => {
      const row = await workspace.run((tx) => tx.leadState.findFirstOrThrow({ where: { id: lead.id } }));
      const rule = await workspace.run((tx) => findSuppression(tx, { email, accountId: lead.accountId }));
      return [row.contactState, rule?.reason ?? null];
    };
    expect(await state(back, "gone@norvale.example")).toEqual(["do_not_contact", "erased"]);
    expect(await state(colleague, "nadia@norvale.example")).toEqual(["free", null]);
    expect(await state(freelancer, "ivo@gmail.com")).toEqual(["do_not_contact", "competitor"]);
    expect(await state(bounced, "wrong@oakum.example")).toEqual(["needs_address", "bounced"]);
  });

  it("shows one stream, newest first, in pages and by group", async () => {
    const workspace = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
    const { id } = await testLead(workspace);
    await workspace.run(async (tx) => {
      await recordActivity(tx, { kind: "message/sent", leadId: id, occurredAt: new Date("2026-03-02T10:00:00Z") });
      await recordActivity(tx, { kind: "meeting/booked", leadId: id, occurredAt: new Date("2026-03-02T11:00:00Z") });
    });
    const [page, mail, state] = await workspace.run(async (tx) => {
      const first = await listTimeline(tx, { leadId: id, group: "all", limit: 2 });
      const rest = await listTimeline(tx, { leadId: id, group: "all", limit: 2, ...(first.nextCursor && { cursor: first.nextCursor }) });
      return [
        [...first.items, ...rest.items],
        await listTimeline(tx, { leadId: id, group: "mail", limit: 10 }),
        await tx.leadState.findFirst({ where: { id } }),
      ] as const;
    });
    expect(page.map((row) => row.kind)).toEqual(["meeting/booked", "message/sent", "lead/created"]);
    expect(mail.items.map((row) => row.kind)).toEqual(["message/sent"]);
    expect(state?.lastActivityAt).toEqual(new Date("2026-03-02T11:00:00Z"));
  });
});
