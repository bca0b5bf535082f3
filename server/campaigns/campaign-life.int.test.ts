import { describe, expect, it } from "vitest";
import { runDue } from "#server/jobs/run-due.ts";
import { services } from "#server/services.ts";
import { crowd, liveUntil, startTestCampaign, testFirstTouch, testPeople } from "#server/testing/campaigns.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { testMailbox } from "#server/testing/sending.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { getWorkspace } from "#server/workspaces/queries.ts";
import { addPeople } from "./commands/add-people.ts";
import { pauseAllSending, resumeAllSending } from "./commands/pause-all-sending.ts";
import { pauseCampaign, resumeCampaign } from "./commands/pause-campaign.ts";
import { pauseColleagues } from "./commands/pause-colleagues.ts";
import { pauseUntil } from "./commands/pause-until.ts";
import { startCampaign } from "./commands/start-campaign.ts";
import { stopEnrolments } from "./commands/stop-enrolments.ts";
import { tickEnrolments } from "./commands/tick-enrolments.ts";
import { listCampaigns } from "./queries/list-campaigns.ts";
import { listPeople } from "./queries/list-people.ts";
import { whyNotNow } from "./queries/why-not-now.ts";

await testDatabase();
const MONDAY = "2026-03-02T08:00:00Z";

const slotsOf = (workspace: TestWorkspace) =>
  workspace.run((tx) => tx.sendSlot.findMany({ where: { releasedAt: null }, orderBy: { slotAt: "asc" } }));
const usedOf = (workspace: TestWorkspace) =>
  workspace.run(async (tx) => (await tx.sendBudget.findMany({ where: { scope: "mailbox" } })).reduce((sum, row) => sum + row.used, 0));
const messagesOf = (workspace: TestWorkspace) => workspace.run((tx) => tx.message.findMany({ orderBy: { dueAt: "asc" } }));
const enrolment = (workspace: TestWorkspace, id: string) => workspace.run((tx) => tx.enrolment.findFirstOrThrow({ where: { id } }));

async function running(people = crowd(3), rules = {}) {
  const workspace = await testWorkspace({ clockAt: MONDAY });
  await testMailbox(workspace);
  const campaign = await testFirstTouch(workspace, rules);
  const { leadIds, enrolmentIds } = await testPeople(workspace, campaign.id, people);
  await startTestCampaign(workspace, campaign.id);
  return { workspace, campaignId: campaign.id, leadIds, enrolmentIds };
}
const at = (ids: readonly string[], index: number): string => ids[index] ?? "";

