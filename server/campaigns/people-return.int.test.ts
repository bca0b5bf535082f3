import { describe, expect, it } from "vitest";
import { runDue } from "#server/jobs/run-due.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { recordNotSent } from "#server/sending/commands/record-outcome.ts";
import { reserveMessage } from "#server/sending/commands/reserve-message.ts";
import { services } from "#server/services.ts";
import { crowd, liveUntil, startTestCampaign, testFirstTouch, testPeople } from "#server/testing/campaigns.ts";
import { testDatabase } from "#server/testing/database.ts";
import { answerFrom, takeMail, testConversation, testReplyServices } from "#server/testing/replies.ts";
import { testMailbox } from "#server/testing/sending.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { addPeople } from "./commands/add-people.ts";
import { pausePeople, removePeople, resumePeople } from "./commands/change-people.ts";
import { pauseCampaign, resumeCampaign } from "./commands/pause-campaign.ts";
import { putPeopleBack } from "./commands/return-people.ts";
import { undoAdd } from "./commands/undo-add.ts";
import { deleteCampaign, restoreCampaign } from "./commands/update-campaign.ts";
import { splitAudience } from "./queries/split-audience.ts";

await testDatabase();

async function afterTheFirstMail(count: number) {
  const workspace = await testWorkspace({ clockAt: "2026-03-02T08:00:00Z" });
  await testMailbox(workspace);
  const { id } = await testFirstTouch(workspace);
  const { enrolmentIds, leadIds } = await testPeople(workspace, id, crowd(count));
  await startTestCampaign(workspace, id);
  await liveUntil(workspace, "2026-03-02T20:00:00Z");
  return {
    workspace,
    leadIds,
    enrolmentIds,
    by: { campaignId: id, byId: workspace.userId },
    people: () => workspace.run((tx) => tx.enrolment.findMany({ where: { id: { in: enrolmentIds } }, orderBy: { enteredAt: "asc" } })),
  };
}

describe("adding somebody again who was taken out", () => {
  it("is asked for by name, goes on with the mail they have not had, and sends nothing twice", async () => {
    const { by, enrolmentIds, leadIds, people, workspace } = await afterTheFirstMail(1);
    const [before] = await people();
    await workspace.run((tx) => removePeople(tx, { ...by, enrolmentIds }));
    const split = await workspace.run((tx) => splitAudience(tx, { campaignId: by.campaignId, leadIds }));
    const without = await workspace.run((tx) => addPeople(tx, { ...by, leadIds }));
    const included = await workspace.run((tx) => addPeople(tx, { ...by, leadIds, include: ["was_here"] }));
    const [back] = await people();
    await liveUntil(workspace, "2026-03-31T08:00:00Z");
    const mails = await workspace.run((tx) => tx.message.findMany({ where: { status: "sent" }, orderBy: { sentAt: "asc" } }));
    const [after] = await people();

    expect(split.groups).toMatchObject([{ code: "was_here", count: 1, leads: [{ note: "Taken out by Ines" }] }]);
    expect([without.added, included.added, included.enrolmentIds]).toEqual([0, 1, enrolmentIds]);
    expect(back).toMatchObject({ status: "active", stepId: before?.stepId, notBefore: before?.notBefore, stopReason: null, endedAt: null });
    // the wait that they were in still holds
    expect(mails.map((mail) => mail.sentAt?.toISOString().slice(0, 10))).toEqual(["2026-03-02", "2026-03-05", "2026-03-12"]);
    expect(new Set(mails.map((mail) => mail.stepId)).size).toBe(3);
    expect(new Set(mails.map((mail) => mail.threadId)).size).toBe(1);
    expect(after?.status).toBe("finished");
    // finished is finished: nothing is left to send
    expect(await workspace.run((tx) => splitAudience(tx, { campaignId: by.campaignId, leadIds }))).toMatchObject({
      groups: [{ code: "already_here" }],
    });
  });

  it("does not begin again with whoever answered", async () => {
    const workspace = await testWorkspace({ clockAt: "2026-03-02T12:00:00Z" });
    const nadia = await testConversation(workspace);
    const julie = await testConversation(workspace, {
      email: "julie@rivoire.example",
      fullName: "Julie Roux",
      company: "Rivoire",
      setting: nadia,
    });
    const raw = await answerFrom(julie, "I am the wrong person for this, please ask Marc Petit.");
    await takeMail(testReplyServices(), workspace, julie.mailbox.id, raw);
    await workspace.run((tx) =>
      removePeople(tx, { campaignId: nadia.campaign.id, byId: workspace.userId, enrolmentIds: [nadia.enrolmentId] }),
    );
    const { groups } = await workspace.run((tx) =>
      splitAudience(tx, { campaignId: nadia.campaign.id, leadIds: [nadia.lead.id, julie.lead.id] }),
    );
    expect(groups.map((group) => [group.code, group.leads.map((lead) => lead.fullName)])).toEqual([
      ["already_here", ["Julie Roux"]],
      ["was_here", ["Nadia Rossi"]],
    ]);
  });

  it("leaves whoever is in another campaign meanwhile, and says so", async () => {
    const { by, enrolmentIds, leadIds, workspace } = await afterTheFirstMail(1);
    await workspace.run((tx) => removePeople(tx, { ...by, enrolmentIds }));
    const other = await testFirstTouch(workspace, {
      leaveOut: { contactedWithinDays: null, openDeal: true, customers: true, ownedByOthers: true },
    });
    await workspace.run((tx) => addPeople(tx, { campaignId: other.id, leadIds, byId: workspace.userId }));
    expect(await workspace.run((tx) => putPeopleBack(tx, { ...by, enrolmentIds }))).toEqual({ people: 0 });
    const again = await workspace.run((tx) => addPeople(tx, { ...by, leadIds, include: ["was_here"] }));
    expect(again.split.groups.map((group) => group.code)).toEqual(["elsewhere"]);
  });
});

