import { describe, expect, it } from "vitest";
import { createList } from "#server/lists/commands.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { testMember, testWorkspace } from "#server/testing/workspace.ts";
import { assignLeads } from "./assign-leads.ts";
import { startBulk, undoBulk } from "./run-bulk.ts";

await testDatabase();

async function threePeople() {
  const workspace = await testWorkspace();
  const by = { userId: workspace.userId, role: "owner" as const };
  const ids = [];
  for (const email of ["a@oakum.example", "b@oakum.example", null])
    ids.push((await testLead(workspace, { email, fullName: `Person ${ids.length}` })).id);
  const owners = () => workspace.run(async (tx) => (await tx.lead.findMany({ orderBy: { id: "asc" } })).map((lead) => lead.ownerId));
  return { workspace, by, ids, owners };
}

describe("a verb over many", () => {
  it("counts whom it changed, not whom it was told", async () => {
    const { by, ids, workspace } = await threePeople();
    const list = await workspace.run((tx) => createList(tx, { name: "Spring", createdById: by.userId }));
    const add = (some: string[]) =>
      workspace.run((tx) => startBulk(tx, { selection: { ids: some }, verb: { kind: "add_to_list", listId: list.id } }, by));
    expect([(await add(ids.slice(0, 2))).count, (await add(ids)).count]).toEqual([2, 1]);
    const closed = await workspace.run((tx) =>
      startBulk(tx, { selection: { ids }, verb: { kind: "do_not_contact", reason: "other" } }, by),
    );
    expect(closed).toMatchObject({ count: 2, isDone: true });
  });

  it("gives back only whom nobody gave away since, and to who is still here", async () => {
    const { by, ids, owners, workspace } = await threePeople();
    const [ana, ben, gone] = [
      await testMember(workspace, { fullName: "Ana Reis" }),
      await testMember(workspace, { fullName: "Ben Costa" }),
      await testMember(workspace, { fullName: "Gil Paz" }),
    ];
    await workspace.run((tx) => assignLeads(tx, [ids[1] ?? ""], gone, by.userId));
    const given = await workspace.run((tx) => startBulk(tx, { selection: { ids }, verb: { kind: "assign", ownerId: ana } }, by));
    await workspace.run((tx) => assignLeads(tx, [ids[2] ?? ""], ben, by.userId));
    await workspace.run((tx) => tx.member.updateMany({ where: { userId: gone }, data: { removedAt: tx.now } }));
    expect(await workspace.run((tx) => undoBulk(tx, given.id, by))).toMatchObject({ isDone: true });
    expect(await owners()).toEqual([by.userId, ana, ben]);
  });
});
