import { describe, expect, it } from "vitest";
import { newId } from "#server/core/ids.ts";
import { recordObservation } from "#server/leads/commands/record-observation.ts";
import { createOpenAiModel } from "#server/providers/language-model/ai-sdk.ts";
import type { LanguageModel } from "#server/providers/language-model/port.ts";
import { crowd, testFirstTouch, testPeople } from "#server/testing/campaigns.ts";
import { testDatabase } from "#server/testing/database.ts";
import { type Behaviour, startOpenAiServer } from "#server/testing/openai-server.ts";
import { type TestWorkspace, testMember, testWorkspace } from "#server/testing/workspace.ts";
import { getDraftForStep } from "../queries/get-draft-for-step.ts";
import { countDrafts, getDraft, listDrafts, samplePassing } from "../queries/list-drafts.ts";
import { previewDraft } from "../queries/preview-draft.ts";
import { approveDraft, approveThosePassing, withdrawApproval } from "./decide-draft.ts";
import { editDraft } from "./edit-draft.ts";
import { ensureDraft, ensureDrafts } from "./ensure-draft.ts";
import { rejectAndWriteAnew } from "./reject-and-write-anew.ts";

await testDatabase();
const noModel = { languageModel: null };
const owner = (workspace: TestWorkspace) => ({ userId: workspace.userId, role: "owner" as const });

async function campaignOf(people = crowd(1), clockAt: string | null = "2026-03-02T09:00:00Z") {
  const workspace = await testWorkspace(clockAt ? { clockAt } : {});
  const { id: campaignId } = await testFirstTouch(workspace);
  const { leadIds, enrolmentIds } = await testPeople(workspace, campaignId, people);
  const step = await workspace.run((tx) =>
    tx.campaignStep.findFirstOrThrow({ where: { campaignId, kind: "email" }, orderBy: { position: "asc" } }),
  );
  const keys = enrolmentIds.map((enrolmentId) => ({ enrolmentId, stepId: step.id }));
  return { workspace, campaignId, leadIds, keys, key: keys[0] ?? { enrolmentId: newId(), stepId: step.id } };
}