describe("a campaign", () => {
  it("sends each mail once, days apart, from one mailbox in one thread, and finishes", async () => {
    const { workspace, campaignId, leadIds } = await running();
    await liveUntil(workspace, "2026-03-31T08:00:00Z");

    const messages = await messagesOf(workspace);
    const first = messages.filter((message) => message.leadId === at(leadIds, 0));
    const { items } = await workspace.run((tx) => listCampaigns(tx, { limit: 10, owners: null }));

    expect(messages.map((message) => message.status)).toEqual(Array(9).fill("sent"));
    // 3 working days, then 5, in Italian working days
    expect(first.map((message) => message.sentAt?.toISOString().slice(0, 10))).toEqual(["2026-03-02", "2026-03-05", "2026-03-12"]);
    expect(new Set(first.map((message) => message.threadId)).size).toBe(1);
    expect(items[0]).toMatchObject({ id: campaignId, status: "finished", people: 3, through: 3, contacted: 3, sent: 9, planned: 9 });
    expect(await usedOf(workspace)).toBe(9);
  });

  it("shows a time and keeps it: what was booked is what the ledger used", async () => {
    const { workspace, campaignId } = await running(crowd(12));
    await runDue(services, workspace.id);
    const promised = (await workspace.run((tx) => listPeople(tx, { id: campaignId, limit: 50 }))).items;
    await liveUntil(workspace, "2026-03-03T08:00:00Z");
    const sent = await messagesOf(workspace);

    expect(promised.every((person) => person.planKind === "exact")).toBe(true);
    for (const person of promised) {
      const mail = sent.find((message) => message.leadId === person.leadId);
      expect(mail?.sentAt?.getTime()).toBe(person.plannedAt?.getTime());
    }
    const gaps = sent.slice(1).map((mail, index) => (mail.dueAt.getTime() - (sent[index]?.dueAt.getTime() ?? 0)) / 60_000);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(4);
  });

  it("tells the same story twice", async () => {
    const times = async () => {
      const { workspace } = await running(crowd(6));
      await liveUntil(workspace, "2026-03-10T08:00:00Z");
      return (await messagesOf(workspace)).map((mail) => `${mail.toAddress} ${mail.sentAt?.toISOString()} ${mail.subject}`);
    };
    expect(await times()).toEqual(await times());
  });

  it("moves a mail that nobody approved to the next working day, and says so", async () => {
    const { workspace, campaignId, enrolmentIds } = await running(crowd(1), { drafts: { mode: "review_each", first: 20 } });
    await liveUntil(workspace, "2026-03-03T07:00:00Z");
    const why = await workspace.run((tx) => whyNotNow(tx, at(enrolmentIds, 0)));
    const { counts } = await workspace.run((tx) => listPeople(tx, { id: campaignId, limit: 50 }));
    const moved = await workspace.run((tx) => tx.activity.findMany({ where: { kind: "campaign/send.moved" } }));

    expect(await messagesOf(workspace)).toEqual([]);
    expect((await enrolment(workspace, at(enrolmentIds, 0))).plannedAt?.toISOString()).toMatch(/^2026-03-03T09:/);
    expect(counts).toEqual({ waiting_approval: 1 });
    expect(why.reasons.map((reason) => reason.code)).toContain("draft");
    expect(moved).toMatchObject([{ detail: { cause: "unapproved" } }]);
  });

  it("says that somebody is away until their last day is over where they live", async () => {
    const { workspace, campaignId } = await running([
      { fullName: "Ivo West", email: "ivo@west.example", company: "West", country: "US" },
      { fullName: "Eva East", email: "eva@east.example", company: "East", country: "NZ" },
    ]);
    await workspace.run((tx) => tx.enrolment.updateMany({ data: { awayUntil: new Date("2026-03-02") } }));
    for (const [clock, ...expected] of [
      ["2026-03-02T10:59:00Z", "Eva East", "Ivo West"],
      ["2026-03-02T11:00:00Z", "Ivo West"],
      ["2026-03-03T04:59:00Z", "Ivo West"],
      ["2026-03-03T05:00:00Z"],
    ] as const) {
      await workspace.setClock(clock);
      const page = await workspace.run((tx) => listPeople(tx, { id: campaignId, state: "away", limit: 50 }));
      const shown = page.items.map((one) => one.fullName).sort();
      expect([clock, page.counts.away ?? 0, ...shown]).toEqual([clock, expected.length, ...expected]);
    }
  });

  it("waits for a public holiday of the recipient's country", async () => {
    const { workspace, enrolmentIds } = await running([
      { fullName: "Ivan Petrov", email: "ivan@balkan.example", company: "Balkan", country: "BG" },
    ]);
    await workspace.setClock("2026-03-02T17:00:00Z");
    await runDue(services, workspace.id);
    const row = await enrolment(workspace, at(enrolmentIds, 0));

    expect(row.plannedAt?.toISOString()).toMatch(/^2026-03-04T0[79]:/);
    expect(JSON.stringify(row.heldBy)).toContain("public holiday: Liberation Day (Tue 3 Mar)");
  });
});

