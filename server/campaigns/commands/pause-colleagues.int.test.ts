import { expect, it } from "vitest";
import { updateLead } from "#server/leads/commands/correct-lead.ts";
import { testFirstTouch, testPeople } from "#server/testing/campaigns.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { splitAudience } from "../queries/split-audience.ts";
import { pauseColleagues } from "./pause-colleagues.ts";

await testDatabase();

it("knows colleagues by the company where they are now, not where they were when they were added", async () => {
  const workspace = await testWorkspace({ clockAt: "2026-03-02T08:00:00Z" });
  const { id: campaignId } = await testFirstTouch(workspace, { oneCompanyAtATime: true });
  const { leadIds } = await testPeople(workspace, campaignId, [{ fullName: "Marc Petit", email: "marc@gmail.com", company: null }]);
  const nadia = await testLead(workspace, { company: "Norvale", companyDomain: "norvale.example" });
  const by = { userId: workspace.userId, role: "owner" as const, actorKind: "person" as const };
  const norvale = { company: "Norvale", companyDomain: "norvale.example" };
  await workspace.run((tx) => updateLead(tx, { id: leadIds[0] ?? "", ...norvale }, by));
  const split = await workspace.run((tx) => splitAudience(tx, { campaignId, leadIds: [nadia.id] }));
  const answered = { accountId: nadia.accountId ?? "", exceptLeadId: nadia.id, reason: "Nadia answered" };
  expect(split.groups).toMatchObject([{ code: "same_company", leads: [{ note: "Marc Petit" }] }]);
  expect((await workspace.run((tx) => pauseColleagues(tx, answered))).leadIds).toEqual(leadIds);
});
