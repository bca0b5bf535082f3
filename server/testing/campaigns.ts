import { addPeople } from "#server/campaigns/commands/add-people.ts";
import { createFirstTouch } from "#server/campaigns/commands/create-campaign.ts";
import { startCampaign } from "#server/campaigns/commands/start-campaign.ts";
import type { CreateCampaignInput } from "#server/campaigns/schema.ts";
import { nextDueAt, runDue } from "#server/jobs/run-due.ts";
import type { NewLead } from "#server/leads/commands/create-lead.ts";
import { createOffer } from "#server/offers/commands.ts";
import { sampleOffers } from "#server/offers/domain/sample-offers.ts";
import { offerInput } from "#server/offers/schema.ts";
import { services } from "#server/services.ts";
import { testLead } from "./leads.ts";
import type { TestWorkspace } from "./workspace.ts";

/** The starter play with a complete offer. Draft mode "send what passes", unless said otherwise. */
export async function testFirstTouch(workspace: TestWorkspace, rules: CreateCampaignInput["rules"] = {}): Promise<{ id: string }> {
  return workspace.run(async (tx) => {
    const offerId = await createOffer(tx, { userId: workspace.userId, actorKind: "person" }, offerInput.parse(sampleOffers[0]));
    return createFirstTouch(tx, { offerId, ownerId: workspace.userId, rules: { drafts: { mode: "send_passing", first: 20 }, ...rules } });
  });
}

/** People of different companies in the campaign. */
export async function testPeople(
  workspace: TestWorkspace,
  campaignId: string,
  people: readonly Partial<NewLead>[],
): Promise<{ leadIds: string[]; enrolmentIds: string[] }> {
  const leadIds: string[] = [];
  for (const person of people) leadIds.push((await testLead(workspace, person)).id);
  const { enrolmentIds } = await workspace.run((tx) => addPeople(tx, { campaignId, leadIds, byId: workspace.userId }));
  return { leadIds, enrolmentIds };
}

export async function startTestCampaign(workspace: TestWorkspace, campaignId: string): Promise<void> {
  await workspace.run((tx) => startCampaign(tx, { campaignId, byId: workspace.userId }));
}

export const crowd = (count: number): Partial<NewLead>[] =>
  Array.from({ length: count }, (_, n) => ({
    fullName: `Person ${n}`,
    email: `p${n}@company${n}.example`,
    company: `Company ${n}`,
    companyDomain: `company${n}.example`,
    country: "IT",
  }));

/** What the sandbox does: the next instant at which something is due, until the given one. */
export async function liveUntil(workspace: TestWorkspace, until: string): Promise<void> {
  for (let turn = 0; turn < 5_000; turn += 1) {
    await runDue(services, workspace.id);
    const next = await workspace.run(nextDueAt);
    if (!next || next > new Date(until)) break;
    await workspace.setClock(next);
  }
  await workspace.setClock(until);
}
