import { describe, expect, it } from "vitest";
import { runDue } from "#server/jobs/run-due.ts";
import { services } from "#server/services.ts";
import { crowd, startTestCampaign, testFirstTouch, testPeople } from "#server/testing/campaigns.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { testMailbox } from "#server/testing/sending.ts";
import { type TestWorkspace, testMember, testWorkspace } from "#server/testing/workspace.ts";
import { addPeople } from "./commands/add-people.ts";
import { removePeople } from "./commands/change-people.ts";
import { setSteps } from "./commands/set-steps.ts";
import { startCampaign } from "./commands/start-campaign.ts";
import { updateCampaign } from "./commands/update-campaign.ts";
import { getCampaign } from "./queries/get-campaign.ts";
import { getStartSheet } from "./queries/get-start-sheet.ts";
import { previewSteps } from "./queries/preview-steps.ts";
import { resolveLeadIds, splitAudience } from "./queries/split-audience.ts";
import { whyNotNow } from "./queries/why-not-now.ts";
import { type StepInput, stepInput } from "./schema.ts";

await testDatabase();
const MONDAY = "2026-03-02T08:00:00Z";
const sandbox = async () => {
  const workspace = await testWorkspace({ clockAt: MONDAY });
  await testMailbox(workspace);
  return workspace;
};
const stepsOf = (workspace: TestWorkspace, campaignId: string): Promise<StepInput[]> =>
  workspace.run(async (tx) => (await getCampaign(tx, campaignId)).steps.map((step) => stepInput.parse(step)));

describe("the audience split", () => {
  it("puts everybody into one group and says why", async () => {
    const workspace = await sandbox();
    const marta = await testMember(workspace, { fullName: "Marta Silva" });
    const [here, other] = [await testFirstTouch(workspace), await testFirstTouch(workspace)];
    const person = (name: string, change = {}) =>
      testLead(workspace, { fullName: name, email: `${name.toLowerCase()}@${name.toLowerCase()}.example`, company: name, ...change });
    const leads = [
      await person("Free"),
      await person("Noaddress", { email: null }),
      await person("Marta", { ownerId: marta }),
      await person("Elsewhere"),
      await person("Customer"),
      await person("Already"),
    ];
    const ids = leads.map((lead) => lead.id);
    await workspace.run(async (tx) => {
      await tx.account.updateMany({ where: { id: leads[4]?.accountId ?? "" }, data: { isCustomer: true } });
      await addPeople(tx, { campaignId: other.id, leadIds: [ids[3] ?? ""], byId: workspace.userId });
      await addPeople(tx, { campaignId: here.id, leadIds: [ids[5] ?? ""], byId: workspace.userId });
    });
    const split = await workspace.run((tx) => splitAudience(tx, { campaignId: here.id, leadIds: ids }));
    const anyway = await workspace.run((tx) =>
      splitAudience(tx, { campaignId: here.id, leadIds: ids, include: ["owned_by_others", "customer"] }),
    );

    expect(split.total).toBe(6);
    expect(Object.fromEntries(split.groups.map((group) => [group.code, group.count]))).toEqual({
      will_be_added: 1,
      no_address: 1,
      customer: 1,
      already_here: 1,
      elsewhere: 1,
      owned_by_others: 1,
    });
    expect(split.groups.find((group) => group.code === "owned_by_others")?.leads[0]?.note).toBe("Marta Silva");
    // a customer is no rule that one sets aside in passing
    expect(anyway.willBeAdded).toBe(2);
  });

  it("takes one person of a company at a time when the campaign says so", async () => {
    const workspace = await sandbox();
    const { id } = await testFirstTouch(workspace, { oneCompanyAtATime: true });
    const same = { company: "Norvale", companyDomain: "norvale.example" };
    const leads = [
      await testLead(workspace, { ...same, fullName: "Nadia", email: "nadia@norvale.example" }),
      await testLead(workspace, { ...same, fullName: "Omar", email: "omar@norvale.example" }),
    ];
    const { added } = await workspace.run((tx) =>
      addPeople(tx, { campaignId: id, leadIds: leads.map((lead) => lead.id), byId: workspace.userId }),
    );

    expect(added).toBe(1);
  });

  it("never takes an empty choice for everybody", async () => {
    const workspace = await sandbox();
    await testLead(workspace);
    const viewer = { userId: workspace.userId, role: "owner" as const };
    const ids = await workspace.run((tx) =>
      resolveLeadIds(tx, viewer, { leadIds: [], listId: "00000000-0000-7000-8000-000000000000", except: [] }),
    );

    expect(ids).toEqual([]);
  });
});