describe("ensureDraft", () => {
  it("writes once: asked again, or twice at once, it is the same draft", async () => {
    const { workspace, key } = await campaignOf();
    const answers = await Promise.all([1, 2, 3].map(() => ensureDraft(noModel, workspace.id, key)));
    const again = await ensureDraft(noModel, workspace.id, key);
    expect(new Set([...answers, again].flatMap((draft) => draft?.id ?? [])).size).toBe(1);
    expect(again?.status).toBe("ready");
    expect(await workspace.run((tx) => tx.draft.count())).toBe(1);
    expect(await workspace.run((tx) => tx.decision.count({ where: { kind: "draft" } }))).toBe(1);
  });

  it("rests every sentence on a source, and renders it without a signature", async () => {
    const { workspace, key, leadIds } = await campaignOf([{ ...crowd(1)[0], fullName: "Nadia Rossi", title: "CFO" }]);
    const made = await ensureDraft(noModel, workspace.id, key);
    const draft = await workspace.run((tx) => getDraft(tx, owner(workspace), made?.id ?? ""));
    for (const sentence of draft.sentences.filter((one) => one.kind === "fact" || one.kind === "claim")) {
      expect(sentence.factIds.length).toBeGreaterThan(0);
      for (const id of sentence.factIds) expect(draft.sources.map((source) => source.id)).toContain(id);
    }
    expect(draft).toMatchObject({ lead: { id: leadIds[0] }, findings: [], removed: [], stepPosition: expect.any(Number), earlierMails: 0 });
    const body = await workspace.run((tx) => getDraftForStep(tx, key));
    expect(body?.bodyText).toMatch(/^(?:Hi|Hello) Nadia,\n\n[\s\S]+\n\n(?:Best|Kind) regards,$/);
  });

  it("strikes out what an extraction got wrong, and the draft then needs a look", async () => {
    const { workspace, key, leadIds } = await campaignOf();
    await workspace.run(async (tx) => {
      const lead = await tx.lead.findFirstOrThrow({ where: { id: leadIds[0] ?? "" } });
      await recordObservation(tx, {
        subjectType: "account",
        subjectId: lead.accountId ?? "",
        source: "website",
        sourceRef: "company0.example/news",
        fields: { growth: { value: "growing 40 % a year", quote: "We plan to open new stores" } },
      });
    });
    const made = await ensureDraft(noModel, workspace.id, key);
    expect(made?.status).toBe("needs_look");
    const draft = await workspace.run((tx) => getDraft(tx, owner(workspace), made?.id ?? ""));
    expect(draft.removed).toEqual([
      { at: 1, text: "I read that Company 0 is growing 40 % a year.", reason: expect.stringContaining("no source for '40 %'") },
    ]);
    expect(draft.sentences.map((one) => one.text).join(" ")).not.toContain("40 %");
  });

  it("writes many in few statements, and leaves out who is gone", async () => {
    const { workspace, keys, key } = await campaignOf(crowd(60));
    const drafts = await ensureDrafts(noModel, workspace.id, [...keys, { ...key, enrolmentId: newId() }]);
    expect(drafts).toHaveLength(60);
    expect(new Set(drafts.map((draft) => draft.id)).size).toBe(60);
  });

  it("gives the same story to the same people in another workspace", async () => {
    const tell = async () => {
      const { workspace, keys } = await campaignOf(crowd(5));
      await ensureDrafts(noModel, workspace.id, keys);
      return workspace.run(async (tx) =>
        (await tx.draft.findMany({ include: { lead: true } }))
          .map(
            (draft) => `${draft.lead.email} ${draft.subject} ${(draft.sentences as { text: string }[]).map((one) => one.text).join(" ")}`,
          )
          .sort(),
      );
    };
    expect(await tell()).toEqual(await tell());
  });

  it("never lets a sandbox reach a model", async () => {
    const { workspace, key } = await campaignOf();
    const reached: LanguageModel = { name: "outside", generate: () => Promise.reject(new Error("a sandbox asked a model")) };
    expect((await ensureDraft({ languageModel: reached }, workspace.id, key))?.status).toBe("ready");
  });

  it("previews for somebody who is not in the campaign, and stores nothing", async () => {
    const { workspace, key, leadIds } = await campaignOf();
    const view = await workspace.run((tx) => previewDraft(tx, { leadId: leadIds[0] ?? "", stepId: key.stepId }));
    expect(view.sentences.length).toBeGreaterThan(4);
    const followUp = await workspace.run((tx) =>
      tx.campaignStep.findFirstOrThrow({ where: { kind: "email" }, orderBy: { position: "desc" } }),
    );
    const last = await workspace.run((tx) => previewDraft(tx, { leadId: leadIds[0] ?? "", stepId: followUp.id }));
    expect(last.subject).toMatch(/^Re: /);
    expect(last.sentences[1]?.text).toContain("2 March 2026");
    expect(await workspace.run((tx) => tx.draft.count())).toBe(0);
  });
});

