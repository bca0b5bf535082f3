import { expect, it } from "vitest";
import { newId } from "#server/core/ids.ts";
import { createBookingPage } from "#server/meetings/commands/create-booking-page.ts";
import { createOffer } from "#server/offers/commands.ts";
import { sampleOffers } from "#server/offers/domain/sample-offers.ts";
import { offerInput } from "#server/offers/schema.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { testMailbox } from "#server/testing/sending.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { getDraft } from "../queries/list-drafts.ts";
import { writeAnswer } from "./write-answer.ts";

await testDatabase();
const noModel = { languageModel: null };

async function replied(text: string, kind: string, withOffer = true) {
  const workspace = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
  const lead = await testLead(workspace, {
    fullName: "Tom Okafor",
    email: "tom@tessar.example",
    title: "Head of Finance",
    company: "Tessar",
  });
  const replyId = await storeReply(workspace, lead.id, text, kind);
  if (withOffer) await workspace.run((tx) => createOffer(tx, { userId: workspace.userId }, offerInput.parse(sampleOffers[0])));
  return { workspace, replyId, read: (id: string) => workspace.run((tx) => getDraft(tx, { userId: workspace.userId, role: "owner" }, id)) };
}

async function storeReply(workspace: TestWorkspace, leadId: string, text: string, kind: string): Promise<string> {
  const [id, blobId, inboundId] = [newId(), newId(), newId()];
  const { id: mailboxId } = await testMailbox(workspace);
  await workspace.run(async (tx) => {
    await tx.blob.create({
      data: { id: blobId, workspaceId: workspace.id, createdAt: tx.now, digest: "d", bytes: 1, mediaType: "message/rfc822" },
    });
    await tx.inboundMail.create({ data: { id: inboundId, workspaceId: workspace.id, mailboxId, blobId, digest: "d", receivedAt: tx.now } });
    await tx.reply.create({
      data: {
        id,
        workspaceId: workspace.id,
        inboundId,
        leadId,
        mailboxId,
        ownerId: workspace.userId,
        fromAddress: "tom@tessar.example",
        subject: "Re: Month-end close",
        text,
        class: kind,
        evidence: [],
        confidence: 1,
        isAutomatic: false,
        classifiedBy: "rules",
        actions: [],
        status: "needs_me",
        receivedAt: tx.now,
      },
    });
  });
  return id;
}

it("quotes a claim for a question, once, and cites it with the mail that asked", async () => {
  const { workspace, replyId, read } = await replied("Does it handle several entities?", "question");
  const [first, second] = [await writeAnswer(noModel, workspace.id, { replyId }), await writeAnswer(noModel, workspace.id, { replyId })];
  expect(second?.id).toBe(first?.id);
  const draft = await read(first?.id ?? "");
  expect(draft).toMatchObject({ purpose: "reply", status: "ready", subject: "Re: Month-end close", findings: [], removed: [] });
  expect(draft.sentences.map((one) => one.text)).toContain(
    "Acme Ledger handles several entities with different charts of accounts in one close calendar.",
  );
  expect(draft.sources.map((source) => source.id)).toContain(`reply:${replyId}`);
});

it("asks the rep about what the offer does not say", async () => {
  const { workspace, replyId, read } = await replied("Does it do payroll?", "question");
  const draft = await read((await writeAnswer(noModel, workspace.id, { replyId }))?.id ?? "");
  expect(draft.status).toBe("needs_look");
  expect(draft.findings[0]).toMatchObject({ code: "question_for_you", blocking: false });
});

it("puts the proposed times to somebody who is interested", async () => {
  const { workspace, replyId, read } = await replied("Can you do Tuesday at 3?", "interested");
  const proposedTimes = [{ label: "Tue 10 Mar 15:00, Rome", startsAt: new Date("2026-03-10T14:00:00Z") }];
  const draft = await read((await writeAnswer(noModel, workspace.id, { replyId, proposedTimes }))?.id ?? "");
  expect(draft.sentences.map((one) => one.text).join("\n")).toContain("- Tue 10 Mar 15:00, Rome");
  expect(draft.status).toBe("ready");
});

it("offers the reader's own booking link beside proposed times, never elsewhere, and never from a live workspace that cannot be reached", async () => {
  const proposedTimes = [{ label: "Tue 10 Mar 15:00, Rome", startsAt: new Date("2026-03-10T14:00:00Z") }];
  const textOf = async (times: typeof proposedTimes, live = false) => {
    const { workspace, replyId, read } = await replied("Can you do Tuesday at 3?", "interested");
    await workspace.run((tx) => createBookingPage(tx, { ownerId: workspace.userId }));
    if (live) await workspace.run((tx) => tx.workspace.updateMany({ where: { id: workspace.id }, data: { kind: "live", clockAt: null } }));
    const draft = await read((await writeAnswer(noModel, workspace.id, { replyId, proposedTimes: times }))?.id ?? "");
    expect(draft.removed).toEqual([]);
    return draft.sentences.map((one) => one.text).join("\n");
  };
  expect(await textOf(proposedTimes)).toMatch(
    /\nOr pick a free time here: http:\/\/localhost:\d+\/book\/[\w-]+\?l=[0-9a-f-]{36}\.[\w-]+\n/,
  );
  expect(await textOf([])).not.toContain("http");
  expect(await textOf(proposedTimes, true)).not.toContain("http");
});

it("writes nothing where there is nothing to sell", async () => {
  const { workspace, replyId } = await replied("Does it do payroll?", "question", false);
  expect(await writeAnswer(noModel, workspace.id, { replyId })).toBeNull();
});
