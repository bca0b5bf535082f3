import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unsubscribeTokenFor } from "#server/compliance/queries.ts";
import { newId } from "#server/core/ids.ts";
import { createFolderBlobStore } from "#server/providers/blob-store/folder.ts";
import { createImapInbox } from "#server/providers/mail-inbox/imap.ts";
import { createSmtpTransport } from "#server/providers/mail-transport/smtp.ts";
import { sendDueMessages } from "#server/sending/commands/send-due.ts";
import type { Services } from "#server/services.ts";
import { services as product } from "#server/services.ts";
import { testDatabase } from "#server/testing/database.ts";
import { type ImapServer, startImapServer } from "#server/testing/imap-server.ts";
import { testLead } from "#server/testing/leads.ts";
import { statusOf, testReservedMail, testRunningCampaign } from "#server/testing/sending.ts";
import { type Sink, startSink } from "#server/testing/smtp-sink.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { pauseMailbox, removeMailbox, resumeMailbox, updateMailbox } from "./commands/change-mailbox.ts";
import { connectMailbox } from "./commands/connect-mailbox.ts";
import { proveMailboxes } from "./commands/prove-mailboxes.ts";
import { readMailbox } from "./commands/read-mailboxes.ts";
import { listMailboxes } from "./queries.ts";
import { proofSteps } from "./schema.ts";

await testDatabase();
let sink: Sink;
let imap: ImapServer;
let services: Services;
let workspace: TestWorkspace;

beforeAll(async () => {
  imap = await startImapServer({ password: "right" });
  // What is sent to ourselves arrives, as it would.
  sink = await startSink({ password: "right", onMail: ({ raw, to }) => to.endsWith("@acme.example") && imap.deliver("INBOX", raw) });
  services = {
    ...product,
    blobs: createFolderBlobStore({
      folder: mkdtempSync(join(tmpdir(), "leadwright-blobs-")),
      secret: () => "a test secret that is long enough to be one",
    }),
    mailInbox: createImapInbox({ allowLoopback: true, connectTimeoutMs: 2_000 }),
    mailTransport: createSmtpTransport({ allowLoopback: true, connectTimeoutMs: 2_000 }),
  };
  workspace = await testWorkspace();
});
afterAll(async () => {
  await services.mailTransport.close();
  await sink.close();
  await imap.close();
});

const server = (port: number) => ({ host: "127.0.0.1", port, security: "none" as const, user: "ana" });
let count = 0;
const connect = async (change: { password?: string; smtpPort?: number; imapPort?: number } = {}) => {
  const address = `ana${count++}@acme.example`;
  const { id } = await workspace.run((tx) =>
    connectMailbox(tx, {
      address,
      displayName: "Ana Müller",
      smtp: server(change.smtpPort ?? sink.port),
      imap: server(change.imapPort ?? imap.port),
      password: change.password ?? "right",
      ownerId: workspace.userId,
    }),
  );
  await proveMailboxes(services, workspace.id, [id]);
  return { id, address };
};
const row = (id: string) => workspace.run((tx) => tx.mailbox.findFirstOrThrow({ where: { id } }));
const ticks = async (id: string) => proofSteps.parse((await row(id)).proof).map((step) => step.ok);
const inbound = () => workspace.run((tx) => tx.inboundMail.findMany({ orderBy: { receivedAt: "asc" } }));
const answer = (from: string, headers: string, text = "Can you do Tuesday?") =>
  `Message-ID: <${count++}@norvale.example>\r\nFrom: ${from}\r\nTo: ana@acme.example\r\nSubject: Re: x\r\n${headers}\r\n${text}\r\n`;

