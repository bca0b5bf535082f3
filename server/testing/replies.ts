import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Mail from "nodemailer/lib/mailer/index.js";
import { newId } from "#server/core/ids.ts";
import { requireSecret } from "#server/core/secret.ts";
import { createFolderBlobStore } from "#server/providers/blob-store/folder.ts";
import { createMailparserMailParser } from "#server/providers/mail-parser/mailparser.ts";
import { processInbound } from "#server/replies/commands/process-inbound.ts";
import { receiveMail } from "#server/replies/commands/receive-mail.ts";
import type { ProcessedResult } from "#server/replies/schema.ts";
import { type Services, services } from "#server/services.ts";
import { testLead } from "./leads.ts";
import { mimeOf } from "./mime.ts";
import { type TestCampaign, testMailbox, testRunningCampaign } from "./sending.ts";
import type { TestWorkspace } from "./workspace.ts";

/** Real parts that need no outside: a folder for blobs, the parser, no model. */
export function testReplyServices(given: Partial<Services> = {}): Services {
  return {
    ...services,
    blobs: createFolderBlobStore({ folder: mkdtempSync(join(tmpdir(), "leadwright-mail-")), secret: requireSecret }),
    mailParser: createMailparserMailParser(),
    languageModel: null,
    ...given,
  };
}

export type Conversation = {
  mailbox: { id: string; address: string };
  campaign: TestCampaign;
  lead: { id: string; accountId: string | null; email: string };
  enrolmentId: string;
  messageId: string;
  messageIdHeader: string;
};

/** A person in a running campaign of two mails, the first of which was sent an hour ago. */
export async function testConversation(
  workspace: TestWorkspace,
  given: {
    email?: string;
    fullName?: string;
    company?: string | null;
    country?: string;
    setting?: Pick<Conversation, "mailbox" | "campaign">;
  } = {},
): Promise<Conversation> {
  const mailbox = given.setting?.mailbox ?? (await testMailbox(workspace));
  const campaign = given.setting?.campaign ?? (await testRunningCampaign(workspace, 2));
  const email = given.email ?? "nadia@norvale.example";
  const lead = await testLead(workspace, {
    fullName: given.fullName ?? "Nadia Rossi",
    email,
    ...(given.company !== undefined && { company: given.company }),
    ...(given.country && { country: given.country }),
  });
  const [enrolmentId, messageId, threadId] = [newId(), newId(), newId()];
  const messageIdHeader = `<${messageId}@acme.example>`;
  await workspace.run(async (tx) => {
    const { workspaceId } = tx;
    const sentAt = new Date(tx.now.getTime() - 3_600_000);
    await tx.enrolment.create({
      data: {
        id: enrolmentId,
        workspaceId,
        campaignId: campaign.id,
        leadId: lead.id,
        accountId: lead.accountId,
        status: "active",
        stepId: campaign.stepIds[1] ?? campaign.stepIds[0] ?? "",
        mailboxId: mailbox.id,
        enteredAt: sentAt,
        lastSentAt: sentAt,
        dueAt: new Date(tx.now.getTime() + 86_400_000),
        notBefore: new Date(tx.now.getTime() + 86_400_000),
      },
    });
    await tx.thread.create({
      data: {
        id: threadId,
        workspaceId,
        leadId: lead.id,
        mailboxId: mailbox.id,
        subject: "month-end in three entities",
        createdAt: sentAt,
        lastAt: sentAt,
      },
    });
    await tx.message.create({
      data: {
        id: messageId,
        workspaceId,
        dedupeKey: `campaign:${campaign.lineageIds[0]}:${lead.id}`,
        purpose: "campaign",
        status: "reserved",
        leadId: lead.id,
        enrolmentId,
        campaignId: campaign.id,
        stepId: campaign.stepIds[0] ?? "",
        mailboxId: mailbox.id,
        threadId,
        toAddress: email,
        subject: "month-end in three entities",
        bodyText: "Hi Nadia, you report three entities.",
        messageIdHeader,
        references: [],
        dueAt: sentAt,
        reservedAt: sentAt,
      },
    });
    await tx.message.update({
      where: { workspaceId_id: { workspaceId, id: messageId } },
      data: { status: "sending", sendingAt: sentAt, attempt: 1, leaseUntil: new Date(sentAt.getTime() + 60_000), workerId: "test" },
    });
    await tx.message.update({ where: { workspaceId_id: { workspaceId, id: messageId } }, data: { status: "sent", sentAt } });
  });
  return { mailbox, campaign, lead: { ...lead, email }, enrolmentId, messageId, messageIdHeader };
}

let strangers = 0;
/** Somebody new at a company of their own, in a workspace (its mailbox, its campaign) that the tests of a file share. */
export async function strangerTalk(at: TestWorkspace, email?: string): Promise<Conversation> {
  const number = ++strangers;
  const box = await at.run((tx) => tx.mailbox.findFirst({ where: { removedAt: null } }));
  const running = await at.run((tx) => tx.campaign.findFirst({ include: { steps: { orderBy: { position: "asc" } } } }));
  const setting =
    box && running
      ? {
          mailbox: { id: box.id, address: box.address },
          campaign: {
            id: running.id,
            stepIds: running.steps.map((step) => step.id),
            lineageIds: running.steps.map((step) => step.lineageId),
          },
        }
      : undefined;
  return testConversation(at, {
    email: email ?? `person${number}@company${number}.example`,
    company: `Company ${number}`,
    ...(setting && { setting }),
  });
}

/** Their mail, as a mail program sends it: an answer in the thread with our mail quoted. */
export function answerFrom(talk: Conversation, text: string, given: Mail.Options = {}): Promise<Buffer> {
  return mimeOf({
    from: `"Nadia Rossi" <${talk.lead.email}>`,
    to: talk.mailbox.address,
    subject: "Re: month-end in three entities",
    messageId: `<${newId()}@norvale.example>`,
    inReplyTo: talk.messageIdHeader,
    references: [talk.messageIdHeader],
    text: `${text}\n\nOn Mon, 2 Mar 2026 at 09:00, Ana Müller <${talk.mailbox.address}> wrote:\n> Hi Nadia, you report three entities.\n> Not interested? Reply "stop".\n`,
    ...given,
  });
}

/** A mail system's report (RFC 3464) that this mail of ours came back. */
export function bounceOf(to: string, id: string, status: string, words: string): Buffer {
  const lines = [
    "From: Mail Delivery System <mailer-daemon@mx.example>",
    "To: ana@acme.example",
    "Subject: Undelivered Mail Returned to Sender",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    `<${to}>: ${words}`,
    "",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example",
    "",
    `Final-Recipient: rfc822; ${to}`,
    "Action: failed",
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${words}`,
    "",
    "--b",
    "Content-Type: message/rfc822",
    "",
    `Message-ID: ${id}`,
    `To: ${to}`,
    "Subject: month-end",
    "",
    "Hi",
    "--b--",
    "",
  ];
  return Buffer.from(lines.join("\r\n"));
}

export async function takeMail(parts: Services, workspace: TestWorkspace, mailboxId: string, raw: Buffer): Promise<ProcessedResult> {
  const receivedAt = await workspace.run(async (tx) => tx.now);
  const { inboundId } = await receiveMail(parts, workspace.id, { mailboxId, raw, receivedAt });
  return processInbound(parts, workspace.id, { inboundId });
}
