import { describe, expect, it } from "vitest";
import { pauseAllSending, resumeAllSending } from "#server/campaigns/commands/pause-all-sending.ts";
import { recordNotSent } from "#server/sending/commands/record-outcome.ts";
import { sendDueMessages } from "#server/sending/commands/send-due.ts";
import { testDatabase } from "#server/testing/database.ts";
import { answerFrom, takeMail, testConversation, testReplyServices } from "#server/testing/replies.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { answerReply } from "./commands/answer-reply.ts";
import { getReply } from "./queries/get-reply.ts";

await testDatabase();
const parts = testReplyServices();
const workspace = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
const setting = await testConversation(workspace, { email: "zero@company0.example", company: "Company 0" });
const me = () => ({ userId: workspace.userId, role: "owner" as const });

let person = 0;
async function answered(text: string) {
  const [email, company] = [`p${++person}@answers${person}.example`, `Answers ${person}`];
  const talk = await testConversation(workspace, { email, company, setting });
  const { replyId } = await takeMail(parts, workspace, talk.mailbox.id, await answerFrom(talk, text));
  return { id: replyId ?? "" };
}
const messagesOf = (id: string) => workspace.run((tx) => tx.message.findMany({ where: { replyId: id }, orderBy: { reservedAt: "asc" } }));

describe("an answer in the ledger", () => {
  it("lets the answer leave when it is due, and not before", async () => {
    const { id } = await answered("Does it do consolidation?");
    const { messageId } = await workspace.run((tx) => answerReply(tx, me(), { id, text: "Yes." }));
    await sendDueMessages(parts, workspace.id, [messageId]);
    expect((await messagesOf(id))[0]?.status).toBe("reserved");
  });

  it("gives an answer that may not leave back to who wrote it, with its words", async () => {
    const { id } = await answered("Does it do budgets?");
    const before = await workspace.run((tx) => getReply(tx, me(), id));
    const { messageId } = await workspace.run((tx) => answerReply(tx, me(), { id, text: "Yes, by month." }));
    await workspace.run((tx) => pauseAllSending(tx, { byId: workspace.userId }));
    await workspace.setClock("2026-03-02T09:01:00Z");
    await sendDueMessages(parts, workspace.id, [messageId]);
    const after = await workspace.run((tx) => getReply(tx, me(), id));
    expect([before.status, after.status]).toEqual(["needs_me", "needs_me"]);
    expect(after.thread.at(-1)).toMatchObject({ text: "Yes, by month.", status: "cancelled" });
    await workspace.run((tx) => resumeAllSending(tx, { byId: workspace.userId, reason: "Go on" }));
  });

  it("gives an answer that was refused back too, and the same words sent again are another mail", async () => {
    const { id } = await answered("Does it do forecasts?");
    const send = () => workspace.run((tx) => answerReply(tx, me(), { id, text: "Yes, by year." }));
    const { messageId } = await send();
    const tried = { attempt: 1, reservedAt: new Date(), leadId: null, enrolmentId: null, campaignId: null, toAddress: "", at: new Date() };
    await workspace.run(async (tx) => {
      const data = { status: "sending", attempt: 1, sendingAt: tx.now, leaseUntil: tx.now, workerId: "w" };
      await tx.message.update({ where: { id: messageId }, data });
      await tx.messageAttempt.create({ data: { workspaceId: workspace.id, messageId, attempt: 1, startedAt: tx.now } });
    });
    await recordNotSent(workspace.id, { ...tried, messageId }, { kind: "refused", response: "550 no", scope: "mail" });
    expect((await workspace.run((tx) => getReply(tx, me(), id))).status).toBe("needs_me");
    expect((await send()).messageId).not.toBe(messageId);
    expect((await messagesOf(id)).map((message) => message.status).toSorted()).toEqual(["failed", "reserved"]);
  });
});
