import { beforeEach, describe, expect, it } from "vitest";
import { createBookingPage } from "#server/meetings/commands/create-booking-page.ts";
import { createOffer } from "#server/offers/commands.ts";
import { sampleOffers } from "#server/offers/domain/sample-offers.ts";
import { offerInput } from "#server/offers/schema.ts";
import { createTask } from "#server/tasks/commands.ts";
import { testDatabase } from "#server/testing/database.ts";
import { mimeOf } from "#server/testing/mime.ts";
import { answerFrom, type Conversation, takeMail, testConversation, testReplyServices } from "#server/testing/replies.ts";
import { testMailbox } from "#server/testing/sending.ts";
import { type TestWorkspace, testMember, testWorkspace } from "#server/testing/workspace.ts";
import { answerReply } from "./commands/answer-reply.ts";
import { suggestAnswer } from "./commands/suggest-answers.ts";
import { getReply } from "./queries/get-reply.ts";

await testDatabase();
const parts = testReplyServices();
const CLOCK = "2026-03-02T09:00:00Z";
let workspace: TestWorkspace;
let talk: Conversation;
beforeEach(async () => {
  workspace = await testWorkspace({ clockAt: CLOCK });
  talk = await testConversation(workspace);
});

const me = () => ({ userId: workspace.userId, role: "owner" as const });
const replyOf = (id: string | null) => workspace.run((tx) => tx.reply.findFirstOrThrow({ where: { id: id ?? "" } }));
const theirQuestion = async () => takeMail(parts, workspace, talk.mailbox.id, await answerFrom(talk, "Can you do Tuesday at 3?"));
const byHand = (given: Parameters<typeof mimeOf>[0] = {}) =>
  mimeOf({
    from: talk.mailbox.address,
    to: `"Rossi, Nadia" <${talk.lead.email}>`,
    subject: "Re: month-end in three entities",
    messageId: "<written-by-hand@acme.example>",
    inReplyTo: talk.messageIdHeader,
    text: "Tuesday at 3 is fine, I call you.\n\nOn Mon, 2 Mar 2026 Nadia wrote:\n> Can you do Tuesday at 3?\n",
    date: new Date("2026-03-02T08:59:00Z"),
    ...given,
  });
const countByHand = () => workspace.run((tx) => tx.handwrittenMail.count());

