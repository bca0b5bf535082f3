import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { addPeople } from "#server/campaigns/commands/add-people.ts";
import { startProgress } from "#server/progress/commands.ts";
import { testFirstTouch } from "#server/testing/campaigns.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testBlobs, testImport } from "#server/testing/imports.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { startImport } from "./plan-import.ts";
import { undoImport } from "./undo-import.ts";

await testDatabase();
const deps = { blobs: testBlobs() };

describe("an import", () => {
  it("does not go on while it is being undone, and an undo that was cut off is pressed again", async () => {
    const workspace = await testWorkspace();
    const id = await testImport(workspace, deps, "Email,Name\nnadia@norvale.example,Nadia Rossi\n");
    await workspace.run((tx) => tx.leadImport.update({ where: { id }, data: { status: "cancelled" } }));
    // What a killed undo leaves behind.
    const cutOff = await workspace.run((tx) => startProgress(tx, { kind: "import-undo", title: "Undo", link: `/leads/import?id=${id}` }));
    await expect(workspace.run((tx) => startImport(tx, id, workspace.userId))).rejects.toThrow("is being undone");
    expect(await undoImport(workspace.id, id)).toEqual({ removed: 1, kept: 0 });
    expect((await workspace.run((tx) => tx.progress.findFirstOrThrow({ where: { id: cutOff } }))).status).toBe("cancelled");
  });

  it("that is undone keeps whom somebody is putting into a campaign at that moment", async () => {
    const workspace = await testWorkspace();
    const { id: campaignId } = await testFirstTouch(workspace);
    const id = await testImport(workspace, deps, "Email,Name\nnadia@norvale.example,Nadia Rossi\nleo@latest.example,Leo Silva\n");
    const { id: leadId } = await workspace.run((tx) => tx.lead.findFirstOrThrow({ where: { importId: id } }));
    const isAdded = Promise.withResolvers<void>();
    const [, undone] = await Promise.all([
      workspace.run(async (tx) => {
        await addPeople(tx, { campaignId, leadIds: [leadId], byId: workspace.userId });
        isAdded.resolve();
        await wait(300);
      }),
      isAdded.promise.then(() => undoImport(workspace.id, id)),
    ]);
    expect(undone).toEqual({ removed: 1, kept: 1 });
  });
});