describe("adding somebody again whose mail was refused", () => {
  it("sends it to the address that they have now", async () => {
    const workspace = await testWorkspace({ clockAt: "2026-03-02T08:00:00Z" });
    const mailbox = await testMailbox(workspace);
    const { id: campaignId } = await testFirstTouch(workspace);
    const { leadIds, enrolmentIds } = await testPeople(workspace, campaignId, crowd(1));
    await startTestCampaign(workspace, campaignId);
    const [leadId = "", enrolmentId = ""] = [leadIds[0], enrolmentIds[0]];
    const refused = await workspace.run(async (tx) => {
      const { stepId } = await tx.enrolment.findFirstOrThrow({ where: { id: enrolmentId } });
      const { lineageId } = await tx.campaignStep.findFirstOrThrow({ where: { id: stepId ?? "" } });
      const about = { leadId, enrolmentId, campaignId, stepId, mailboxId: mailbox.id, to: "p0@company0.example" };
      const dedupeKey = `campaign:${lineageId}:${leadId}`;
      const { messageId } = await reserveMessage(tx, { ...about, dedupeKey, purpose: "campaign", subject: "x", bodyText: "x" });
      const data = { status: "sending", attempt: 1, sendingAt: tx.now, leaseUntil: tx.now, workerId: "w" };
      await tx.message.update({ where: { id: messageId }, data });
      await tx.messageAttempt.create({ data: { workspaceId: workspace.id, messageId, attempt: 1, startedAt: tx.now } });
      return { messageId, attempt: 1, reservedAt: tx.now, leadId, enrolmentId, campaignId, toAddress: about.to, at: tx.now };
    });
    await recordNotSent(workspace.id, refused, { kind: "refused", response: "550 no such user", scope: "recipient" });
    const ended = await workspace.run((tx) => tx.enrolment.findFirstOrThrow({ where: { id: enrolmentId } }));
    expect(ended).toMatchObject({ status: "given_up", stopReason: "The address does not exist." });

    await workspace.setClock("2026-03-02T09:00:00Z");
    await workspace.run((tx) => tx.lead.update({ where: { id: leadId }, data: { email: "right@company0.example", emailStatus: "none" } }));
    await workspace.run((tx) => refreshLeadState(tx, [leadId]));
    await workspace.run((tx) => addPeople(tx, { campaignId, leadIds, byId: workspace.userId, include: ["was_here"] }));
    await liveUntil(workspace, "2026-03-03T20:00:00Z");
    const mails = await workspace.run((tx) => tx.message.findMany({ where: { leadId }, orderBy: { id: "asc" } }));
    expect(mails.map((mail) => [mail.status, mail.toAddress])).toEqual([
      ["failed", "p0@company0.example"],
      ["sent", "right@company0.example"],
    ]);
  });
});