describe("stops, pauses and absences", () => {
  it("sends nothing after a reply, and gives the minute back", async () => {
    const { workspace, leadIds, enrolmentIds } = await running(crowd(2));
    await runDue(services, workspace.id);
    await workspace.run((tx) => stopEnrolments(tx, { leadId: at(leadIds, 0), reason: "Person 0 answered", status: "replied" }));
    await liveUntil(workspace, "2026-03-20T08:00:00Z");

    expect(await enrolment(workspace, at(enrolmentIds, 0))).toMatchObject({
      status: "replied",
      stopReason: "Person 0 answered",
      dueAt: null,
    });
    expect((await messagesOf(workspace)).filter((message) => message.leadId === at(leadIds, 0))).toEqual([]);
    expect(await usedOf(workspace)).toBe(3);
  });

  it("turns finished into replied when the answer comes after the last mail", async () => {
    const { workspace, leadIds, enrolmentIds } = await running(crowd(1));
    await liveUntil(workspace, "2026-03-20T08:00:00Z");
    await workspace.run((tx) => stopEnrolments(tx, { leadId: at(leadIds, 0), reason: "They answered", status: "replied" }));

    expect((await enrolment(workspace, at(enrolmentIds, 0))).status).toBe("replied");
  });

  it("waits until the day after somebody is back", async () => {
    const { workspace, leadIds, enrolmentIds } = await running(crowd(1));
    await liveUntil(workspace, "2026-03-03T12:00:00Z");
    await workspace.run((tx) => pauseUntil(tx, { leadId: at(leadIds, 0), untilOn: "2026-03-09", reason: "Away until 9 Mar" }));
    await liveUntil(workspace, "2026-03-20T08:00:00Z");
    const sent = await messagesOf(workspace);

    expect(sent[1]?.sentAt?.toISOString().slice(0, 10)).toBe("2026-03-10");
    expect((await enrolment(workspace, at(enrolmentIds, 0))).awayUntil?.toISOString().slice(0, 10)).toBe("2026-03-09");
  });

  it("pauses colleagues at the company, and nobody at another", async () => {
    const norvale = { company: "Norvale", companyDomain: "norvale.example" };
    const people = [
      { ...norvale, fullName: "Nadia Rossi", email: "nadia@norvale.example" },
      { ...norvale, fullName: "Omar Haddad", email: "omar@norvale.example" },
      ...crowd(1),
    ];
    const { workspace, leadIds, enrolmentIds } = await running(people);
    await runDue(services, workspace.id);
    const accountId = (await enrolment(workspace, at(enrolmentIds, 0))).accountId ?? "";
    const paused = await workspace.run((tx) => pauseColleagues(tx, { accountId, exceptLeadId: at(leadIds, 0), reason: "Nadia answered" }));

    expect(paused.leadIds).toEqual([at(leadIds, 1)]);
    expect(await enrolment(workspace, at(enrolmentIds, 1))).toMatchObject({
      status: "paused",
      pausedReason: "Nadia answered",
      plannedAt: null,
    });
    expect((await enrolment(workspace, at(enrolmentIds, 2))).status).toBe("active");
    expect(await slotsOf(workspace)).toHaveLength(2);
  });

  it("pauses and resumes a campaign, and everybody is planned again", async () => {
    const { workspace, campaignId } = await running(crowd(4));
    await runDue(services, workspace.id);
    await workspace.run((tx) => pauseCampaign(tx, { campaignId, byId: workspace.userId }));

    expect(await slotsOf(workspace)).toHaveLength(0);
    expect(await usedOf(workspace)).toBe(0);
    await liveUntil(workspace, "2026-03-04T08:00:00Z");
    expect(await messagesOf(workspace)).toEqual([]);

    await workspace.run((tx) => resumeCampaign(tx, { campaignId, byId: workspace.userId }));
    await liveUntil(workspace, "2026-03-05T06:00:00Z");
    expect((await messagesOf(workspace)).map((message) => message.sentAt?.toISOString().slice(0, 10))).toEqual(Array(4).fill("2026-03-04"));
  });

  it("stops everything at one press, and asks for a reason to go on", async () => {
    const { workspace } = await running(crowd(2));
    await runDue(services, workspace.id);
    await workspace.run((tx) => pauseAllSending(tx, { byId: workspace.userId }));
    await liveUntil(workspace, "2026-03-03T08:00:00Z");
    expect(await messagesOf(workspace)).toEqual([]);
    await expect(workspace.run((tx) => resumeAllSending(tx, { byId: workspace.userId, reason: " " }))).rejects.toThrow("Say why");

    await workspace.run((tx) => resumeAllSending(tx, { byId: workspace.userId, reason: "The list was checked" }));
    expect(await workspace.run((tx) => getWorkspace(tx))).toMatchObject({
      sendingPausedAt: null,
      sendingResumedBy: "Ines Prado",
      sendingResumeReason: "The list was checked",
    });
    await liveUntil(workspace, "2026-03-04T06:00:00Z");
    expect(await messagesOf(workspace)).toHaveLength(2);
  });

  it("sends once although a pause cancelled what was reserved", async () => {
    const { workspace, campaignId, enrolmentIds } = await running(crowd(1));
    await runDue(services, workspace.id);
    const { plannedAt } = await enrolment(workspace, at(enrolmentIds, 0));
    await workspace.setClock(new Date(plannedAt?.getTime() ?? 0));
    await tickEnrolments(services, workspace.id, enrolmentIds);
    await workspace.run((tx) => pauseCampaign(tx, { campaignId, byId: workspace.userId }));
    await workspace.run((tx) => resumeCampaign(tx, { campaignId, byId: workspace.userId }));
    await liveUntil(workspace, "2026-03-04T08:00:00Z");

    expect((await messagesOf(workspace)).map((message) => message.status).sort()).toEqual(["cancelled", "sent"]);
  });
});