describe("connecting", () => {
  it("earns four ticks by mailing itself and reading that back", async () => {
    const { address, id } = await connect();
    expect(await ticks(id)).toEqual([true, true, true, true]);
    const mailbox = await row(id);
    expect(mailbox).toMatchObject({ status: "ready", sentFolder: "Sent" });
    expect(Buffer.from(mailbox.secret ?? []).toString()).not.toContain("right");
    expect(sink.lines.filter((line) => line.event === "taken" && line.to === address)).toHaveLength(1);
    await proveMailboxes(services, workspace.id, [id]);
    expect(sink.lines.filter((line) => line.event === "taken" && line.to === address)).toHaveLength(1);
  });

  it("keeps our own domain out of every campaign from then on", async () => {
    await connect();
    const rule = await workspace.run((tx) => tx.suppression.findFirst({ where: { kind: "domain", value: "acme.example" } }));
    expect(rule?.reason).toBe("own_domain");
  });

  it.each([
    ["a wrong password", { password: "wrong" }, "cannot_send", "127.0.0.1 refused the user name or the password for sending."],
    ["no server for sending", { smtpPort: 1 }, "cannot_send", "127.0.0.1 does not take connections for sending."],
    ["no server for reading", { imapPort: 1 }, "cannot_read", "127.0.0.1 does not take connections for reading."],
  ])("says exactly what is wrong with %s", async (_, change, status, sentence) => {
    const { id } = await connect(change);
    const mailbox = await row(id);
    expect(mailbox.status).toBe(status);
    expect(status === "cannot_send" ? mailbox.sendError : mailbox.readError).toBe(sentence);
    expect(proofSteps.parse(mailbox.proof).find((step) => step.ok === false)?.fix).toBeTruthy();
  });

  it("refuses the same address twice, and any in a pretend workspace", async () => {
    const { address } = await connect();
    const again = { address, displayName: "x", smtp: server(1), imap: server(1), password: "p", ownerId: workspace.userId };
    await expect(workspace.run((tx) => connectMailbox(tx, again))).rejects.toThrow("connected already");
    const pretend = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
    await expect(pretend.run((tx) => connectMailbox(tx, { ...again, ownerId: pretend.userId }))).rejects.toThrow("pretend workspace");
  });
});

