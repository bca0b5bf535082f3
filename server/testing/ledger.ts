import { afterAll } from "vitest";
import { createSandboxTransport } from "#server/providers/mail-transport/sandbox.ts";
import { createSmtpTransport } from "#server/providers/mail-transport/smtp.ts";
import { sendDueMessages } from "#server/sending/commands/send-due.ts";
import { testDatabase } from "./database.ts";
import { testMailbox, testReservedMail, testRunningCampaign } from "./sending.ts";
import { startSink } from "./smtp-sink.ts";
import { testWorkspace } from "./workspace.ts";

/** A running campaign of two mails whose mailbox reaches a server of the test's own. Call it once at the top of a test file. */
export async function testLedger() {
  const database = await testDatabase();
  const services = {
    mailTransport: createSmtpTransport({ allowLoopback: true, connectTimeoutMs: 2_000 }),
    sandboxTransport: createSandboxTransport(),
  };
  const sink = await startSink({ password: "right" });
  afterAll(async () => {
    await services.mailTransport.close();
    await sink.close();
  });
  const workspace = await testWorkspace();
  const campaign = await testRunningCampaign(workspace, 2);
  const { id: mailboxId } = await testMailbox(workspace, { port: sink.port });
  let count = 0;
  return {
    database,
    services,
    sink,
    workspace,
    campaign,
    mailboxId,
    reserved: (local = "person") => testReservedMail(workspace, campaign, mailboxId, `${local}-${count++}@norvale.example`),
    send: (...ids: string[]) => sendDueMessages(services, workspace.id, ids),
    read: (id: string) => workspace.run((tx) => tx.message.findFirstOrThrow({ where: { id }, include: { attempts: true } })),
  };
}