describe("ensureDraft with a model", () => {
  const GOOD = {
    subject: "Month-end close",
    sentences: [
      { kind: "greeting", text: "Hello Person,", sources: [] },
      { kind: "claim", text: "Acme Ledger is month-end close software for finance teams with several entities.", sources: ["offer"] },
      { kind: "claim", text: "A first entity is set up in two weeks.", sources: ["weeks"] },
      { kind: "ask", text: "Would a 20-minute call be useful?", sources: ["ask"] },
      { kind: "closing", text: "Best regards,", sources: [] },
    ],
  };
  /** Finds in the prompt which short names stand for the sources that the mail cites. */
  const answer: Behaviour = (request) => {
    const prompt = request.messages.map((message) => message.content).join("\n");
    const named: Record<string, string> = { offer: "What we sell", weeks: "set up in two weeks", ask: "What we ask" };
    const short = (source: string) =>
      prompt
        .split("\n")
        .find((row) => row.includes(named[source] ?? source))
        ?.split(" ")[0] ?? "?";
    return { ...GOOD, sentences: GOOD.sentences.map((one) => ({ ...one, sources: one.sources.map(short) })) };
  };

  it("asks it once per person and step, whoever asks and however often", async () => {
    const { workspace, keys } = await campaignOf(crowd(3), null);
    const server = await startOpenAiServer(answer);
    const model = { languageModel: createOpenAiModel({ apiKey: "test", model: "test-model", baseUrl: server.url }) };
    await Promise.all([ensureDrafts(model, workspace.id, keys), ensureDrafts(model, workspace.id, keys)]);
    await ensureDrafts(model, workspace.id, keys);
    await server.close();
    expect(server.calls).toHaveLength(3);
    const drafts = await workspace.run((tx) => tx.draft.findMany());
    expect(drafts.map((draft) => [draft.status, draft.writer, draft.model, draft.tokensIn])).toEqual(
      Array.from({ length: 3 }, () => ["ready", "model", "test-model-1", 400]),
    );
  });

  it("takes over what a killed worker left, after ten minutes and not before", async () => {
    const { workspace, key, leadIds, campaignId } = await campaignOf();
    const abandoned = newId();
    await workspace.run((tx) =>
      tx.draft.create({
        data: {
          id: abandoned,
          workspaceId: workspace.id,
          purpose: "campaign",
          leadId: leadIds[0] ?? "",
          campaignId,
          ...key,
          status: "writing",
          subject: "",
          sentences: [],
          removed: [],
          findings: [],
          sources: [],
          writer: "embedded",
          writerVersion: "",
          createdAt: tx.now,
        },
      }),
    );
    expect(await ensureDraft(noModel, workspace.id, key)).toEqual({ id: abandoned, status: "writing" });
    await workspace.setClock("2026-03-02T09:10:01Z");
    const taken = await ensureDraft(noModel, workspace.id, key);
    expect(taken).toMatchObject({ status: "ready" });
    expect(taken?.id).not.toBe(abandoned);
  });
});

