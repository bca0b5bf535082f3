import { expect, it } from "vitest";
import type { CampaignRules } from "#server/campaigns/schema.ts";
import { runDue } from "#server/jobs/run-due.ts";
import { services } from "#server/services.ts";
import { crowd, startTestCampaign, testFirstTouch, testPeople } from "#server/testing/campaigns.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testMailbox } from "#server/testing/sending.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { countToday, getToday } from "./queries.ts";

await testDatabase();

it.each<[CampaignRules["drafts"], number, number[]]>([
  [{ mode: "review_each", first: 20 }, 1, [3, 2]],
  [{ mode: "review_first", first: 2 }, 1, [3, 2]],
  [{ mode: "review_first", first: 2 }, 2, [3, 0]],
  [{ mode: "send_passing", first: 20 }, 0, [0, 0]],
])("of drafts that pass, holds those that the campaign holds: %o, %i approved", async (drafts, approved, held) => {
  const workspace = await testWorkspace({ clockAt: "2026-03-02T08:00:00Z" });
  const viewer = { userId: workspace.userId, role: "owner" as const };
  await testMailbox(workspace);
  const { id } = await testFirstTouch(workspace, { drafts });
  await testPeople(workspace, id, crowd(3));
  await startTestCampaign(workspace, id);
  await runDue(services, workspace.id);
  const waiting = async () => {
    const today = await workspace.run((tx) => getToday(tx, viewer, { who: "me" }));
    const count = today.items.filter((item) => item.kind === "drafts").reduce((sum, item) => sum + item.count, 0);
    expect(await workspace.run((tx) => countToday(tx, viewer, today.zone))).toBe(today.total);
    return count;
  };
  const before = await waiting();
  const some = await workspace.run((tx) => tx.draft.findMany({ where: { status: "ready" }, take: approved, select: { id: true } }));
  await workspace.run((tx) =>
    tx.draft.updateMany({
      where: { id: { in: some.map((draft) => draft.id) } },
      data: { status: "approved", approvedById: workspace.userId, approvedAt: tx.now },
    }),
  );
  expect([before, await waiting()]).toEqual(held);
});
