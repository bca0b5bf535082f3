import { describe, expect, it } from "vitest";
import { hardnessOf } from "./bounce-hardness.ts";
import type { MailPart, ReceivedMail } from "./mail.ts";
import { readMail } from "./read-mail.ts";

const OWN = new Set(["ana@acme.example"]);
function mail(given: Partial<Omit<ReceivedMail, "headers">> & { headers?: Record<string, string> } = {}): ReceivedMail {
  const { headers, ...rest } = given;
  return {
    headers: new Map(Object.entries(headers ?? {}).map(([name, value]) => [name, [value]])),
    contentType: "text/plain",
    reportType: null,
    messageId: "<m@x.example>",
    inReplyTo: [],
    references: [],
    from: { address: "nadia@norvale.example", name: "Nadia" },
    to: [{ address: "ana@acme.example", name: "" }],
    subject: "Re: month-end",
    sentAt: null,
    text: "Hello",
    parts: [],
    ...rest,
  };
}
const part = (contentType: string, text: string): MailPart => ({ contentType, parameters: {}, text });
const daemon = { address: "mailer-daemon@mx.example", name: "Mail Delivery System" };

describe("readMail", () => {
  it.each([
    { headers: { "auto-submitted": "auto-replied" } },
    { headers: { "x-autoreply": "yes" } },
    { headers: { "x-apple-action": "VACATION" } },
    { headers: { precedence: "auto_reply" } },
    { headers: { "auto-submitted": "auto_generated" } },
    { subject: "Automatische Antwort: Re: month-end" },
    { subject: "Out of Office Re: month-end" },
    { subject: "Réponse automatique : month-end" },
    { subject: "Respuesta automática: month-end" },
    { subject: "Afwezig: month-end" },
  ])("knows an automatic answer by %o", (given) => {
    expect(readMail(mail(given), OWN).kind).toBe("automatic");
  });

  it("knows a person by the absence of signs", () => {
    expect(readMail(mail({ headers: { "auto-submitted": "no", "x-auto-response-suppress": "All" } }), OWN).kind).toBe("reply");
    expect(readMail(mail({ subject: "Re: your automatic payment question" }), OWN).kind).toBe("reply");
  });

  it("never takes our own mail for theirs", () => {
    expect(readMail(mail({ from: { address: "ana@acme.example", name: "Ana" } }), OWN).kind).toBe("own");
  });

  it("reads a delivery status with its recipient and the message of ours", () => {
    const read = readMail(
      mail({
        from: daemon,
        contentType: "multipart/report",
        reportType: "delivery-status",
        subject: "Undelivered Mail Returned to Sender",
        text: "This is the mail system.",
        parts: [
          part(
            "message/delivery-status",
            "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; kim@ondra.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1\n User unknown\n",
          ),
          part("message/rfc822", "Message-ID: <ours@acme.example>\nTo: kim@ondra.example\n\nHi"),
        ],
      }),
      OWN,
    );
    expect(read).toMatchObject({
      kind: "bounce",
      bounce: {
        outcome: "failed",
        returnedIds: ["<ours@acme.example>"],
        recipients: [{ address: "kim@ondra.example", hardness: "hard", status: "5.1.1" }],
      },
    });
  });

  it.each([
    [
      "a note in words",
      "Your message to <kim@ondra.example> could not be delivered:\n550 No such user here\n\n--- Below this line is a copy of the message.\n\nTo: kim@ondra.example",
      ["kim@ondra.example"],
      "hard",
    ],
    ["a full mailbox", "kim@ondra.example:\n552 The mailbox is full\n", ["kim@ondra.example"], "soft"],
    [
      "two of them",
      "The following addresses failed:\n\nkim@ondra.example: 550 user unknown\nole@ondra.example: 452 over quota\n",
      ["kim@ondra.example", "ole@ondra.example"],
      "hard",
    ],
    ["German", "Die Nachricht konnte nicht zugestellt werden:\n\nkim@ondra.example\nEmpfänger unbekannt\n", ["kim@ondra.example"], "hard"],
  ])("reads a free-form bounce: %s", (_, text, addresses, hardness) => {
    const read = readMail(mail({ from: daemon, subject: "Mail delivery failed", text }), OWN);
    expect(read.kind).toBe("bounce");
    if (read.kind !== "bounce") return;
    expect(read.bounce.recipients.map((one) => one.address)).toEqual(addresses);
    expect(read.bounce.recipients[0]?.hardness).toBe(hardness);
  });

  it("knows a mailing list that refuses a mail, although no mail system signs it", () => {
    const read = readMail(
      mail({
        from: { address: "talk-admin@lists.example", name: "" },
        subject: "You ana@acme.example are not member (talk ML)",
        text: "You are not a member of this mailing list <talk@lists.example>.",
      }),
      OWN,
    );
    expect(read.kind).toBe("bounce");
  });

  it("does not count a delay as a failure", () => {
    const read = readMail(
      mail({
        from: daemon,
        subject: "Delivery Status Notification (Delay)",
        text: "kim@ondra.example\nWill keep trying for 2 days. You do not need to resend.",
      }),
      OWN,
    );
    expect(read).toMatchObject({ kind: "bounce", bounce: { outcome: "delayed" } });
  });

  it("does not take a person who writes about delivery for a bounce", () => {
    expect(
      readMail(
        mail({ subject: "Re: delivery failed", text: "Your parcel could not be delivered, call me.", inReplyTo: ["<o@acme.example>"] }),
        OWN,
      ).kind,
    ).toBe("reply");
  });

  it("reads a complaint", () => {
    const report = part("message/feedback-report", "Feedback-Type: abuse\nOriginal-Rcpt-To: kim@ondra.example\n");
    const read = readMail(
      mail({
        contentType: "multipart/report",
        reportType: "feedback-report",
        parts: [report, part("message/rfc822", "Message-ID: <o@acme.example>\n")],
      }),
      OWN,
    );
    expect(read).toMatchObject({
      kind: "complaint",
      complaint: { feedback: "abuse", recipient: "kim@ondra.example", returnedIds: ["<o@acme.example>"] },
    });
  });

  it.each([
    ["ACCEPTED", "accepted"],
    ["DECLINED", "declined"],
    ["TENTATIVE", "tentative"],
  ])("reads a calendar answer: %s", (status, answer) => {
    const ics = `BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:m1@acme\n .example\nATTENDEE;PARTSTAT=${status}:mailto:nadia@norvale.example\nEND:VEVENT\nEND:VCALENDAR`;
    expect(readMail(mail({ parts: [part("text/calendar", ics)] }), OWN)).toMatchObject({
      kind: "calendar_answer",
      answer: { uid: "m1@acme.example", answer, attendee: "nadia@norvale.example" },
    });
  });
});

