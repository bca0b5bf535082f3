import { describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { acceptProposal } from "./commands/accept-proposal.ts";
import { finishTask } from "./commands/change-task.ts";
import { createTask } from "./commands.ts";
import type { CreateTaskInput } from "./schema.ts";

await testDatabase();

async function openTask(task: Partial<CreateTaskInput>) {
  const workspace = await testWorkspace();
  const lead = await testLead(workspace);
  const id = await workspace.run((tx) =>
    createTask(tx, {
      kind: "call",
      title: "Call them",
      ownerId: workspace.userId,
      dueAt: tx.now,
      causeKey: "one",
      leadId: lead.id,
      ...task,
    }),
  );
  return { id, workspace, viewer: { userId: workspace.userId, role: "owner" as const } };
}

describe("two people at one task at once", () => {
  it("adds the proposed person once, also without an address, and tells the second one", async () => {
    const { id, viewer, workspace } = await openTask({ kind: "new_person", proposal: { type: "new_person", fullName: "Marc Petit" } });
    const both = await Promise.allSettled([1, 2].map(() => workspace.run((tx) => acceptProposal(tx, viewer, { id }))));
    expect(await workspace.run((tx) => tx.lead.count({ where: { fullName: "Marc Petit" } }))).toBe(1);
    expect(both.map((one) => (one.status === "rejected" ? one.reason.message : "done")).sort()).toEqual([
      "This task is already done.",
      "done",
    ]);
  });

  it("says one call on the timeline", async () => {
    const { id, viewer, workspace } = await openTask({});
    await Promise.all([1, 2, 3].map(() => workspace.run((tx) => finishTask(tx, viewer, id))));
    expect(await workspace.run((tx) => tx.activity.count({ where: { kind: "call/done" } }))).toBe(1);
  });
});
