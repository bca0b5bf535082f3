import { Socket } from "node:net";
import { simpleParser } from "mailparser";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Sink, startSink } from "#server/testing/smtp-sink.ts";
import { type MailAccount, MailServerError, type MailTransport, type OutgoingMail } from "./port.ts";
import { createSandboxTransport } from "./sandbox.ts";
import { createSmtpTransport } from "./smtp.ts";

let sink: Sink;
const received: Buffer[] = [];
const smtp = createSmtpTransport({ allowLoopback: true, connectTimeoutMs: 2_000, silenceMs: 2_000 });

beforeAll(async () => {
  sink = await startSink({ password: "right", onMail: ({ raw }) => received.push(raw) });
});
afterAll(async () => {
  await smtp.close();
  await sink.close();
});

const account = (change: Partial<NonNullable<MailAccount["server"]>> = {}): MailAccount => ({
  mailboxId: "m1",
  address: "ana@acme.example",
  displayName: "Ana Müller",
  server: { host: "127.0.0.1", port: sink.port, security: "none", user: "ana", password: "right", ...change },
});
const mail = (change: Partial<OutgoingMail> = {}): OutgoingMail => ({
  to: "nadia@norvale.example",
  subject: "Monatsabschluss in drei Gesellschaften – grüße",
  text: "Hallo Nadia,\n\n.a line that begins with a dot\nçà et là",
  html: null,
  calendar: null,
  messageId: "<0190@acme.example>",
  inReplyTo: null,
  references: [],
  date: new Date("2026-03-02T09:00:00Z"),
  unsubscribe: { mailto: "ana@acme.example?subject=unsubscribe", url: null },
  ...change,
});
const sendBy = async (transport: MailTransport, to: MailAccount, what: OutgoingMail) => transport.send(await transport.open(to), what);

describe.each([
  ["smtp", () => smtp],
  ["sandbox", () => createSandboxTransport()],
])("%s", (_, transport) => {
  it("takes a mail and says so, again and again", async () => {
    for (let turn = 0; turn < 3; turn++)
      expect(await sendBy(transport(), account(), mail())).toMatchObject({ kind: "accepted", providerId: null });
  });

  it("gives a session back unused", async () => {
    const session = await transport().open(account());
    session.release();
    expect(await sendBy(transport(), account(), mail())).toMatchObject({ kind: "accepted" });
  });
});

describe("smtp", () => {
  it.each([
    ["defer-rcpt", { kind: "not_accepted", cause: "later" }],
    ["defer-data", { kind: "not_accepted", cause: "later" }],
    ["refuse-rcpt", { kind: "refused", scope: "recipient" }],
    ["policy-rcpt", { kind: "refused", scope: "mail" }],
    ["refuse-data", { kind: "refused", scope: "mail" }],
    ["drop-at-rcpt", { kind: "not_accepted", cause: "lost" }],
    ["drop-after-data", { kind: "unknown" }],
  ])("%s: says only what was proven", async (to, outcome) => {
    expect(await sendBy(smtp, account(), mail({ to: `${to}@norvale.example` }))).toMatchObject(outcome);
    expect(await sendBy(smtp, account(), mail())).toMatchObject({ kind: "accepted" });
  });

  it("counts silence after the hand-over as unknown", async () => {
    const slow = await startSink({ answerAfterMs: 60_000 });
    const impatient = createSmtpTransport({ allowLoopback: true, silenceMs: 150 });
    expect(await sendBy(impatient, account({ port: slow.port }), mail())).toMatchObject({ kind: "unknown" });
    await impatient.close();
    await slow.close();
  });

  it("keeps umlauts, dots and one Message-ID", async () => {
    received.length = 0;
    await sendBy(smtp, account(), mail({ inReplyTo: "<1@acme.example>", references: ["<0@acme.example>", "<1@acme.example>"] }));
    const read = await simpleParser(received[0] ?? Buffer.alloc(0));
    expect(read.subject).toBe(mail().subject);
    expect(read.text?.trimEnd()).toBe(mail().text);
    expect(read.from?.value[0]).toEqual({ name: "Ana Müller", address: "ana@acme.example" });
    expect([read.messageId, read.inReplyTo, read.references]).toEqual([
      "<0190@acme.example>",
      "<1@acme.example>",
      ["<0@acme.example>", "<1@acme.example>"],
    ]);
    const source = String(received[0]);
    expect(source).not.toMatch(/^Reply-To:/im);
    expect(source).not.toMatch(/^List-Unsubscribe-Post:/im);
    expect(source).toContain("List-Unsubscribe: <mailto:ana@acme.example?subject=unsubscribe>");
  });

  it("offers one click only where a link reaches us, and sends HTML and calendar as their own parts", async () => {
    received.length = 0;
    const calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
    await sendBy(
      smtp,
      account(),
      mail({ html: "<p>Grüße</p>", calendar, unsubscribe: { mailto: "ana@acme.example", url: "https://go.acme.example/u/t" } }),
    );
    const source = String(received[0]);
    expect(source.replaceAll(/\r\n\s+/g, " ")).toContain("List-Unsubscribe: <https://go.acme.example/u/t>, <mailto:ana@acme.example>");
    expect(source).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(source).toMatch(/text\/calendar;[^\n]*(\n\s+[^\n]*)?method=REQUEST/i);
    expect((await simpleParser(received[0] ?? Buffer.alloc(0))).html).toContain("Grüße");
  });

  it.each([
    ["sign-in-refused", () => account({ password: "wrong" })],
    ["no-connection", () => account({ port: 1 })],
    ["host-not-found", () => account({ host: "no-such-host.invalid" })],
  ])("says %s when it cannot be opened", async (code, to) => {
    const failure = await smtp.open(to()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MailServerError);
    expect(failure).toMatchObject({ problem: { code } });
  });

  it.each([
    ["534-5.7.9 Application-specific password required.", "app-password-needed"],
    ["5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", "basic-auth-off"],
  ])("knows what %s means", async (refuseSignIn, code) => {
    const refusing = await startSink({ refuseSignIn });
    await expect(smtp.open(account({ port: refusing.port }))).rejects.toMatchObject({ problem: { code } });
    await refusing.close();
  });

  it("refuses this machine and unencrypted passwords outside tests", async () => {
    const strict = createSmtpTransport({ allowLoopback: false });
    await expect(strict.open(account())).rejects.toMatchObject({ problem: { code: "host-not-allowed" } });
  });
});

it("gives a mail and the dot that ends it to the network in one piece", async () => {
  const write = vi.spyOn(Socket.prototype, "write");
  expect(await sendBy(smtp, { ...account(), mailboxId: "m9" }, mail())).toMatchObject({ kind: "accepted" });
  const pieces = write.mock.calls.map(([piece]) => String(piece));
  write.mockRestore();
  const whole = pieces.filter((piece) => piece.includes("\r\nMessage-ID: <0190@acme.example>"));
  expect(whole).toHaveLength(1);
  expect(whole[0]).toMatch(/\r\n\.\r\n$/);
});