describe("undo", () => {
  it("puts people back as they were, the resting one resting, once", async () => {
    const { by, enrolmentIds, people, workspace } = await afterTheFirstMail(2);
    const [first = "", second = ""] = enrolmentIds;
    await workspace.run((tx) => pausePeople(tx, { ...by, enrolmentIds: [second] }));
    const before = await people();
    await workspace.run((tx) => removePeople(tx, { ...by, enrolmentIds }));
    expect((await people()).map((row) => row.status)).toEqual(["stopped", "stopped"]);
    expect((await workspace.run((tx) => tx.campaign.findFirst({ where: { id: by.campaignId } })))?.status).toBe("finished");
    expect(await workspace.run((tx) => putPeopleBack(tx, { ...by, enrolmentIds }))).toEqual({ people: 2 });
    expect(await workspace.run((tx) => putPeopleBack(tx, { ...by, enrolmentIds }))).toEqual({ people: 0 });
    const after = await people();
    const shape = (rows: typeof before) => new Map(rows.map((row) => [row.id, [row.status, row.stepId, row.notBefore, row.enteredAt]]));
    expect(shape(after)).toEqual(shape(before));
    expect((await workspace.run((tx) => tx.campaign.findFirst({ where: { id: by.campaignId } })))?.status).toBe("running");
    const due = await workspace.run((tx) => tx.due.findMany({ where: { subjectId: { in: enrolmentIds } }, select: { subjectId: true } }));
    expect(due).toEqual([{ subjectId: first }]);
  });

  it("is for those whom the act changed: who rested or was out before stays so", async () => {
    const { by, enrolmentIds, people, workspace } = await afterTheFirstMail(3);
    const [first = "", second = "", third = ""] = enrolmentIds;
    const statusOf = async () => new Map((await people()).map((row) => [row.id, row.status]));
    await workspace.run((tx) => pausePeople(tx, { ...by, enrolmentIds: [second] }));
    await workspace.run((tx) => removePeople(tx, { ...by, enrolmentIds: [third] }));
    const before = await statusOf();

    const paused = await workspace.run((tx) => pausePeople(tx, { ...by, enrolmentIds }));
    expect(paused).toEqual({ people: 1, enrolmentIds: [first] });
    await workspace.run((tx) => resumePeople(tx, { ...by, enrolmentIds: paused.enrolmentIds }));
    expect(await statusOf()).toEqual(before);

    const taken = await workspace.run((tx) => removePeople(tx, { ...by, enrolmentIds }));
    expect(taken).toEqual({ people: 2, enrolmentIds: expect.arrayContaining([first, second]) });
    await workspace.run((tx) => putPeopleBack(tx, { ...by, enrolmentIds: taken.enrolmentIds }));
    expect(await statusOf()).toEqual(before);
  });

  it("does not bring back who stopped for another reason", async () => {
    const { by, enrolmentIds, workspace } = await afterTheFirstMail(1);
    await workspace.run((tx) => tx.lead.updateMany({ data: { email: null } }));
    await liveUntil(workspace, "2026-03-06T08:00:00Z");
    expect(await workspace.run((tx) => putPeopleBack(tx, { ...by, enrolmentIds }))).toEqual({ people: 0 });
  });

  it("takes a deleted campaign out of the trash with its people", async () => {
    const { by, enrolmentIds, people, workspace } = await afterTheFirstMail(2);
    await workspace.run((tx) => removePeople(tx, { ...by, enrolmentIds: enrolmentIds.slice(0, 1) }));
    const gone = { id: by.campaignId, byId: workspace.userId };
    await workspace.run((tx) => pauseCampaign(tx, by));
    await expect(workspace.run((tx) => restoreCampaign(tx, gone))).rejects.toThrow("not in the trash");
    await workspace.run((tx) => tx.workspace.updateMany({ data: { clockAt: new Date("2026-03-02T21:00:00Z") } }));
    await workspace.run((tx) => deleteCampaign(tx, gone));
    expect(await workspace.run((tx) => restoreCampaign(tx, gone))).toEqual({ people: 1 });
    const status = new Map((await people()).map((row) => [row.id, row.status]));
    expect(enrolmentIds.map((id) => status.get(id))).toEqual(["stopped", "active"]);
    const campaign = await workspace.run((tx) => tx.campaign.findFirst({ where: { id: by.campaignId } }));
    expect(campaign).toMatchObject({ status: "paused", deletedAt: null });
  });

  it("ends for whoever answered while the campaign lay in the trash, instead of planning them for ever", async () => {
    const workspace = await testWorkspace({ clockAt: "2026-03-02T12:00:00Z" });
    const talk = await testConversation(workspace);
    const gone = { id: talk.campaign.id, campaignId: talk.campaign.id, byId: workspace.userId };
    const { id: complete } = await testFirstTouch(workspace);
    await workspace.run(async (tx) => {
      const { offerId, rules } = await tx.campaign.findFirstOrThrow({ where: { id: complete } });
      await tx.campaign.updateMany({ where: { id: gone.id }, data: { offerId, rules: rules ?? {} } });
      await pauseCampaign(tx, gone);
      await deleteCampaign(tx, gone);
    });
    await takeMail(testReplyServices(), workspace, talk.mailbox.id, await answerFrom(talk, "How much is it?"));
    await workspace.run((tx) => restoreCampaign(tx, gone));
    await workspace.run((tx) => resumeCampaign(tx, gone));
    await liveUntil(workspace, "2026-03-06T20:00:00Z");
    const [person, mails] = await workspace.run((tx) =>
      Promise.all([
        tx.enrolment.findFirstOrThrow({ where: { id: talk.enrolmentId } }),
        tx.message.findMany({ where: { stepId: talk.campaign.stepIds[1] ?? "" }, select: { status: true, reason: true } }),
      ]),
    );
    expect(person.status).toBe("replied");
    expect(mails).toEqual([{ status: "cancelled", reason: "The person answered." }]);
  });
});