it("reads version, time and stamp of a calendar answer, not those of the zones before it", () => {
  const ics = [
    "BEGIN:VCALENDAR",
    "METHOD:COUNTER",
    "BEGIN:VTIMEZONE",
    "DTSTART:16010101T020000Z",
    "END:VTIMEZONE",
    "BEGIN:VEVENT",
    "UID:m1@acme.example",
    "SEQUENCE:2",
    "DTSTAMP:20260302T091500Z",
    "DTSTART;TZID=Europe/Rome:20260305T110000",
    "ATTENDEE;PARTSTAT=TENTATIVE:mailto:nadia@norvale.example",
    "END:VEVENT",
  ].join("\r\n");
  expect(readMail(mail({ parts: [part("text/calendar", ics)] }), OWN)).toMatchObject({
    answer: {
      answer: "counter",
      sequence: 2,
      stampedAt: new Date("2026-03-02T09:15:00Z"),
      startsAt: new Date("2026-03-05T10:00:00Z"),
    },
  });
  const odd = ics.replace("Europe/Rome", "Their Own Zone").replace("SEQUENCE:2", "SEQUENCE:x");
  expect(readMail(mail({ parts: [part("text/calendar", odd)] }), OWN)).toMatchObject({ answer: { sequence: null, startsAt: null } });
});

describe("hardnessOf", () => {
  it.each([
    ["5.1.1", "550 5.1.1 User unknown", "hard"],
    ["5.0.0", "550 The email account that you tried to reach does not exist", "hard"],
    ["5.1.2", "Host or domain name not found", "hard"],
    ["5.1.10", "RESOLVER.ADR.RecipientNotFound", "hard"],
    ["5.2.2", "552 Mailbox is full", "soft"],
    ["5.1.1", "552 5.2.2 Over quota", "soft"],
    ["5.7.1", "550 blocked using spamhaus", "soft"],
    ["5.7.26", "550 unauthenticated mail, SPF and DKIM failed", "soft"],
    ["4.4.1", "connection timed out", "soft"],
    ["5.2.3", "Message size exceeds the limit", "soft"],
    ["4.4.3", "Host not found, try again", "soft"],
  ])("%s %s: %s", (status, words, expected) => {
    expect(hardnessOf(status, words)).toBe(expected);
  });
});