describe("deciding on drafts", () => {
  it("approves, takes it back, and lets nothing change once approved", async () => {
    const { workspace, key } = await campaignOf();
    const draftId = (await ensureDraft(noModel, workspace.id, key))?.id ?? "";
    const actor = owner(workspace);
    await workspace.run((tx) => approveDraft(tx, actor, { draftId }));
    await expect(workspace.run((tx) => editDraft(tx, actor, { draftId, text: "Hi there." }))).rejects.toThrow(/cannot change/);
    expect(await workspace.run((tx) => tx.due.count({ where: { kind: "enrolment", subjectId: key.enrolmentId } }))).toBe(1);
    await workspace.run((tx) => withdrawApproval(tx, actor, { draftId }));
    expect(await workspace.run((tx) => countDrafts(tx, actor))).toEqual({ waiting: 1, passing: 1, needLook: 0 });
  });

  it("rejects with a reason and writes another, without the fact that was wrong", async () => {
    const { workspace, key, leadIds } = await campaignOf();
    await workspace.run(async (tx) => {
      const lead = await tx.lead.findFirstOrThrow({ where: { id: leadIds[0] ?? "" } });
      await recordObservation(tx, {
        subjectType: "account",
        subjectId: lead.accountId ?? "",
        source: "import",
        fields: { entities: { value: 7 } },
      });
    });
    const first = await ensureDraft(noModel, workspace.id, key);
    const { next } = await rejectAndWriteAnew(noModel, workspace.id, owner(workspace), { draftId: first?.id ?? "", reason: "wrong_fact" });
    expect(next?.id).not.toBe(first?.id);
    const [before, after] = await workspace.run(
      async (tx) => [await getDraft(tx, owner(workspace), first?.id ?? ""), await getDraft(tx, owner(workspace), next?.id ?? "")] as const,
    );
    expect(before.status).toBe("rejected");
    expect(before.sentences.map((one) => one.text).join(" ")).toContain("seven entities");
    expect(after.sentences.map((one) => one.text).join(" ")).not.toContain("seven entities");
  });

  it("keeps what a person did not touch, and blocks only what would shame them", async () => {
    const { workspace, key } = await campaignOf();
    const actor = owner(workspace);
    const draftId = (await ensureDraft(noModel, workspace.id, key))?.id ?? "";
    const before = await workspace.run((tx) => getDraft(tx, actor, draftId));
    const text = (own: string) => [...before.sentences.map((one) => one.text).slice(0, -1), own, "Best regards,"].join("\n\n");

    await workspace.run((tx) => editDraft(tx, actor, { draftId, text: text("We spoke at the fair in Porto.") }));
    const edited = await workspace.run((tx) => getDraft(tx, actor, draftId));
    expect(edited.sentences.filter((one) => one.kind === "own").map((one) => one.text)).toEqual(["We spoke at the fair in Porto."]);
    expect(edited.sentences[1]).toMatchObject({ factIds: before.sentences[1]?.factIds });
    expect(edited.findings).toEqual([expect.objectContaining({ code: "unsupported", blocking: false })]);

    await workspace.run((tx) => editDraft(tx, actor, { draftId, text: text("Dear {firstName}, see you.") }));
    await expect(workspace.run((tx) => approveDraft(tx, actor, { draftId }))).rejects.toThrow(/placeholder/);
    await workspace.run((tx) => editDraft(tx, actor, { draftId, text: text("See you.") }));
    await workspace.run((tx) => approveDraft(tx, actor, { draftId }));
  });

  it("approves those that pass, counts them, and refuses a count that grew", async () => {
    const { workspace, keys, campaignId } = await campaignOf(crowd(8));
    const actor = owner(workspace);
    await ensureDrafts(noModel, workspace.id, keys);
    const sample = await workspace.run((tx) => samplePassing(tx, actor, { campaignId }));
    expect(sample).toMatchObject({ count: 8, drafts: { length: 5 } });
    await expect(workspace.run((tx) => approveThosePassing(tx, actor, { campaignId, expected: 3 }))).rejects.toThrow(/8 drafts by now/);
    expect(await workspace.run((tx) => approveThosePassing(tx, actor, { campaignId, expected: 8 }))).toEqual({ approved: 8 });
    expect(await workspace.run((tx) => approveThosePassing(tx, actor, {}))).toEqual({ approved: 0 });
  });

  it("approves those of the sender whom the page is narrowed to, and nobody else's", async () => {
    const { workspace, keys } = await campaignOf(crowd(4));
    const actor = owner(workspace);
    await ensureDrafts(noModel, workspace.id, keys);
    const senderId = await testMember(workspace, { fullName: "Marta Silva" });
    const theirs = keys.slice(0, 1).map((key) => key.enrolmentId);
    await workspace.run((tx) => tx.enrolment.updateMany({ where: { id: { in: theirs } }, data: { senderId } }));
    expect(await workspace.run((tx) => samplePassing(tx, actor, { senderId }))).toMatchObject({ count: 1, drafts: [{ senderId }] });
    expect(await workspace.run((tx) => approveThosePassing(tx, actor, { senderId, expected: 1 }))).toEqual({ approved: 1 });
    expect(await workspace.run((tx) => countDrafts(tx, actor))).toMatchObject({ waiting: 3 });
  });

  it("pages, and shows nobody what they may not see", async () => {
    const { workspace, keys } = await campaignOf(crowd(5));
    await ensureDrafts(noModel, workspace.id, keys);
    const first = await workspace.run((tx) => listDrafts(tx, owner(workspace), { limit: 3 }));
    const second = await workspace.run((tx) => listDrafts(tx, owner(workspace), { limit: 3, cursor: first.nextCursor }));
    expect(new Set([...first.items, ...second.items].map((draft) => draft.id)).size).toBe(5);
    expect(second.nextCursor).toBeUndefined();

    await workspace.run((tx) => tx.workspace.update({ where: { id: workspace.id }, data: { visibility: "own" } }));
    const rep = { userId: await testMember(workspace, { fullName: "Marta Silva" }), role: "rep" as const };
    expect((await workspace.run((tx) => listDrafts(tx, rep, { limit: 50 }))).items).toEqual([]);
    await expect(workspace.run((tx) => approveDraft(tx, rep, { draftId: first.items[0]?.id ?? "" }))).rejects.toThrow(/no longer exists/);
    expect(await workspace.run((tx) => approveThosePassing(tx, rep, {}))).toEqual({ approved: 0 });
    const elsewhere = await testWorkspace();
    await expect(elsewhere.run((tx) => getDraft(tx, owner(elsewhere), first.items[0]?.id ?? ""))).rejects.toThrow(/no longer exists/);
  });
});
