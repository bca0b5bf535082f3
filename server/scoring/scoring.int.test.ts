import { describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testBlobs, testImport } from "#server/testing/imports.ts";
import { testLead } from "#server/testing/leads.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { rescoreEverybody } from "./commands/rescore-everybody.ts";
import { createDefaultProfile, saveProfile } from "./commands/save-profile.ts";
import { scoreImported } from "./commands/score-imported.ts";
import { scoreLeads } from "./commands/score-leads.ts";
import { defaultProfile } from "./domain/default-profile.ts";
import { getProfile } from "./queries/get-profile.ts";
import { getScore } from "./queries/get-score.ts";
import { previewProfile } from "./queries/preview-profile.ts";

await testDatabase();
const AUTHOR = { userId: null, kind: "agent" as const };

describe("scoring a workspace", () => {
  it("scores, explains, and writes again only what changed", async () => {
    const workspace = await testWorkspace();
    await workspace.run((tx) => createDefaultProfile(tx));
    const { id } = await testLead(workspace);
    const other = await testLead(workspace, {
      fullName: "Otis Park",
      email: "otis@oakum.example",
      title: "Controller",
      company: "Oakum",
      country: "BR",
    });
    await workspace.run((tx) => scoreLeads(tx, [id, other.id]));
    const score = await workspace.run((tx) => getScore(tx, id));
    expect(score).toMatchObject({ value: 55, grade: "B", profileVersion: 1 });
    expect(score.contributions.map((entry) => entry.points)).toEqual([40, 15]);
    expect(score.raises[0]).toMatchObject({ rule: "size-fits", because: "unknown" });
    expect(await workspace.run((tx) => scoreLeads(tx, [id, other.id]))).toBe(0);

    const rules = defaultProfile.rules.map((rule) => (rule.id === "country-served" ? { ...rule, effect: 30 } : rule));
    const preview = await workspace.run((tx) => previewProfile(tx, { ...defaultProfile, rules }));
    expect(preview).toMatchObject({ changed: 1, now: { people: 2, grades: { B: 1, D: 1 } }, after: { grades: { A: 1 } } });
    expect(preview.examples).toMatchObject([{ fullName: "Nadia Rossi", from: "B", to: "A", score: 70 }]);

    await workspace.run((tx) => saveProfile(tx, { ...defaultProfile, rules, basedOn: 1 }, AUTHOR));
    expect(await rescoreEverybody(workspace.id)).toEqual({ done: 2, changed: 1 });
    expect(await workspace.run((tx) => getScore(tx, id))).toMatchObject({ value: 70, grade: "A", profileVersion: 2 });
    expect(await workspace.run((tx) => getScore(tx, other.id))).toMatchObject({ profileVersion: 1 });
  });

  it("scores colleagues again when a file fills what was unknown of their company", async () => {
    const workspace = await testWorkspace();
    await workspace.run((tx) => createDefaultProfile(tx));
    const { id } = await testLead(workspace);
    const before = await workspace.run((tx) => getScore(tx, id));
    const file = "Name;E-mail;Company;Website;Employees\nOmar Haddad;omar@norvale.example;Norvale;norvale.example;240\n";
    const importId = await testImport(workspace, { blobs: testBlobs() }, file);
    await scoreImported(workspace.id, importId, null);
    const after = await workspace.run((tx) => getScore(tx, id));
    expect((after.value ?? 0) - (before.value ?? 0)).toBeGreaterThan(0);
    expect(after.contributions.map((entry) => entry.rule)).toContain("size-fits");
  });

  it("refuses a save over a version that its author did not see", async () => {
    const workspace = await testWorkspace();
    await workspace.run((tx) => createDefaultProfile(tx));
    await workspace.run((tx) => saveProfile(tx, { ...defaultProfile, basedOn: 1 }, AUTHOR));
    await expect(workspace.run((tx) => saveProfile(tx, { ...defaultProfile, basedOn: 1 }, AUTHOR))).rejects.toThrow(
      "A colleague saved version 2",
    );
    expect((await workspace.run((tx) => getProfile(tx))).version).toBe(2);
  });
});