describe("reading", () => {
  it("stores what answers us or comes from a person here, and nothing else", async () => {
    const { id } = await connect();
    await testLead(workspace, { fullName: "Tom Okafor", email: "tom@tessar.example" });
    const campaign = await testRunningCampaign(workspace);
    const mail = await testReservedMail(workspace, campaign, id, `nadia${count++}@norvale.example`);
    await sendDueMessages(services, workspace.id, [mail.messageId]);
    const { messageIdHeader } = await workspace.run((tx) => tx.message.findFirstOrThrow({ where: { id: mail.messageId } }));
    await readMailbox(services, workspace.id, id);
    const before = (await inbound()).length;

    imap.deliver("INBOX", answer("Somebody <private@friends.example>", ""));
    imap.deliver("INBOX", answer("Other <other@norvale.example>", `In-Reply-To: ${messageIdHeader}\r\n`));
    imap.deliver("INBOX", answer("Tom <tom@tessar.example>", ""));
    imap.deliver("INBOX", answer("MAILER-DAEMON@mx.example", "", `Undelivered:\r\nMessage-ID: ${messageIdHeader}`));
    imap.deliver("INBOX", answer("MAILER-DAEMON@mx.example", "", "Undelivered:\r\nMessage-ID: <somebody-else@acme.example>"));
    await readMailbox(services, workspace.id, id);
    expect((await inbound()).length - before).toBe(3);
    await readMailbox(services, workspace.id, id);
    expect((await inbound()).length - before).toBe(3);
    expect(await row(id)).toMatchObject({ status: "ready", readError: null });
  });

  it("reads in Sent what we wrote by hand to people here, not what the ledger sent, and nothing private", async () => {
    const { id, address } = await connect();
    const lead = `nadia${count++}@norvale.example`;
    await testLead(workspace, { fullName: "Nadia Rossi", email: lead });
    const campaign = await testRunningCampaign(workspace);
    const mail = await testReservedMail(workspace, campaign, id, `sent${count++}@norvale.example`);
    await sendDueMessages(services, workspace.id, [mail.messageId]);
    const ledger = await workspace.run((tx) => tx.message.findFirstOrThrow({ where: { id: mail.messageId } }));
    await readMailbox(services, workspace.id, id);
    const mine = async () => (await inbound()).filter((one) => one.mailboxId === id);
    const before = (await mine()).length;

    const sentTo = (to: string, messageId: string) =>
      imap.deliver("Sent", `Message-ID: ${messageId}\r\nFrom: ${address}\r\nTo: ${to}\r\nSubject: x\r\n\r\nHello\r\n`);
    sentTo("mum@home.example", "<private@acme.example>");
    sentTo(ledger.toAddress, ledger.messageIdHeader);
    sentTo(`"Rossi, Nadia" <${lead}>`, "<by-hand@acme.example>");
    await readMailbox(services, workspace.id, id);
    await readMailbox(services, workspace.id, id);
    expect((await mine()).slice(before).map((one) => one.messageIdHeader)).toEqual(["<by-hand@acme.example>"]);
    expect(await row(id)).toMatchObject({ status: "ready", readError: null });
  });

  it("reads a rebuilt folder again without taking a mail twice", async () => {
    const { id } = await connect();
    const lead = `rebuilt${count++}@tessar.example`;
    await testLead(workspace, { fullName: "Rebuilt", email: lead });
    imap.deliver("INBOX", answer(lead, ""));
    await readMailbox(services, workspace.id, id);
    const before = (await inbound()).filter((mail) => mail.mailboxId === id).length;
    imap.renew("INBOX");
    imap.deliver("INBOX", answer(lead, "", "a new one"));
    await readMailbox(services, workspace.id, id);
    const texts = (await inbound()).filter((mail) => mail.mailboxId === id);
    expect(new Set(texts.map((mail) => mail.digest)).size).toBe(texts.length);
    expect(texts.length).toBeGreaterThan(before);
  });

  it("says why it cannot read, and is ready again by itself", async () => {
    const other = await startImapServer({ password: "right" });
    const { id } = await connect();
    await workspace.run((tx) => tx.mailbox.update({ where: { id }, data: { imap: server(other.port) } }));
    await other.close();
    await readMailbox(services, workspace.id, id);
    expect(await row(id)).toMatchObject({ status: "cannot_read", readError: "127.0.0.1 does not take connections for reading." });
    await workspace.run((tx) => tx.mailbox.update({ where: { id }, data: { imap: server(imap.port) } }));
    await readMailbox(services, workspace.id, id);
    expect(await row(id)).toMatchObject({ status: "ready", readError: null });
  });

  it("does not count as read while the server refuses to search, and misses nothing", async () => {
    const { id } = await connect();
    const lead = `busy${count++}@tessar.example`;
    await testLead(workspace, { fullName: "Busy", email: lead });
    const longAgo = new Date("2026-01-01T00:00:00Z");
    await workspace.run((tx) => tx.mailbox.update({ where: { id }, data: { lastReadAt: longAgo } }));
    const mail = answer(lead, "");
    imap.deliver("INBOX", mail);
    imap.refuseSearch("[UNAVAILABLE] too busy");
    // A rebuilt folder while it is busy: its beginning must not be taken for its end.
    imap.renew("INBOX");
    await readMailbox(services, workspace.id, id);
    expect(await row(id)).toMatchObject({ lastReadAt: longAgo, readError: "Reading stopped half-way; it goes on in a minute." });
    imap.refuseSearch(null);
    await readMailbox(services, workspace.id, id);
    expect((await row(id)).readError).toBeNull();
    const stored = (await inbound()).filter((one) => one.mailboxId === id).map((one) => one.messageIdHeader);
    expect(stored).toContain(/<.*?>/.exec(mail)?.[0]);
  });

  it("does not count as read while more lies there than one look takes", async () => {
    const { id } = await connect();
    const longAgo = new Date("2026-01-01T00:00:00Z");
    await workspace.run((tx) => tx.mailbox.update({ where: { id }, data: { lastReadAt: longAgo } }));
    for (let mail = 0; mail <= 2_000; mail++) imap.deliver("INBOX", answer("Junk <junk@x.example>", ""));
    await readMailbox(services, workspace.id, id);
    expect(await row(id)).toMatchObject({ lastReadAt: longAgo, readError: null });
    await readMailbox(services, workspace.id, id);
    expect((await row(id)).lastReadAt).not.toEqual(longAgo);
  });

  it("reads past a mail whose headers hold zero bytes", async () => {
    const { id } = await connect();
    const lead = `zero${count++}@tessar.example`;
    await testLead(workspace, { fullName: "Zero", email: lead });
    const before = (await inbound()).filter((mail) => mail.mailboxId === id).length;
    imap.deliver("INBOX", answer("Junk <ju\0nk@x.example>", "References: <a\0b@x.example>\r\n"));
    imap.deliver("INBOX", answer(lead, "In-Reply-To: <a\0b@x.example>\r\n").replace("Message-ID: <", "Message-ID: <\0"));
    await readMailbox(services, workspace.id, id);
    expect((await row(id)).readError).toBeNull();
    expect((await inbound()).filter((mail) => mail.mailboxId === id).length - before).toBe(1);
  });

  it("settles an uncertain mail that lies in Sent, and one that was answered", async () => {
    const { id } = await connect();
    const campaign = await testRunningCampaign(workspace);
    const uncertain = async () => {
      const mail = await testReservedMail(workspace, campaign, id, `drop-after-data${count++}@norvale.example`);
      await sendDueMessages(services, workspace.id, [mail.messageId]);
      expect(await statusOf(workspace, mail.messageId)).toBe("uncertain");
      return {
        ...mail,
        header: (await workspace.run((tx) => tx.message.findFirstOrThrow({ where: { id: mail.messageId } }))).messageIdHeader,
      };
    };
    const [kept, answered, open] = [await uncertain(), await uncertain(), await uncertain()];
    imap.deliver("Sent", `Message-ID: ${kept.header}\r\nFrom: ana@acme.example\r\n\r\nx\r\n`);
    imap.deliver("INBOX", answer("Other <other@norvale.example>", `References: ${answered.header}\r\n`));
    await readMailbox(services, workspace.id, id);
    expect(await statusOf(workspace, kept.messageId)).toBe("sent");
    expect(await statusOf(workspace, answered.messageId)).toBe("sent");
    expect(await statusOf(workspace, open.messageId)).toBe("uncertain");
  });

  it("takes the mail way of unsubscribing by its signed subject, from any address", async () => {
    const { id } = await connect();
    const campaign = await testRunningCampaign(workspace);
    const mail = await testReservedMail(workspace, campaign, id, `stop${count++}@norvale.example`);
    const token = unsubscribeTokenFor({ workspaceId: workspace.id, leadId: mail.leadId, messageId: mail.messageId });
    imap.deliver(
      "INBOX",
      `Message-ID: <u${count++}@x.example>\r\nFrom: forwarded@elsewhere.example\r\nSubject: unsubscribe ${token}\r\n\r\n\r\n`,
    );
    await readMailbox(services, workspace.id, id);
    expect(await statusOf(workspace, mail.messageId)).toBe("cancelled");
    expect((await workspace.run((tx) => tx.suppression.findFirst({ where: { value: mail.email } })))?.reason).toBe("opted_out");
  });

  it("reads past a wish to stop that names no mail of ours any more", async () => {
    const { id } = await connect();
    const token = unsubscribeTokenFor({ workspaceId: workspace.id, leadId: newId(), messageId: newId() });
    imap.deliver("INBOX", `Message-ID: <u${count++}@x.example>\r\nFrom: gone@x.example\r\nSubject: unsubscribe ${token}\r\n\r\n\r\n`);
    await readMailbox(services, workspace.id, id);
    expect((await row(id)).readError).toBeNull();
  });
});

