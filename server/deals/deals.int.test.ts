import { describe, expect, it } from "vitest";
import { updateLead } from "#server/leads/commands/correct-lead.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { createDeal } from "./commands/create-deal.ts";
import { createDefaultPipeline } from "./commands/create-default-pipeline.ts";
import { moveDeal } from "./commands/move-deal.ts";

await testDatabase();

const stages = (workspace: TestWorkspace) =>
  workspace.run(async (tx) => {
    const pipelineId = await createDefaultPipeline(tx);
    const rows = await tx.pipelineStage.findMany({ where: { pipelineId }, orderBy: { position: "asc" } });
    return (kind: string) => rows.find((row) => row.kind === kind)?.id ?? "";
  });
const state = (workspace: TestWorkspace, id: string) =>
  workspace.run(async (tx) => (await tx.leadState.findFirstOrThrow({ where: { id } })).contactState);

describe("whoever bought", () => {
  it("is a customer with all their colleagues, opened as won or moved there, and no more when that is taken back", async () => {
    const workspace = await testWorkspace();
    const stage = await stages(workspace);
    const viewer = { userId: workspace.userId, role: "owner" as const };
    const nadia = await testLead(workspace);
    const omar = await testLead(workspace, { fullName: "Omar Haddad", email: "omar@norvale.example" });
    const id = await workspace.run((tx) => createDeal(tx, viewer, { title: "Norvale", leadId: nadia.id, stageId: stage("won") }));
    expect([await state(workspace, nadia.id), await state(workspace, omar.id)]).toEqual(["customer", "customer"]);
    await workspace.run((tx) => moveDeal(tx, { dealId: id, stageId: stage("open"), reason: null, byId: workspace.userId }));
    expect([await state(workspace, nadia.id), await state(workspace, omar.id)]).toEqual(["in_deal", "free"]);
    await workspace.run((tx) => moveDeal(tx, { dealId: id, stageId: stage("won"), reason: null, byId: workspace.userId }));
    expect(await state(workspace, omar.id)).toBe("customer");
  });

  it("stays a customer while another deal is won, also one that was opened before its person had a company", async () => {
    const workspace = await testWorkspace();
    const stage = await stages(workspace);
    const viewer = { userId: workspace.userId, role: "owner" as const, actorKind: "person" as const };
    const nadia = await testLead(workspace);
    const ivo = await testLead(workspace, { fullName: "Ivo Kos", email: "ivo@gmail.com", company: null });
    const early = await workspace.run((tx) => createDeal(tx, viewer, { title: "Early", leadId: ivo.id }));
    await workspace.run((tx) => updateLead(tx, { id: ivo.id, company: "Norvale", companyDomain: "norvale.example" }, viewer));
    await workspace.run((tx) => moveDeal(tx, { dealId: early, stageId: stage("won"), reason: null, byId: workspace.userId }));
    const late = await workspace.run((tx) => createDeal(tx, viewer, { title: "Late", leadId: nadia.id, stageId: stage("won") }));
    await workspace.run((tx) => moveDeal(tx, { dealId: late, stageId: stage("lost"), reason: "Price", byId: workspace.userId }));
    expect(await state(workspace, nadia.id)).toBe("customer");
  });

  it("is a customer without a company, too", async () => {
    const workspace = await testWorkspace();
    const stage = await stages(workspace);
    const viewer = { userId: workspace.userId, role: "owner" as const };
    const ivo = await testLead(workspace, { email: "ivo@gmail.com", company: null });
    expect(ivo.accountId).toBeNull();
    const id = await workspace.run((tx) => createDeal(tx, viewer, { title: "Ivo", leadId: ivo.id }));
    expect(await state(workspace, ivo.id)).toBe("in_deal");
    await workspace.run((tx) => moveDeal(tx, { dealId: id, stageId: stage("won"), reason: null, byId: workspace.userId }));
    expect(await state(workspace, ivo.id)).toBe("customer");
  });
});
