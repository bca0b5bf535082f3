import { describe, expect, it } from "vitest";
import { inIdentity, inWorkspace } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
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

async function tellStory(days: number) {
  const sandbox = await newSandbox();
  await prepareStart(services, sandbox.id, { byId: sandbox.ownerId });
  const until = new Date(Date.parse("2026-03-02T09:00:00Z") + days * DAY_MS);
  const began = performance.now();
  const { isDone } = await runSandbox(services, sandbox.id, { until, withColleague: true, progressId: null, budgetMs: 120_000 });
  return { ...sandbox, isDone, seconds: (performance.now() - began) / 1000 };
}

describe("a month in a pretend workspace", () => {
  it("tells the story that the bar shows, and the same one again", async () => {
    const first = await tellStory(30);
    expect(first.isDone).toBe(true);
    const sums = await inWorkspace(first.id, countStory);
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

    const second = await tellStory(30);
    expect(await inWorkspace(second.id, countStory)).toEqual(sums);
  }, 180_000);
});