describe("a mailbox", () => {
  it("is paused, resumed, changed and removed", async () => {
    const { address, id } = await connect();
    const shown = async () => (await workspace.run((tx) => listMailboxes(tx))).find((one) => one.id === id);
    expect(await shown()).toMatchObject({ address, statusText: "Building up", capToday: 10, sends: true, reads: true, isBuildingUp: true });
    await workspace.run((tx) => pauseMailbox(tx, { id, byId: workspace.userId }));
    expect(await shown()).toMatchObject({ status: "paused", statusText: "Paused by Ines Prado" });
    await workspace.run((tx) => resumeMailbox(tx, { id, byId: workspace.userId }));
    await workspace.run((tx) => updateMailbox(tx, { id, byId: workspace.userId, dailyCap: 25, isBuildingUp: false, signature: "Ana" }));
    expect(await shown()).toMatchObject({ statusText: "Ready", capToday: 25, pace: "at full pace", signature: "Ana" });
    await expect(
      workspace.run((tx) => updateMailbox(tx, { id, byId: workspace.userId, gapMinMinutes: 9, gapMaxMinutes: 4 })),
    ).rejects.toThrow("must not be longer");
    await workspace.run((tx) => removeMailbox(tx, { id, byId: workspace.userId }));
    expect(await shown()).toBeUndefined();
    expect((await row(id)).secret).toBeNull();
  });
});
