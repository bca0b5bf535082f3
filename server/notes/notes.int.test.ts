import { describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { testMember, testWorkspace } from "#server/testing/workspace.ts";
import { listTimeline } from "#server/timeline/queries.ts";
import { addNote, removeNote } from "./commands.ts";
import { listNotes } from "./queries.ts";

await testDatabase();

describe("notes", () => {
  it("are read by colleagues who see the person, and removed by their author or an admin", async () => {
    const workspace = await testWorkspace();
    const ana = { userId: await testMember(workspace, { fullName: "Ana Reis" }), role: "rep" as const };
    const leo = { userId: await testMember(workspace, { fullName: "Leo Reis" }), role: "rep" as const };
    const ines = { userId: workspace.userId, role: "owner" as const };
    await workspace.run((tx) => tx.workspace.updateMany({ data: { visibility: "all" } }));
    const lead = await testLead(workspace, { ownerId: ana.userId });
    const { id } = await workspace.run((tx) => addNote(tx, { leadId: lead.id, text: "Prefers calls" }, ana));
    const read = (viewer: typeof ana | typeof ines) => workspace.run((tx) => listNotes(tx, lead.id, viewer));
    expect((await read(leo)).items).toMatchObject([{ id, text: "Prefers calls", authorName: "Ana Reis", isRemovable: false }]);
    await expect(workspace.run((tx) => removeNote(tx, id, leo))).rejects.toThrow("Only its author or an admin");
    await workspace.run((tx) => removeNote(tx, id, ines));
    expect((await read(ana)).items).toEqual([]);
    const { items } = await workspace.run((tx) => listTimeline(tx, { leadId: lead.id, group: "all", limit: 5 }));
    expect(
      items
        .map((row) => row.kind)
        .slice(0, 2)
        .sort(),
    ).toEqual(["note/added", "note/removed"]);
    expect(JSON.stringify(items)).not.toContain("Prefers");
  });

  it("of somebody whom one may not see look absent", async () => {
    const workspace = await testWorkspace();
    const ana = { userId: await testMember(workspace, { fullName: "Ana Reis" }), role: "rep" as const };
    await workspace.run((tx) => tx.workspace.updateMany({ data: { visibility: "own" } }));
    const lead = await testLead(workspace);
    await expect(workspace.run((tx) => listNotes(tx, lead.id, ana))).rejects.toThrow("no longer exists");
    await expect(workspace.run((tx) => addNote(tx, { leadId: lead.id, text: "x" }, ana))).rejects.toThrow("no longer exists");
  });
});
