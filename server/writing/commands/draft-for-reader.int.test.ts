import { expect, it } from "vitest";
import { createBookingPage } from "#server/meetings/commands/create-booking-page.ts";
import { crowd, testFirstTouch, testPeople } from "#server/testing/campaigns.ts";
import { testDatabase } from "#server/testing/database.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { renderDraft } from "../domain/render-draft.ts";
import { getDraft } from "../queries/list-drafts.ts";
import { previewDraft } from "../queries/preview-draft.ts";
import { editDraft } from "./edit-draft.ts";
import { ensureDraft } from "./ensure-draft.ts";

await testDatabase();
const noModel = { languageModel: null };
const owner = (workspace: TestWorkspace) => ({ userId: workspace.userId, role: "owner" as const });

async function campaignOf() {
  const workspace = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
  const { id: campaignId } = await testFirstTouch(workspace);
  const { leadIds, enrolmentIds } = await testPeople(workspace, campaignId, crowd(1));
  const step = await workspace.run((tx) =>
    tx.campaignStep.findFirstOrThrow({ where: { campaignId, kind: "email" }, orderBy: { position: "asc" } }),
  );
  return { workspace, leadIds, key: { enrolmentId: enrolmentIds[0] ?? "", stepId: step.id } };
}

it("carries the reader's own booking link where the step offers it", async () => {
  const { workspace, key, leadIds } = await campaignOf();
  await workspace.run((tx) => createBookingPage(tx, { ownerId: workspace.userId }));
  const shown = () => workspace.run((tx) => previewDraft(tx, { leadId: leadIds[0] ?? "", stepId: key.stepId }));
  expect((await shown()).sentences.some((one) => one.text.includes("http"))).toBe(false);
  const step = await workspace.run((tx) => tx.campaignStep.findFirstOrThrow({ where: { id: key.stepId } }));
  const config = { ...(step.config as object), bookingLink: true };
  await workspace.run((tx) => tx.campaignStep.updateMany({ where: { id: key.stepId }, data: { config } }));
  const view = await shown();
  expect(view.sentences.at(-2)?.text).toContain(`/book/`);
  expect(view.sentences.at(-2)?.text).toContain(`?l=${leadIds[0]}.`);
  expect(view.removed).toEqual([]);
  const draft = await ensureDraft(noModel, workspace.id, key);
  const stored = await workspace.run((tx) => getDraft(tx, owner(workspace), draft?.id ?? ""));
  expect(stored.sources.map((source) => source.id)).toContain("booking:link");
  await workspace.run((tx) =>
    editDraft(tx, owner(workspace), { draftId: stored.id, text: `${renderDraft(stored, { signature: "" })}\n\nP.S. One more line.` }),
  );
  expect((await workspace.run((tx) => getDraft(tx, owner(workspace), stored.id))).findings.filter((one) => one.blocking)).toEqual([]);
});

it("lets nobody get English unseen whose record says another language", async () => {
  const { workspace, key, leadIds } = await campaignOf();
  await workspace.run((tx) => tx.lead.updateMany({ where: { id: leadIds[0] ?? "" }, data: { language: "de" } }));
  const draft = await ensureDraft(noModel, workspace.id, key);
  expect(draft?.status).toBe("needs_look");
  const { findings } = await workspace.run((tx) => getDraft(tx, owner(workspace), draft?.id ?? ""));
  expect(findings).toMatchObject([{ code: "language", blocking: false }]);
  expect(findings[0]?.message).toContain("Their language is German");
});
