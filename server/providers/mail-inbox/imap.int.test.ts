import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ImapServer, startImapServer } from "#server/testing/imap-server.ts";
import { createImapInbox } from "./imap.ts";
import type { MailServer } from "./port.ts";

let server: ImapServer;
const inbox = createImapInbox({ allowLoopback: true, connectTimeoutMs: 2_000 });
const access = (change: Partial<MailServer> = {}): MailServer => ({
  host: "127.0.0.1",
  port: server.port,
  security: "none",
  user: "ana",
  password: "right",
  ...change,
});
const mail = (number: number, more = "") =>
  `Message-ID: <${number}@norvale.example>\r\nFrom: Nadia Rossi <Nadia@Norvale.example>\r\nTo: "ana@elsewhere.example" <Ana@acme.example>\r\nCc: leo@acme.example\r\nSubject: Re: month-end\r\nIn-Reply-To: <0190@acme.example>\r\nReferences: <a@acme.example>\r\n <0190@acme.example>\r\n${more}\r\nCan you do Tuesday?\r\n`;

beforeEach(async () => {
  server = await startImapServer({ password: "right" });
});
afterEach(() => server.close());

describe("imap", () => {
  it("finds the folder for sent mails", async () => {
    const session = await inbox.open(access());
    expect(await session.folders()).toEqual({ inbox: "INBOX", sent: "Sent" });
    await session.close();
  });

  it("says when there is none", async () => {
    const bare = await startImapServer({ withoutSent: true });
    const session = await inbox.open(access({ port: bare.port }));
    expect((await session.folders()).sent).toBeNull();
    await session.close();
    await bare.close();
  });

  it("reads headers after a UID, oldest first, at most so many", async () => {
    for (let number = 1; number <= 5; number++) server.deliver("INBOX", mail(number), new Date("2026-03-02T09:31:00Z"));
    const session = await inbox.open(access());
    expect(await session.state("INBOX")).toEqual({ uidValidity: 1n, uidNext: 6n });
    const first = await session.headersAfter("INBOX", 2n, 2);
    expect(first.map((one) => one.uid)).toEqual([3n, 4n]);
    expect(first[0]).toEqual({
      uid: 3n,
      receivedAt: new Date("2026-03-02T09:31:00Z"),
      size: Buffer.byteLength(mail(3)),
      from: "nadia@norvale.example",
      to: ["ana@acme.example", "leo@acme.example"],
      subject: "Re: month-end",
      messageId: "<3@norvale.example>",
      answers: ["<0190@acme.example>", "<a@acme.example>"],
      isReport: false,
    });
    expect(await session.headersAfter("INBOX", 5n, 10)).toEqual([]);
    await session.close();
  });

  it("reads a whole source, byte by byte, and nothing that is gone", async () => {
    const raw = Buffer.concat([Buffer.from(mail(1)), Buffer.from([0xff, 0xfe, 0x0d, 0x0a])]);
    server.deliver("INBOX", raw);
    const session = await inbox.open(access());
    expect(Buffer.from((await session.source("INBOX", 1n)) ?? []).equals(raw)).toBe(true);
    expect(await session.source("INBOX", 9n)).toBeNull();
    await session.close();
  });

  it("finds a mail by its Message-ID, marking nothing as seen", async () => {
    server.deliver("Sent", mail(7));
    const session = await inbox.open(access());
    expect(await session.has("Sent", "<7@norvale.example>")).toBe(true);
    expect(await session.has("Sent", "<8@norvale.example>")).toBe(false);
    await session.close();
    expect(server.commands.some((line) => line.startsWith("SELECT") || line.includes("STORE"))).toBe(false);
  });

  it("knows a mail system by its name or by the report's type", async () => {
    server.deliver("INBOX", "Message-ID: <r1@x.example>\r\nFrom: MAILER-DAEMON@mx.example\r\nSubject: x\r\n\r\n");
    server.deliver(
      "INBOX",
      "Message-ID: <r2@x.example>\r\nFrom: a@x.example\r\nContent-Type: multipart/report;\r\n report-type=delivery-status\r\n\r\n",
    );
    const session = await inbox.open(access());
    expect((await session.headersAfter("INBOX", 0n, 10)).map((one) => one.isReport)).toEqual([true, true]);
    await session.close();
  });

  it.each([
    ["sign-in-refused", undefined],
    ["app-password-needed", "[ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)"],
    [
      "imap-off",
      "[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and enable your account for IMAP access. (Failure)",
    ],
  ])("says %s", async (code, refuseSignIn) => {
    const refusing = await startImapServer({ password: "right", ...(refuseSignIn && { refuseSignIn }) });
    await expect(inbox.open(access({ port: refusing.port, password: "wrong" }))).rejects.toMatchObject({ problem: { code } });
    await refusing.close();
  });

  it("says when nothing listens, and refuses this machine outside tests", async () => {
    await expect(inbox.open(access({ port: 1 }))).rejects.toMatchObject({ problem: { code: "no-connection" } });
    await expect(createImapInbox({ allowLoopback: false }).open(access())).rejects.toMatchObject({ problem: { code: "host-not-allowed" } });
  });
});