describe("a mail that one of us wrote in their own mail program", () => {
  it("stands in the conversation, is a touch, and is no reply of theirs", async () => {
    const { outcome, replyId, inboundId } = await takeMail(parts, workspace, talk.mailbox.id, await byHand());
    expect({ outcome, replyId }).toEqual({ outcome: "own", replyId: null });
    const { replyId: later } = await theirQuestion();
    const { thread } = await workspace.run((tx) => getReply(tx, me(), later ?? ""));
    expect(thread.map((entry) => [entry.direction, entry.isByHand, entry.text.split("\n")[0]])).toEqual([
      ["ours", false, "Hi Nadia, you report three entities."],
      ["ours", true, "Tuesday at 3 is fine, I call you."],
      ["theirs", false, "Can you do Tuesday at 3?"],
    ]);
    await workspace.run(async (tx) => {
      expect(await tx.reply.count()).toBe(1);
      const activity = await tx.activity.findFirstOrThrow({ where: { kind: "message/sent-by-hand" } });
      expect(activity).toMatchObject({ leadId: talk.lead.id, actorId: workspace.userId, occurredAt: new Date("2026-03-02T08:59:00Z") });
      const stored = await tx.inboundMail.findFirstOrThrow({ where: { id: inboundId } });
      expect(stored.messageIdHeader).toBe("<written-by-hand@acme.example>");
    });
  });

  it("answers what waited: nothing is suggested any more, and our next mail continues from it", async () => {
    const { replyId } = await theirQuestion();
    const { draftId } = await suggestAnswer(parts, workspace.id, { replyId: replyId ?? "" });
    const cause = { ownerId: workspace.userId, leadId: talk.lead.id, kind: "follow_up" as const, title: "Write again" };
    await workspace.run(async (tx) => {
      await createTask(tx, { ...cause, dueAt: tx.now, causeKey: "reply:x:later" });
      await createTask(tx, { ...cause, dueAt: new Date("2026-05-04T08:00:00Z"), causeKey: "reply:y:later" });
    });
    await workspace.setClock("2026-03-02T09:30:00Z");
    await takeMail(parts, workspace, talk.mailbox.id, await byHand({ date: new Date("2026-03-02T09:20:00Z") }));
    expect(await replyOf(replyId)).toMatchObject({
      status: "done",
      answeredAt: new Date("2026-03-02T09:20:00Z"),
      doneById: workspace.userId,
    });
    await workspace.run(async (tx) => {
      if (draftId) expect(await tx.draft.findFirstOrThrow({ where: { id: draftId } })).toMatchObject({ status: "replaced" });
      const tasks = await tx.task.findMany({ orderBy: { causeKey: "asc" } });
      expect(tasks.map((task) => [task.causeKey, task.status])).toEqual([
        ["reply:x:later", "done"],
        ["reply:y:later", "open"],
      ]);
      const { messageId } = await answerReply(tx, me(), { id: replyId ?? "", text: "One more thing." });
      expect((await tx.message.findFirstOrThrow({ where: { id: messageId } })).references).toContain("<written-by-hand@acme.example>");
    });
  });

  it("does not answer what came after it", async () => {
    const { replyId } = await theirQuestion();
    await takeMail(parts, workspace, talk.mailbox.id, await byHand({ date: new Date("2026-03-02T08:00:00Z") }));
    expect(await replyOf(replyId)).toMatchObject({ status: "needs_me", answeredAt: null });
  });

  it("is theirs to answer: a stranger's answer to it belongs to the conversation", async () => {
    await takeMail(parts, workspace, talk.mailbox.id, await byHand());
    const raw = await mimeOf({
      from: '"Marc Petit" <marc@elsewhere.example>',
      to: talk.mailbox.address,
      subject: "Re: month-end in three entities",
      inReplyTo: "<written-by-hand@acme.example>",
      text: "Nadia asked me to answer. What does it cost?",
    });
    const { replyId, outcome } = await takeMail(parts, workspace, talk.mailbox.id, raw);
    expect(outcome).toBe("reply");
    expect(await replyOf(replyId)).toMatchObject({ leadId: talk.lead.id, messageId: null, class: "question" });
    expect((await workspace.run((tx) => getReply(tx, me(), replyId ?? ""))).thread).toHaveLength(3);
  });

  it("is recorded once, from whichever folder it is read", async () => {
    await takeMail(parts, workspace, talk.mailbox.id, await byHand());
    const again = await takeMail(parts, workspace, talk.mailbox.id, await byHand({ headers: { "X-Folder": "copy" } }));
    expect(again).toMatchObject({ outcome: "own" });
    expect(await countByHand()).toBe(1);
  });

  it("may come from another address of one of us", async () => {
    const userId = await testMember(workspace, { fullName: "Leo Faber", role: "rep" });
    await takeMail(parts, workspace, talk.mailbox.id, await byHand({ from: `${userId}@acme.example`, cc: talk.mailbox.address }));
    expect(await workspace.run((tx) => tx.handwrittenMail.findFirstOrThrow())).toMatchObject({ authorId: userId, leadId: talk.lead.id });
    expect(await workspace.run((tx) => tx.reply.count())).toBe(0);
  });

  it.each([
    ["to nobody we know", { to: "mum@home.example", inReplyTo: undefined }],
    ["written by a machine in our name", { headers: { "Auto-Submitted": "auto-replied" } }],
  ])("is kept nowhere when it is %s", async (_, given) => {
    const { inboundId } = await takeMail(parts, workspace, talk.mailbox.id, await byHand(given));
    expect(await countByHand()).toBe(0);
    const { digest } = await workspace.run((tx) => tx.inboundMail.findFirstOrThrow({ where: { id: inboundId } }));
    await expect(parts.blobs.open(workspace.id, digest)).rejects.toThrow();
  });

  it("is not one when the ledger sent it, even if a server gave it another id", async () => {
    const { dueAt } = await workspace.run((tx) => tx.message.findFirstOrThrow({ where: { id: talk.messageId } }));
    await workspace.setClock(dueAt);
    const raw = await byHand({
      subject: "month-end in three entities",
      inReplyTo: undefined,
      messageId: "<rewritten@mail.example>",
      date: dueAt,
    });
    await takeMail(parts, workspace, talk.mailbox.id, raw);
    expect(await countByHand()).toBe(0);
  });
});

