import { describe, expect, it } from "vitest";
import { newId } from "#server/core/ids.ts";
import { testDatabase } from "#server/testing/database.ts";
import { answerFrom, bounceOf, type Conversation, takeMail, testConversation, testReplyServices } from "#server/testing/replies.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { undoAction } from "./commands/change-reply.ts";

await testDatabase();
const parts = testReplyServices();
const CLOCK = "2026-03-02T09:00:00Z";
const enrolmentOf = (talk: Conversation, at: TestWorkspace) =>
  at.run((tx) => tx.enrolment.findFirstOrThrow({ where: { id: talk.enrolmentId } }));

describe("soft bounces", () => {
  const again = async (
    talk: Conversation,
    at: TestWorkspace,
    day: string,
    said: [string, string] = ["4.2.2", "452 The mailbox is full"],
  ) => {
    await at.setClock(`${day}T09:00:00Z`);
    const id = await sentTo(at, talk);
    return takeMail(parts, at, talk.mailbox.id, bounceOf(talk.lead.email, id, ...said));
  };
  /** Another mail of ours to them, sent a moment ago. */
  const sentTo = (at: TestWorkspace, talk: Conversation) =>
    at.run(async (tx) => {
      const id = newId();
      const messageIdHeader = `<${id}@acme.example>`;
      const first = await tx.message.findFirstOrThrow({ where: { id: talk.messageId } });
      await tx.message.create({
        data: {
          ...first,
          id,
          dedupeKey: `again:${id}`,
          messageIdHeader,
          status: "reserved",
          attempt: 0,
          sentAt: null,
          sendingAt: null,
          enrolmentId: null,
        },
      });
      const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } };
      await tx.message.update({
        where,
        data: { status: "sending", sendingAt: tx.now, attempt: 1, leaseUntil: new Date(tx.now.getTime() + 60_000), workerId: "test" },
      });
      await tx.message.update({ where, data: { status: "sent", sentAt: tx.now } });
      return messageIdHeader;
    });
  const emailStatus = (talk: Conversation, at: TestWorkspace) =>
    at.run(async (tx) => (await tx.lead.findFirstOrThrow({ where: { id: talk.lead.id } })).emailStatus);

  it("give an address up after three days of them within a month, with the reason, and can be taken back", async () => {
    const at = await testWorkspace({ clockAt: CLOCK });
    const talk = await testConversation(at);
    await again(talk, at, "2026-03-02");
    await again(talk, at, "2026-03-02", ["4.4.1", "connection timed out"]);
    await again(talk, at, "2026-03-09");
    expect(await emailStatus(talk, at)).not.toBe("bounced");
    expect((await enrolmentOf(talk, at)).status).toBe("active");
    const { replyId } = await again(talk, at, "2026-03-12");
    const because = "4 mails within 30 days came back, the last one because the mailbox is full";
    expect(await emailStatus(talk, at)).toBe("bounced");
    expect(await enrolmentOf(talk, at)).toMatchObject({ status: "given_up", stopReason: because });
    await at.run(async (tx) => {
      expect(await tx.leadState.findFirstOrThrow({ where: { id: talk.lead.id } })).toMatchObject({ contactState: "needs_address" });
      expect(await tx.suppression.findFirst({ where: { value: talk.lead.email } })).toMatchObject({ reason: "bounced", note: because });
      expect(await tx.task.findMany()).toMatchObject([{ kind: "new_address", note: `${because}.` }]);
      const by = { userId: at.userId, role: "owner" as const };
      await undoAction(tx, by, { id: replyId ?? "", index: 0 });
    });
    expect(await emailStatus(talk, at)).not.toBe("bounced");
  });

  it("do not count when the person wrote in between, or when our mail was refused rather than the address", async () => {
    const at = await testWorkspace({ clockAt: CLOCK });
    const talk = await testConversation(at);
    await again(talk, at, "2026-03-02");
    await again(talk, at, "2026-03-03");
    await takeMail(parts, at, talk.mailbox.id, await answerFrom(talk, "What does it cost?"));
    await again(talk, at, "2026-03-04");
    for (const day of ["2026-03-05", "2026-03-06", "2026-03-09"]) await again(talk, at, day, ["5.7.1", "550 blocked using spamhaus"]);
    expect(await emailStatus(talk, at)).not.toBe("bounced");
    await again(talk, at, "2026-03-10");
    await again(talk, at, "2026-03-11");
    expect(await emailStatus(talk, at)).toBe("bounced");
  });
});