describe("races", () => {
  it("starts once when start is pressed twice", async () => {
    const workspace = await testWorkspace({ clockAt: MONDAY });
    await testMailbox(workspace);
    const { id: campaignId } = await testFirstTouch(workspace);
    await testPeople(workspace, campaignId, crowd(2));
    const press = () => workspace.run((tx) => startCampaign(tx, { campaignId, byId: workspace.userId }));
    const results = await Promise.allSettled([press(), press()]);

    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find((result) => result.status === "rejected")?.reason).toMatchObject({ code: "CONFLICT" });
  });

  it("books one minute per person when two ticks run at once", async () => {
    const { workspace, enrolmentIds } = await running(crowd(20));
    await Promise.all([
      tickEnrolments(services, workspace.id, enrolmentIds),
      tickEnrolments(services, workspace.id, [...enrolmentIds].reverse()),
    ]);
    const slots = await slotsOf(workspace);

    expect(slots).toHaveLength(20);
    expect(new Set(slots.map((slot) => slot.slotAt.getTime())).size).toBe(20);
    expect(await usedOf(workspace)).toBe(20);
  });

  it("reserves nothing when a pause and a tick race", async () => {
    const { workspace, campaignId, enrolmentIds } = await running(crowd(5));
    await runDue(services, workspace.id);
    const first = (await slotsOf(workspace))[0];
    await workspace.setClock(new Date(first?.slotAt.getTime() ?? 0));
    await Promise.all([
      tickEnrolments(services, workspace.id, enrolmentIds),
      workspace.run((tx) => pauseCampaign(tx, { campaignId, byId: workspace.userId })),
    ]);

    expect((await messagesOf(workspace)).filter((message) => message.status === "reserved")).toEqual([]);
    expect(await usedOf(workspace)).toBe(0);
  });

  it("reserves nothing for somebody who opted out after the plan", async () => {
    const { workspace, leadIds, enrolmentIds } = await running(crowd(1));
    await runDue(services, workspace.id);
    const { plannedAt } = await enrolment(workspace, at(enrolmentIds, 0));
    await workspace.setClock(new Date(plannedAt?.getTime() ?? 0));
    await Promise.all([
      tickEnrolments(services, workspace.id, enrolmentIds),
      workspace.run((tx) => stopEnrolments(tx, { leadId: at(leadIds, 0), reason: "Unsubscribed by link", status: "stopped" })),
    ]);
    await liveUntil(workspace, "2026-03-10T08:00:00Z");

    expect((await messagesOf(workspace)).filter((message) => message.status !== "cancelled")).toEqual([]);
  });

  it("puts a person into one campaign at a time", async () => {
    const workspace = await testWorkspace({ clockAt: MONDAY });
    const [one, two] = [await testFirstTouch(workspace), await testFirstTouch(workspace)];
    const lead = await testLead(workspace);
    const add = (campaignId: string) => workspace.run((tx) => addPeople(tx, { campaignId, leadIds: [lead.id], byId: workspace.userId }));
    const [first, second] = await Promise.all([add(one.id), add(two.id)]);

    expect(first.added + second.added).toBe(1);
  });
});
