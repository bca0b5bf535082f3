import { beforeAll, describe, expect, it } from "vitest";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { testDatabase } from "#server/testing/database.ts";
import {
  answerFrom,
  bounceOf,
  type Conversation,
  strangerTalk,
  takeMail,
  testConversation,
  testReplyServices,
} from "#server/testing/replies.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";

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

describe("a mail that answers us", () => {
  it("is matched, classified with its words, and acted on", async () => {
    const talk = await talkWith();
    const result = await takeMail(parts, workspace, talk.mailbox.id, await answerFrom(talk, "Can you do Tuesday at 3?"));
    expect(result.outcome).toBe("reply");
    const reply = await replyOf(result.replyId);
    expect(reply).toMatchObject({
      class: "interested",
      leadId: talk.lead.id,
      messageId: talk.messageId,
      status: "needs_me",
      isAutomatic: false,
      text: "Can you do Tuesday at 3?",
    });
    expect(reply.quotedText).toContain("you report three entities");
    expect(reply.actions).toMatchObject([{ kind: "stop_campaign", label: "Stopped Spring finance (1 mail will not be sent)", undo: true }]);
    expect(await enrolmentOf(talk)).toMatchObject({ status: "replied", dueAt: null });
    const state = await workspace.run((tx) => tx.leadState.findFirstOrThrow({ where: { id: talk.lead.id } }));
    expect(state).toMatchObject({ contactState: "replied", replyClass: "interested" });
    const due = await workspace.run((tx) => tx.due.findMany({ where: { subjectId: { in: [result.replyId ?? "", result.inboundId] } } }));
    expect(due.map((row) => row.kind)).toEqual(["answer"]);
  });

  it("moves the follow-up of somebody away to the first working day after, and counts as no reply", async () => {
    const talk = await talkWith();
    const raw = await answerFrom(talk, "Ich bin bis einschließlich 9. März nicht im Büro.", {
      subject: "Automatische Antwort: Re: month-end",
      headers: { "Auto-Submitted": "auto-replied" },
    });
    const { outcome, replyId } = await takeMail(parts, workspace, talk.mailbox.id, raw);
    expect(outcome).toBe("automatic");
    const reply = await replyOf(replyId);
    expect(reply).toMatchObject({ class: "away", isAutomatic: true, status: "none", noAnswerBecause: "A machine wrote it." });
    expect(reply.untilOn?.toISOString().slice(0, 10)).toBe("2026-03-09");
    expect(reply.actions).toMatchObject([{ kind: "pause_until", label: "Follow-up moved to Tue 10 Mar: away until Mon 9 Mar" }]);
    expect((await enrolmentOf(talk)).awayUntil?.toISOString().slice(0, 10)).toBe("2026-03-09");
    expect((await enrolmentOf(talk)).status).toBe("active");
    const state = await workspace.run((tx) => tx.leadState.findFirst({ where: { id: talk.lead.id } }));
    expect(state?.replyClass ?? null).toBeNull();
  });

  it("closes for good whoever wants to be left alone, whatever else they say", async () => {
    const talk = await talkWith();
    const { replyId } = await takeMail(
      parts,
      workspace,
      talk.mailbox.id,
      await answerFrom(talk, "Sounds interesting, but please take me off your list."),
    );
    expect(await replyOf(replyId)).toMatchObject({ class: "remove_me", status: "none" });
    const rule = await workspace.run((tx) => tx.suppression.findFirst({ where: { value: talk.lead.email, liftedAt: null } }));
    expect(rule).toMatchObject({ kind: "address", reason: "opted_out", sourceRef: replyId });
    expect((await enrolmentOf(talk)).status).toBe("stopped");
  });

  it("proposes the person that a wrong person names", async () => {
    const talk = await talkWith();
    const { replyId } = await takeMail(
      parts,
      workspace,
      talk.mailbox.id,
      await answerFrom(talk, "Je ne suis pas la bonne personne, voyez avec Marc Petit (marc.petit@lumiere.example)."),
    );
    const reply = await replyOf(replyId);
    expect(reply).toMatchObject({ class: "wrong_person", referral: { name: "Marc Petit", email: "marc.petit@lumiere.example" } });
    const task = await workspace.run((tx) => tx.task.findFirstOrThrow({ where: { replyId } }));
    expect(task).toMatchObject({
      kind: "new_person",
      proposal: { type: "new_person", fullName: "Marc Petit", email: "marc.petit@lumiere.example" },
    });
  });

  it("comes back on the first working day of the month that they name", async () => {
    const talk = await talkWith();
    const { replyId } = await takeMail(parts, workspace, talk.mailbox.id, await answerFrom(talk, "Not now, call me in May."));
    const task = await workspace.run((tx) => tx.task.findFirstOrThrow({ where: { replyId } }));
    expect(task.kind).toBe("follow_up");
    // 1 May is a public holiday in Italy, 2 and 3 May are a weekend.
    expect(task.dueAt.toISOString().slice(0, 10)).toBe("2026-05-04");
  });

  it("pauses colleagues at the same company", async () => {
    const talk = await talkWith("nadia@shared.example");
    const other = await testConversation(workspace, {
      email: "omar@shared.example",
      fullName: "Omar Haddad",
      company: "Shared",
      setting: talk,
    });
    await workspace.run(async (tx) => {
      await tx.enrolment.updateMany({
        where: { id: { in: [talk.enrolmentId, other.enrolmentId] } },
        data: { accountId: talk.lead.accountId, plannedAt: new Date(CLOCK) },
      });
      await refreshLeadState(tx, [other.lead.id]);
    });
    const nextOf = () => workspace.run((tx) => tx.leadState.findFirstOrThrow({ where: { id: other.lead.id }, select: { nextAt: true } }));
    expect((await nextOf()).nextAt).toEqual(new Date(CLOCK));
    const { replyId } = await takeMail(parts, workspace, talk.mailbox.id, await answerFrom(talk, "Sounds good, let's talk."));
    expect((await enrolmentOf(other)).status).toBe("paused");
    expect((await nextOf()).nextAt).toBeNull();
    expect((await replyOf(replyId)).actions).toContainEqual(
      expect.objectContaining({ kind: "pause_colleagues", label: expect.stringContaining("Paused Omar Haddad") }),
    );
  });
});