it("is not sent as suggested once a proposed time has passed", async () => {
  await workspace.run(async (tx) => {
    await createBookingPage(tx, { ownerId: workspace.userId });
    const offerId = await createOffer(tx, { userId: workspace.userId }, offerInput.parse(sampleOffers[0]));
    await tx.campaign.updateMany({ data: { offerId } });
  });
  const { replyId } = await theirQuestion();
  const { draftId } = await suggestAnswer(parts, workspace.id, { replyId: replyId ?? "" });
  const codes = async () =>
    (await workspace.run((tx) => getReply(tx, me(), replyId ?? ""))).suggestion?.findings.map((finding) => finding.code);
  expect(await codes()).toEqual([]);
  await workspace.setClock("2026-03-20T09:00:00Z");
  expect(await codes()).toEqual(["past_times"]);
  const send = workspace.run((tx) => answerReply(tx, me(), { id: replyId ?? "", draftId: draftId ?? "" }));
  await expect(send).rejects.toThrow("needs your look");
  // The due row of its first time writes it anew.
  const due = await workspace.run((tx) => tx.due.findFirstOrThrow({ where: { kind: "answer", subjectId: replyId ?? "" } }));
  expect(due.dueAt.toISOString().slice(0, 10)).toBe("2026-03-03");
  const again = await suggestAnswer(parts, workspace.id, { replyId: replyId ?? "" });
  expect(again.draftId).not.toBe(draftId);
  expect(await codes()).toEqual([]);
  await workspace.run((tx) => answerReply(tx, me(), { id: replyId ?? "", draftId: again.draftId ?? "" }));
  expect(await suggestAnswer(parts, workspace.id, { replyId: replyId ?? "" })).toEqual({ draftId: null });
  expect(await workspace.run((tx) => tx.due.count({ where: { kind: "answer" } }))).toBe(0);
});

describe("one mail to several of our mailboxes", () => {
  const toBoth = async (leo: { address: string }, given: Parameters<typeof mimeOf>[0] = {}) =>
    answerFrom(talk, "Can you do Tuesday at 3?", { cc: leo.address, messageId: "<one@norvale.example>", ...given });

  it.each([
    ["the mailbox that it answers", [0, 1]],
    ["the other one", [1, 0]],
  ])("is one reply, whichever is read first: %s", async (_, order) => {
    const leo = await testMailbox(workspace, { address: "leo@acme.example" });
    const boxes = [talk.mailbox.id, leo.id];
    const results = [];
    for (const at of order) {
      const raw = await toBoth(leo, { headers: { Received: `by mx${at}.acme.example` } });
      results.push(await takeMail(parts, workspace, boxes[at] ?? "", raw));
    }
    expect(results.map((result) => result.outcome)).toEqual(["reply", "copy"]);
    expect(results[1]?.replyId).toBe(results[0]?.replyId);
    const reply = await replyOf(results[0]?.replyId ?? null);
    expect(reply).toMatchObject({ mailboxId: talk.mailbox.id, alsoMailboxIds: [leo.id] });
    const shown = await workspace.run((tx) => getReply(tx, me(), reply.id));
    expect(shown.mailboxAddress).toBe(talk.mailbox.address);
    expect(shown.thread.at(-1)?.alsoTo).toEqual(["leo@acme.example"]);
    expect(await workspace.run((tx) => tx.activity.count({ where: { kind: "reply/received" } }))).toBe(1);
  });

  it("keeps the bytes of the first when both are the same bytes", async () => {
    const leo = await testMailbox(workspace, { address: "leo@acme.example" });
    const raw = await toBoth(leo);
    const first = await takeMail(parts, workspace, talk.mailbox.id, raw);
    await takeMail(parts, workspace, leo.id, raw);
    const { digest } = await workspace.run((tx) => tx.inboundMail.findFirstOrThrow({ where: { id: first.inboundId } }));
    await expect(parts.blobs.open(workspace.id, digest)).resolves.toBeDefined();
  });

  it("read at once by two workers it is still one", async () => {
    const leo = await testMailbox(workspace, { address: "leo@acme.example" });
    const [one, two] = [await toBoth(leo), await toBoth(leo, { headers: { Received: "by mx2" } })];
    const results = await Promise.all([takeMail(parts, workspace, talk.mailbox.id, one), takeMail(parts, workspace, leo.id, two)]);
    expect(results.map((result) => result.outcome).sort()).toEqual(["copy", "reply"]);
    expect(await workspace.run((tx) => tx.reply.count())).toBe(1);
  });

  it("is two when another sender uses the same id", async () => {
    const leo = await testMailbox(workspace, { address: "leo@acme.example" });
    await takeMail(parts, workspace, talk.mailbox.id, await toBoth(leo));
    const other = await takeMail(parts, workspace, leo.id, await toBoth(leo, { from: "eve@norvale.example" }));
    expect(other.outcome).toBe("reply");
    expect(await workspace.run((tx) => tx.reply.count())).toBe(2);
  });
});