describe("a campaign that emptied while it rested", () => {
  it("is finished when it is resumed, and opens again for whoever comes", async () => {
    const { by, enrolmentIds, workspace } = await afterTheFirstMail(1);
    await workspace.run((tx) => pauseCampaign(tx, by));
    await workspace.run((tx) => removePeople(tx, { ...by, enrolmentIds }));
    await workspace.run((tx) => resumeCampaign(tx, by));
    const status = async () => (await workspace.run((tx) => tx.campaign.findFirstOrThrow({ where: { id: by.campaignId } }))).status;
    expect(await status()).toBe("finished");
    await workspace.run((tx) => putPeopleBack(tx, { ...by, enrolmentIds }));
    expect(await status()).toBe("running");
  });
});

describe("undo of an add", () => {
  async function ofAdd(lived: string | null) {
    const workspace = await testWorkspace({ clockAt: "2026-03-02T08:00:00Z" });
    await testMailbox(workspace);
    const { id } = await testFirstTouch(workspace);
    await testPeople(workspace, id, crowd(1));
    await startTestCampaign(workspace, id);
    const [, late] = crowd(2);
    const { enrolmentIds, leadIds } = await testPeople(workspace, id, [late ?? {}]);
    if (lived) await liveUntil(workspace, lived);
    const by = { campaignId: id, byId: workspace.userId };
    const rows = () =>
      workspace.run(async (tx) => ({
        people: await tx.enrolment.findMany({ where: { id: { in: enrolmentIds } }, select: { status: true } }),
        drafts: await tx.draft.count({ where: { enrolmentId: { in: enrolmentIds } } }),
        slots: await tx.sendSlot.count({ where: { enrolmentId: { in: enrolmentIds } } }),
        due: await tx.due.count({ where: { subjectId: { in: enrolmentIds } } }),
        used: (await tx.sendBudget.findMany({ where: { scope: "campaign" } })).reduce((sum, row) => sum + row.used, 0),
        state: (await tx.leadState.findFirst({ where: { id: leadIds[0] ?? "" } }))?.contactState,
      }));
    return { workspace, by, enrolmentIds, leadIds, rows };
  }

  it("leaves them as if never added, with what was written and booked for them: a later add takes them", async () => {
    const { by, enrolmentIds, leadIds, rows, workspace } = await ofAdd(null);
    await runDue(services, workspace.id);
    expect(await rows()).toMatchObject({ drafts: 1, slots: 1, due: 1, used: 2 });
    expect(await workspace.run((tx) => undoAdd(tx, { ...by, enrolmentIds }))).toEqual({ people: 1, enrolmentIds });
    expect(await rows()).toEqual({ people: [], drafts: 0, slots: 0, due: 0, used: 1, state: "free" });
    const again = await workspace.run((tx) => addPeople(tx, { ...by, leadIds }));
    expect(again).toMatchObject({ added: 1, split: { willBeAdded: 1, groups: [{ code: "will_be_added" }] } });
  });

  it("takes out whose mail is in the ledger, and who had been here before", async () => {
    const { by, enrolmentIds, leadIds, rows, workspace } = await ofAdd("2026-03-02T20:00:00Z");
    await workspace.run((tx) => undoAdd(tx, { ...by, enrolmentIds }));
    expect((await rows()).people).toEqual([{ status: "stopped" }]);

    const early = await ofAdd(null);
    await early.workspace.run((tx) => removePeople(tx, { ...early.by, enrolmentIds: early.enrolmentIds }));
    await early.workspace.run((tx) => addPeople(tx, { ...early.by, leadIds: early.leadIds, include: ["was_here"] }));
    await early.workspace.run((tx) => undoAdd(tx, { ...early.by, enrolmentIds: early.enrolmentIds }));
    expect((await early.rows()).people).toEqual([{ status: "stopped" }]);
    expect(leadIds).toHaveLength(1);
  });
});