describe("the start", () => {
  it("says what is missing, and starts when nothing is", async () => {
    const workspace = await testWorkspace({ clockAt: MONDAY });
    const { id } = await testFirstTouch(workspace);
    const empty = await workspace.run((tx) => getStartSheet(tx, id));

    expect(empty.canStart).toBe(false);
    expect(empty.checks.filter((check) => !check.ok).map((check) => check.id)).toEqual(["people", "mailbox", "reading", "opt_out"]);
    await expect(workspace.run((tx) => startCampaign(tx, { campaignId: id, byId: workspace.userId }))).rejects.toThrow(
      "Nobody is in it yet",
    );

    await testMailbox(workspace);
    await testPeople(workspace, id, crowd(7));
    const ready = await workspace.run((tx) => getStartSheet(tx, id));

    expect(ready).toMatchObject({ canStart: true, people: 7, held: [] });
    expect(ready.first).toHaveLength(5);
    expect(await workspace.run((tx) => tx.sendSlot.count())).toBe(0);
  });

  it("refuses follow-ups from a mailbox whose replies cannot be read", async () => {
    const workspace = await testWorkspace({ clockAt: MONDAY });
    await testMailbox(workspace, { port: 1, status: "cannot_read" });
    const { id } = await testFirstTouch(workspace);
    await testPeople(workspace, id, crowd(1));
    const { checks } = await workspace.run((tx) => getStartSheet(tx, id));

    expect(checks.find((check) => check.id === "mailbox")?.ok).toBe(true);
    expect(checks.find((check) => check.id === "reading")).toMatchObject({
      ok: false,
      detail: "replies to ana@acme.example cannot be read, so it sends first mails only",
    });
  });

  it("answers why not now before and after", async () => {
    const workspace = await sandbox();
    const { id } = await testFirstTouch(workspace);
    const { enrolmentIds } = await testPeople(workspace, id, [
      { country: "US", city: "San Francisco", email: "otis@oakum.example", fullName: "Otis Park", company: "Oakum" },
    ]);
    const ask = () => workspace.run((tx) => whyNotNow(tx, enrolmentIds[0] ?? ""));
    const before = await ask();
    await startTestCampaign(workspace, id);
    await runDue(services, workspace.id);
    const after = await ask();

    expect(before.sentence).toBe("Not now: the campaign has not started.");
    // 17:00 in Lisbon is 09:00 there: the hours meet only when the clocks have changed there and not yet here
    expect(after.at?.toISOString()).toMatch(/^2026-03-09T16:/);
    expect(after.reasons.map((reason) => reason.code)).toEqual(["hours", "mailbox_hours", "weekday"]);
    expect(after.change).toMatch(/^Beginning at 07:00 would send this Mon 2 Mar/);
  });
});

