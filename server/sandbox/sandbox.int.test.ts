import { describe, expect, it } from "vitest";
import { inIdentity, inWorkspace } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { createLead } from "#server/leads/commands/create-lead.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { services } from "#server/services.ts";
import "#server/jobs/registry.ts";
import { testDatabase } from "#server/testing/database.ts";
import { createSandbox } from "./commands/create-sandbox.ts";
import { prepareStart } from "./commands/prepare-start.ts";
import { runSandbox } from "./commands/run-sandbox.ts";
import { countStory } from "./queries/count-story.ts";

await testDatabase();
const DAY_MS = 24 * 3_600_000;

async function newSandbox() {
  const ownerId = newId();
  await inIdentity((tx) => tx.user.create({ data: { id: ownerId, email: `ines-${ownerId}@acme.example`, fullName: "Ines Prado" } }));
  const { id } = await createSandbox({ ownerId, name: "Acme", timeZone: "Europe/Lisbon" });
  return { id, ownerId };
}

async function startStory() {
  const sandbox = await newSandbox();
  await prepareStart(services, sandbox.id, { byId: sandbox.ownerId });
  return sandbox;
}

/** Lets time pass until this many days after the start. */
async function tell(workspaceId: WorkspaceId, days: number) {
  const until = new Date(Date.parse("2026-03-02T09:00:00Z") + days * DAY_MS);
  const { isDone } = await runSandbox(services, workspaceId, { until, withColleague: true, progressId: null, budgetMs: 600_000 });
  expect(isDone).toBe(true);
  return inWorkspace(workspaceId, countStory);
}

/** What the list says of each person was kept up step by step; counted anew from the rows that are true, it says the same. */
async function expectListsToBeTrue(workspaceId: WorkspaceId) {
  const changed = await inWorkspace(workspaceId, async (tx) => {
    const everybody = await tx.lead.findMany({ select: { id: true } });
    expect(everybody.length).toBeGreaterThan(30);
    return refreshLeadState(
      tx,
      everybody.map((lead) => lead.id),
    );
  });
  expect(changed).toBe(0);
}

describe("starting for a program", () => {
  it("brings the cast although somebody is here already, once", async () => {
    const sandbox = await newSandbox();
    const person = { fullName: "Person 1", email: "first@elsewhere.example", ownerId: sandbox.ownerId, source: "api" };
    await inWorkspace(sandbox.id, (tx) => createLead(tx, person));
    for (const _turn of [1, 2]) await prepareStart(services, sandbox.id, { byId: sandbox.ownerId });
    const [people, imports, nadia] = await inWorkspace(sandbox.id, (tx) =>
      Promise.all([
        tx.lead.count(),
        tx.leadImport.count(),
        tx.enrolment.findFirst({ where: { lead: { email: "nadia.rossi@norvale.example" } }, select: { status: true } }),
      ]),
    );
    expect({ people, imports, nadia }).toEqual({ people: 41, imports: 1, nadia: { status: "active" } });
  });
});

describe("a month in a pretend workspace", () => {
  it("tells the story that the bar shows, and the same one again", async () => {
    const first = await startStory();
    const firstDays = await tell(first.id, 4);
    await expectListsToBeTrue(first.id);
    const sums = await tell(first.id, 30);
    await expectListsToBeTrue(first.id);
    expect(sums.sent).toBeGreaterThan(60);
    expect(sums.replies).toBeGreaterThan(12);
    expect(sums.meetings).toBeGreaterThan(3);
    expect(sums.deals).toBeGreaterThan(3);

    const classOf = async (email: string) =>
      inWorkspace(first.id, async (tx) =>
        (await tx.reply.findMany({ where: { fromAddress: email }, orderBy: { receivedAt: "asc" } })).map((reply) => reply.class),
      );
    expect((await classOf("nadia.rossi@norvale.example"))[0]).toBe("interested");
    expect((await classOf("tom.okafor@tessar.example"))[0]).toBe("question");
    expect((await classOf("lea.brandt@kielwerk.example"))[0]).toBe("away");
    expect((await classOf("hanna.vik@fjordtech.example"))[0]).toBe("remove_me");
    expect((await classOf("paul.stern@sternwald.example"))[0]).toBe("not_interested");
    expect(["wrong_person", "referral"]).toContain((await classOf("julie.roux@rivoire.example"))[0]);

    const second = await startStory();
    expect(await tell(second.id, 4)).toEqual(firstDays);
  }, 180_000);
});
