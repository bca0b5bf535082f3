import { newId } from "#server/core/ids.ts";
import { seal } from "#server/core/seal.ts";
import { type Reserved, reserveMessage } from "#server/sending/commands/reserve-message.ts";
import { testLead } from "./leads.ts";
import { type TestWorkspace, WORKING_HOURS } from "./workspace.ts";

/** A connected mailbox. With `port` it is an SMTP one on loopback, else a pretend one. */
export async function testMailbox(
  workspace: TestWorkspace,
  given: { port?: number; imapPort?: number; address?: string; status?: string } = {},
): Promise<{ id: string; address: string }> {
  const [id, address] = [newId(), given.address ?? "ana@acme.example"];
  const server = (port: number) => ({ host: "127.0.0.1", port, security: "none", user: "ana" });
  await workspace.run(async (tx) => {
    const secret = seal(JSON.stringify({ smtpPassword: "right", imapPassword: "right" }), {
      workspaceId: workspace.id,
      table: "mailboxes",
      column: "secret",
      rowId: id,
    });
    await tx.mailbox.create({
      data: {
        id,
        workspaceId: workspace.id,
        ownerId: workspace.userId,
        address,
        displayName: "Ana Müller",
        kind: given.port ? "smtp" : "sandbox",
        ...(given.port && { smtp: server(given.port), imap: server(given.imapPort ?? 1), secret }),
        status: given.status ?? "ready",
        proof: [],
        dailyCap: 400,
        timeZone: "Europe/Lisbon",
        hours: WORKING_HOURS,
        lastReadAt: tx.now,
        createdAt: tx.now,
      },
    });
  });
  return { id, address };
}

export type TestCampaign = { id: string; stepIds: string[]; lineageIds: string[] };

/** A running campaign of mails with nothing between them. */
export async function testRunningCampaign(workspace: TestWorkspace, mails = 1): Promise<TestCampaign> {
  const [id, offerId] = [newId(), newId()];
  const steps = Array.from({ length: mails }, (_, position) => ({ id: newId(), lineageId: newId(), position }));
  await workspace.run(async (tx) => {
    await tx.offer.create({ data: { id: offerId, workspaceId: workspace.id, name: "Acme Ledger", currentVersion: 1, createdAt: tx.now } });
    await tx.campaign.create({
      data: {
        id,
        workspaceId: workspace.id,
        name: "Spring finance",
        status: "running",
        offerId,
        ownerId: workspace.userId,
        rules: {},
        startedAt: tx.now,
        createdAt: tx.now,
      },
    });
    await tx.campaignStep.createMany({
      data: steps.map((step) => ({
        ...step,
        workspaceId: workspace.id,
        campaignId: id,
        kind: "email",
        config: { thread: step.position === 0 ? "new" : "same", intent: "introduce", instruction: "", subject: null },
        createdAt: tx.now,
      })),
    });
  });
  return { id, stepIds: steps.map((step) => step.id), lineageIds: steps.map((step) => step.lineageId) };
}

export type TestMail = Reserved & { leadId: string; enrolmentId: string; email: string };

/** A person in the campaign whose first mail is reserved and due now. */
export async function testReservedMail(
  workspace: TestWorkspace,
  campaign: TestCampaign,
  mailboxId: string,
  email: string,
): Promise<TestMail> {
  const lead = await testLead(workspace, { fullName: email.split("@")[0] ?? "Somebody", email, company: null });
  const enrolmentId = newId();
  const stepId = campaign.stepIds[0] ?? "";
  return workspace.run(async (tx) => {
    await tx.enrolment.create({
      data: {
        id: enrolmentId,
        workspaceId: workspace.id,
        campaignId: campaign.id,
        leadId: lead.id,
        accountId: lead.accountId,
        status: "active",
        stepId,
        mailboxId,
        enteredAt: tx.now,
        dueAt: tx.now,
        plannedAt: tx.now,
        planKind: "exact",
      },
    });
    const reserved = await reserveMessage(tx, {
      purpose: "campaign",
      dedupeKey: `campaign:${campaign.lineageIds[0]}:${lead.id}`,
      mailboxId,
      to: email,
      subject: "closing books across four entities",
      bodyText: "Hi Nadia,\n\nYou are hiring a group controller in Milan.",
      leadId: lead.id,
      enrolmentId,
      campaignId: campaign.id,
      stepId,
    });
    return { ...reserved, leadId: lead.id, enrolmentId, email };
  });
}

export const statusOf = (workspace: TestWorkspace, messageId: string): Promise<string> =>
  workspace.run(async (tx) => (await tx.message.findFirstOrThrow({ where: { id: messageId } })).status);