describe("editing a running campaign", () => {
  const running = async () => {
    const workspace = await sandbox();
    const { id } = await testFirstTouch(workspace);
    const { enrolmentIds } = await testPeople(workspace, id, crowd(3));
    await startTestCampaign(workspace, id);
    await runDue(services, workspace.id);
    return { workspace, id, enrolmentIds };
  };
  const reworded = (steps: StepInput[]): StepInput[] =>
    steps.map((step, index) =>
      index === 0 && step.kind === "email" ? { ...step, config: { ...step.config, instruction: "Name their city." } } : step,
    );

  it("shows how many wait for a changed mail, and writes theirs again when it applies to them", async () => {
    const { workspace, id } = await running();
    const steps = reworded(await stepsOf(workspace, id));
    const preview = await workspace.run((tx) => previewSteps(tx, { id, steps, scope: "everybody" }));
    const before = await workspace.run((tx) => tx.draft.findMany({ where: { status: { not: "replaced" } }, select: { id: true } }));
    await workspace.run((tx) => setSteps(tx, { id, steps, scope: "everybody", byId: workspace.userId }));
    await runDue(services, workspace.id);
    const after = await workspace.run((tx) => tx.draft.findMany({ where: { status: { not: "replaced" } }, select: { id: true } }));

    expect(preview).toMatchObject({ waiting: 3, faults: [] });
    expect(after).toHaveLength(3);
    expect(after.map((draft) => draft.id)).not.toEqual(expect.arrayContaining(before.map((draft) => draft.id)));
    expect(await workspace.run((tx) => tx.sendSlot.count({ where: { releasedAt: null } }))).toBe(3);
  });

  it("refuses what was edited before a colleague saved other steps", async () => {
    const { workspace, id } = await running();
    const before = await stepsOf(workspace, id);
    const edit = { id, steps: reworded(before), before, scope: "everybody" as const, byId: workspace.userId };
    const mine = before.map((step) => (step.kind === "wait" ? { ...step, config: { workingDays: 9 } } : step));
    const saved = await workspace.run((tx) => setSteps(tx, edit));
    await expect(workspace.run((tx) => setSteps(tx, { ...edit, steps: mine }))).rejects.toThrow(
      "Somebody else saved other steps meanwhile",
    );
    const again = await workspace.run((tx) => setSteps(tx, { ...edit, steps: mine, before: saved }));
    expect(again.filter((step) => step.kind === "wait").map((step) => step.config)).toEqual([{ workingDays: 9 }, { workingDays: 9 }]);
  });

  it("keeps the promised mail for those who wait when it is only for new ones, under one lineage", async () => {
    const { workspace, id } = await running();
    const old = await stepsOf(workspace, id);
    await workspace.run((tx) => setSteps(tx, { id, steps: reworded(old), scope: "new_only", byId: workspace.userId }));
    const [late] = (await testPeople(workspace, id, [{ fullName: "Late", email: "late@late.example", company: "Late", country: "IT" }]))
      .enrolmentIds;
    const people = await workspace.run((tx) => tx.enrolment.findMany({ select: { id: true, stepId: true } }));
    const firsts = await workspace.run((tx) =>
      tx.campaignStep.findMany({ where: { position: 1 }, select: { id: true, lineageId: true, archivedAt: true } }),
    );

    expect(new Set(firsts.map((step) => step.lineageId)).size).toBe(1);
    expect(people.filter((person) => person.stepId === old[0]?.id)).toHaveLength(3);
    expect(people.find((person) => person.id === late)?.stepId).toBe(firsts.find((step) => step.archivedAt === null)?.id);
  });

  it("does not bring back, as another mail, what a colleague replaced meanwhile", async () => {
    const { workspace, id } = await running();
    const seen = await stepsOf(workspace, id);
    await workspace.run((tx) => setSteps(tx, { id, steps: reworded(seen), scope: "new_only", byId: workspace.userId }));
    const mine = workspace.run((tx) => setSteps(tx, { id, steps: seen, scope: "everybody", byId: workspace.userId }));
    await expect(mine).rejects.toThrow("Somebody else saved other steps meanwhile");
  });

  it("takes people on from a mail that was removed", async () => {
    const { workspace, id } = await running();
    const steps = (await stepsOf(workspace, id))
      .slice(2)
      .map((step) => (step.kind === "email" ? { ...step, config: { ...step.config, thread: "new" as const } } : step));
    await workspace.run((tx) => setSteps(tx, { id, steps, scope: "everybody", byId: workspace.userId }));
    const people = await workspace.run((tx) => tx.enrolment.findMany({ select: { stepId: true, plannedAt: true } }));

    expect(people.every((person) => person.stepId === steps[0]?.id && person.plannedAt === null)).toBe(true);
  });

  it("plans again when the hours change", async () => {
    const { workspace, id, enrolmentIds } = await running();
    const { rules } = await workspace.run((tx) => getCampaign(tx, id));
    await workspace.run((tx) =>
      updateCampaign(tx, { id, rules: { ...rules, window: { ...rules.window, from: "14:00" } }, byId: workspace.userId }),
    );
    await runDue(services, workspace.id);
    const row = await workspace.run((tx) => tx.enrolment.findFirstOrThrow({ where: { id: enrolmentIds[0] ?? "" } }));

    expect(row.plannedAt?.toISOString()).toMatch(/^2026-03-02T13:/);
    expect(await workspace.run((tx) => tx.activity.count({ where: { kind: "campaign/send.moved" } }))).toBe(3);
  });

  it("frees people who are taken out", async () => {
    const { workspace, id, enrolmentIds } = await running();
    await workspace.run((tx) => removePeople(tx, { campaignId: id, enrolmentIds: [enrolmentIds[0] ?? ""], byId: workspace.userId }));
    const lead = await workspace.run((tx) => tx.leadState.findMany({ select: { contactState: true } }));

    expect(lead.map((row) => row.contactState).sort()).toEqual(["free", "in_campaign", "in_campaign"]);
  });

  it("moves people in a changed wait when it applies to them, and leaves them when it is for new ones", async () => {
    const { workspace, id } = await running();
    const steps = await stepsOf(workspace, id);
    const second = steps[2]?.id ?? "";
    // Mail 1 went this morning: they wait three working days, until Thursday in Rome.
    await workspace.run((tx) =>
      tx.enrolment.updateMany({
        data: {
          stepId: second,
          lastSentAt: new Date("2026-03-02T09:00:00Z"),
          notBefore: new Date("2026-03-04T23:00:00Z"),
          plannedAt: new Date("2026-03-04T23:00:00Z"),
          planKind: "not_before",
        },
      }),
    );
    const longer = (workingDays: number) =>
      steps.map((step, at) => (at === 1 && step.kind === "wait" ? { ...step, config: { workingDays } } : step));
    const preview = await workspace.run((tx) => previewSteps(tx, { id, steps: longer(5), scope: "everybody" }));
    const until = async () =>
      (await workspace.run((tx) => tx.enrolment.findMany({ select: { notBefore: true } }))).map((row) => row.notBefore?.toISOString());
    await workspace.run((tx) => setSteps(tx, { id, steps: longer(5), scope: "new_only", byId: workspace.userId }));
    const kept = await until();
    const again = await stepsOf(workspace, id);
    const shorter = again.map((step) =>
      step.kind === "wait" && step.config.workingDays === 5 && step.id === again[1]?.id ? { ...step, config: { workingDays: 1 } } : step,
    );
    await workspace.run((tx) => setSteps(tx, { id, steps: shorter, scope: "everybody", byId: workspace.userId }));
    const moved = await until();
    await runDue(services, workspace.id);
    const plans = await workspace.run((tx) => tx.enrolment.findMany({ select: { planKind: true, plannedAt: true } }));

    expect(preview).toMatchObject({
      waiting: 3,
      affected: [{ stepId: second, people: 3, label: "Mail at place 3, after 5 working days instead of 3" }],
    });
    expect(new Set(kept)).toEqual(new Set(["2026-03-04T23:00:00.000Z"]));
    expect(new Set(moved)).toEqual(new Set(["2026-03-02T23:00:00.000Z"]));
    expect(plans.every((plan) => plan.planKind === "exact" && plan.plannedAt?.toISOString().startsWith("2026-03-03T"))).toBe(true);
  });
});
