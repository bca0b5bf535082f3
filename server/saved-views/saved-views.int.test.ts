import { describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testMember, testWorkspace } from "#server/testing/workspace.ts";
import { removeView, saveView } from "./commands.ts";
import { plainQuery } from "./constants.ts";
import { listViews } from "./queries.ts";

await testDatabase();

describe("saved views", () => {
  it("are one's own until they are shared, are replaced by name, and are removed by their owner or an admin", async () => {
    const workspace = await testWorkspace();
    const ana = { userId: await testMember(workspace, { fullName: "Ana Reis" }), role: "rep" as const };
    const ines = { userId: workspace.userId, role: "owner" as const };
    const seen = (userId: string) => workspace.run((tx) => listViews(tx, "leads", userId));
    const view = { page: "leads" as const, name: "My A and B", isShared: false };
    const { id } = await workspace.run((tx) => saveView(tx, { ...view, query: "?sort=recent&grade=A,B&q=" }, ana));
    expect(await seen(ana.userId)).toMatchObject([{ id, query: "grade=A%2CB&sort=recent", isMine: true, isShared: false }]);
    expect(await seen(ines.userId)).toEqual([]);
    await expect(workspace.run((tx) => removeView(tx, id, ines))).rejects.toThrow("was removed");

    const again = await workspace.run((tx) => saveView(tx, { ...view, query: "grade=A", isShared: true }, ana));
    expect(again.id).toBe(id);
    expect(await seen(ines.userId)).toMatchObject([{ id, query: "grade=A", isMine: false, ownerName: "Ana Reis" }]);
    expect(await workspace.run((tx) => listViews(tx, "deals", ines.userId))).toEqual([]);
    await expect(workspace.run((tx) => removeView(tx, id, { ...ines, role: "manager" }))).rejects.toThrow("Only who saved this view");
    await workspace.run((tx) => removeView(tx, id, ines));
    expect(await seen(ana.userId)).toEqual([]);
  });

  it("knows the same filters in another order, and keeps no chosen people", () => {
    expect(plainQuery("?state=free&grade=A&ids=1,2&q=")).toBe(plainQuery("grade=A&state=free"));
  });
});