describe("reports", () => {
  it("marks an address that does not exist, ends the campaign and asks for another address", async () => {
    const talk = await talkWith();
    const raw = bounceOf(talk.lead.email, talk.messageIdHeader, "5.1.1", "550 5.1.1 User unknown");
    const { outcome, replyId } = await takeMail(parts, workspace, talk.mailbox.id, raw);
    expect(outcome).toBe("bounce");
    expect(await replyOf(replyId)).toMatchObject({ class: "bounce", isAutomatic: true, leadId: talk.lead.id });
    const lead = await workspace.run((tx) => tx.lead.findFirstOrThrow({ where: { id: talk.lead.id }, include: { state: true } }));
    expect(lead.emailStatus).toBe("bounced");
    expect((await enrolmentOf(talk)).status).toBe("given_up");
    expect(await workspace.run((tx) => tx.task.findFirst({ where: { replyId } }))).toMatchObject({ kind: "new_address" });
    expect(await workspace.run((tx) => tx.mailEvent.findMany({ where: { messageId: talk.messageId } }))).toMatchObject([
      { kind: "bounced", detail: { hardness: "hard" } },
    ]);
  });

  it("leaves the campaign alone when the mailbox is only full", async () => {
    const talk = await talkWith();
    await takeMail(
      parts,
      workspace,
      talk.mailbox.id,
      bounceOf(talk.lead.email, talk.messageIdHeader, "4.2.2", "452 4.2.2 The mailbox is full"),
    );
    expect((await enrolmentOf(talk)).status).toBe("active");
    expect(await workspace.run((tx) => tx.suppression.findFirst({ where: { value: talk.lead.email } }))).toBeNull();
  });

  it("takes a complaint as a wish to stop", async () => {
    const talk = await talkWith();
    const raw = [
      "From: feedback@host.example",
      "To: ana@acme.example",
      "Subject: abuse report",
      "MIME-Version: 1.0",
      'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
      "",
      "--b",
      "Content-Type: text/plain",
      "",
      "This is an abuse report",
      "--b",
      "Content-Type: message/feedback-report",
      "",
      "Feedback-Type: abuse",
      `Original-Rcpt-To: ${talk.lead.email}`,
      "",
      "--b",
      "Content-Type: message/rfc822",
      "",
      `Message-ID: ${talk.messageIdHeader}`,
      "",
      "Hi",
      "--b--",
      "",
    ].join("\r\n");
    await takeMail(parts, workspace, talk.mailbox.id, Buffer.from(raw));
    expect(await workspace.run((tx) => tx.suppression.findFirst({ where: { value: talk.lead.email } }))).toMatchObject({
      reason: "complained",
    });
  });
});
