import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { crowd, startTestCampaign, testFirstTouch, testPeople } from "#server/testing/campaigns.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { testMailbox } from "#server/testing/sending.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { addPeople } from "./commands/add-people.ts";
import { removePeople } from "./commands/change-people.ts";
import { pauseCampaign, resumeCampaign } from "./commands/pause-campaign.ts";

await testDatabase();

async function draft(isStarted: boolean) {
  const workspace = await testWorkspace();
  await testMailbox(workspace);
  const { id: campaignId } = await testFirstTouch(workspace);
  const { enrolmentIds } = await testPeople(workspace, campaignId, crowd(1));
  if (isStarted) await startTestCampaign(workspace, campaignId);
  const newcomer = await testLead(workspace);
  const by = { campaignId, byId: workspace.userId };

  /** Adds somebody, and commits only after `meanwhile` was pressed and has ended or waits for us. */
  const addWhile = async (meanwhile: () => Promise<unknown>): Promise<{ isDue: boolean; campaign: string }> => {
    const isAdded = Promise.withResolvers<void>();
    const [enrolmentId] = await Promise.all([
      workspace.run(async (tx) => {
        const { enrolmentIds: added } = await addPeople(tx, { ...by, leadIds: [newcomer.id] });
        isAdded.resolve();
        await setTimeout(300);
        return added[0] ?? "";
      }),
      isAdded.promise.then(meanwhile),
    ]);
    return workspace.run(async (tx) => ({
      isDue: (await tx.due.count({ where: { kind: "enrolment", subjectId: enrolmentId } })) === 1,
      campaign: (await tx.campaign.findFirstOrThrow({ where: { id: campaignId } })).status,
    }));
  };
  return { workspace, by, enrolmentIds, addWhile };
}

describe("somebody who is added at the moment when the campaign", () => {
  it("is started, is not forgotten", async () => {
    const { addWhile, by, workspace } = await draft(false);
    expect(await addWhile(() => startTestCampaign(workspace, by.campaignId))).toEqual({ isDue: true, campaign: "running" });
  });

  it("is resumed, is not forgotten", async () => {
    const { addWhile, by, workspace } = await draft(true);
    await workspace.run((tx) => pauseCampaign(tx, by));
    expect(await addWhile(() => workspace.run((tx) => resumeCampaign(tx, by)))).toEqual({ isDue: true, campaign: "running" });
  });

  it("loses its last person, keeps it running", async () => {
    const { addWhile, by, enrolmentIds, workspace } = await draft(true);
    expect(await addWhile(() => workspace.run((tx) => removePeople(tx, { ...by, enrolmentIds })))).toEqual({
      isDue: true,
      campaign: "running",
    });
  });
});

describe("a campaign whose last people end at the same instant", () => {
  it("is finished", async () => {
    const { by, enrolmentIds, workspace } = await draft(true);
    const { enrolmentIds: others } = await testPeople(workspace, by.campaignId, [
      { fullName: "Last", email: "last@latest.example", company: "Latest" },
    ]);
    const isEnded = Promise.withResolvers<void>();
    await Promise.all([
      workspace.run(async (tx) => {
        await removePeople(tx, { ...by, enrolmentIds });
        isEnded.resolve();
        await setTimeout(300);
      }),
      isEnded.promise.then(() => workspace.run((tx) => removePeople(tx, { ...by, enrolmentIds: others }))),
    ]);
    const campaign = await workspace.run((tx) => tx.campaign.findFirstOrThrow({ where: { id: by.campaignId } }));
    expect(campaign.status).toBe("finished");
  });
});
