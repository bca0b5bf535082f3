import { beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { mimeOf } from "#server/testing/mime.ts";
import { answerFrom, type Conversation, strangerTalk, takeMail, testReplyServices } from "#server/testing/replies.ts";
import { testMailbox } from "#server/testing/sending.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { processInbound, processInbounds } from "./commands/process-inbound.ts";
import { receiveMail } from "./commands/receive-mail.ts";

await testDatabase();
const parts = testReplyServices();
const CLOCK = "2026-03-02T09:00:00Z";
let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await testWorkspace({ clockAt: CLOCK });
});

const enrolmentOf = (talk: Conversation, at = workspace) =>
  at.run((tx) => tx.enrolment.findFirstOrThrow({ where: { id: talk.enrolmentId } }));
const replyOf = (id: string | null, at = workspace) => at.run((tx) => tx.reply.findFirstOrThrow({ where: { id: id ?? "" } }));
const talkWith = (email?: string, at = workspace) => strangerTalk(at, email);

describe("what is not for us", () => {
  it("never counts our own mail as their reply", async () => {
    const talk = await talkWith();
    const raw = await mimeOf({
      from: talk.mailbox.address,
      to: talk.lead.email,
      subject: "Re: month-end",
      text: "Following up",
      inReplyTo: talk.messageIdHeader,
    });
    expect(await takeMail(parts, workspace, talk.mailbox.id, raw)).toMatchObject({ outcome: "own", replyId: null });
    expect((await enrolmentOf(talk)).status).toBe("active");
  });

  it("keeps nothing of private mail", async () => {
    const talk = await talkWith();
    const raw = await mimeOf({ from: "mum@home.example", to: talk.mailbox.address, subject: "Sunday", text: "Lunch?" });
    const { inboundId, outcome } = await takeMail(parts, workspace, talk.mailbox.id, raw);
    expect(outcome).toBe("ignored");
    const stored = await workspace.run((tx) => tx.inboundMail.findFirstOrThrow({ where: { id: inboundId } }));
    await expect(parts.blobs.open(workspace.id, stored.digest)).rejects.toThrow();
  });

  it("does not stop a campaign for a newsletter from the person's address", async () => {
    const talk = await talkWith();
    const raw = await mimeOf({
      from: talk.lead.email,
      to: talk.mailbox.address,
      subject: "News",
      text: "We are interested in your feedback.",
      headers: { "List-Id": "<news.example>", Precedence: "bulk" },
    });
    const { replyId } = await takeMail(parts, workspace, talk.mailbox.id, raw);
    expect(await replyOf(replyId)).toMatchObject({ class: "automatic", isAutomatic: true });
    expect((await enrolmentOf(talk)).status).toBe("active");
  });
});

describe("once, whatever happens", () => {
  it("takes the same mail once, twice and at the same time", async () => {
    const talk = await talkWith();
    const raw = await answerFrom(talk, "Does it handle several entities?");
    const receivedAt = new Date(CLOCK);
    const stored = await Promise.all(
      [1, 2, 3].map(() => receiveMail(parts, workspace.id, { mailboxId: talk.mailbox.id, raw, receivedAt })),
    );
    expect(new Set(stored.map((one) => one.inboundId)).size).toBe(1);
    expect(stored.filter((one) => one.isNew)).toHaveLength(1);
    const inboundId = stored[0]?.inboundId ?? "";
    const results = await Promise.all([1, 2, 3].map(() => processInbound(parts, workspace.id, { inboundId })));
    expect(new Set(results.map((one) => one.replyId)).size).toBe(1);
    expect(await workspace.run((tx) => tx.reply.count({ where: { inboundId } }))).toBe(1);
    expect(await workspace.run((tx) => tx.activity.count({ where: { leadId: talk.lead.id, kind: "reply/received" } }))).toBe(1);
  });

  it("goes on after a crash between storing and processing, by the due row alone", async () => {
    const talk = await talkWith();
    const { inboundId } = await receiveMail(parts, workspace.id, {
      mailboxId: talk.mailbox.id,
      raw: await answerFrom(talk, "Not interested."),
      receivedAt: new Date(CLOCK),
    });
    const waiting = await workspace.run((tx) => tx.due.findFirst({ where: { kind: "inbound", subjectId: inboundId } }));
    expect(waiting).not.toBeNull();
    await processInbounds(parts, workspace.id, [inboundId]);
    expect(await workspace.run((tx) => tx.reply.findFirst({ where: { inboundId } }))).toMatchObject({ class: "not_interested" });
    expect(await workspace.run((tx) => tx.due.findFirst({ where: { kind: "inbound", subjectId: inboundId } }))).toBeNull();
  });

  it("knows nothing of another workspace's conversations", async () => {
    const talk = await talkWith();
    const other = await testWorkspace({ clockAt: CLOCK });
    const box = await testMailbox(other);
    expect((await takeMail(parts, other, box.id, await answerFrom(talk, "Interested"))).outcome).toBe("ignored");
    await expect(
      receiveMail(parts, other.id, { mailboxId: talk.mailbox.id, raw: Buffer.from("x"), receivedAt: new Date() }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await enrolmentOf(talk)).status).toBe("active");
  });
});

describe("who wrote", () => {
  it("tells a colleague's answer from the person's own", async () => {
    const talk = await talkWith("first@twins.example");
    const colleague = await testLead(workspace, { fullName: "Omar Haddad", email: "omar@twins.example", company: "Twins" });
    const raw = await answerFrom(talk, "I take over from Nadia. Can we talk on Thursday?", { from: '"Omar Haddad" <omar@twins.example>' });
    const { replyId } = await takeMail(parts, workspace, talk.mailbox.id, raw);
    expect(await replyOf(replyId)).toMatchObject({
      leadId: talk.lead.id,
      fromAddress: "omar@twins.example",
      fromName: "Omar Haddad",
      class: "interested",
    });
    expect(colleague.id).not.toBe(talk.lead.id);
  });

  it("finds the person by address when their program names no mail of ours", async () => {
    const talk = await talkWith();
    const raw = await mimeOf({
      from: talk.lead.email,
      to: talk.mailbox.address,
      subject: "Your mail",
      text: "Please send me more information.",
    });
    const { replyId } = await takeMail(parts, workspace, talk.mailbox.id, raw);
    expect(await replyOf(replyId)).toMatchObject({ leadId: talk.lead.id, messageId: talk.messageId, class: "interested" });
  });
});
