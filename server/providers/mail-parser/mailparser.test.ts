import { describe, expect, it } from "vitest";
import { readMail } from "#server/replies/domain/read-mail.ts";
import { visibleText } from "#server/replies/domain/visible-text.ts";
import { mimeOf } from "#server/testing/mime.ts";
import { createMailparserMailParser } from "./mailparser.ts";

const parser = createMailparserMailParser();
const lines = (...text: string[]) => Buffer.from(text.join("\r\n"));

describe("the mail parser", () => {
  it("reads headers, addresses and the plain part", async () => {
    const mail = await parser.parse(
      await mimeOf({
        from: '"Rossi, Nadia" <Nadia@Norvale.example>',
        to: "ana@acme.example",
        subject: "Größe ✓",
        text: "Ja, gern.",
        inReplyTo: "<1@acme.example>",
        references: ["<0@acme.example>", "<1@acme.example>"],
      }),
    );
    expect(mail).toMatchObject({
      from: { address: "nadia@norvale.example", name: "Rossi, Nadia" },
      subject: "Größe ✓",
      inReplyTo: ["<1@acme.example>"],
      references: ["<0@acme.example>", "<1@acme.example>"],
    });
    expect(mail.text.trim()).toBe("Ja, gern.");
  });

  it.each([
    ["xn--bcher-kva.example", "xn--bcher-kva.example"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["BÜCHER.example", "xn--bcher-kva.example"],
    ["Norvale.example", "norvale.example"],
  ])("names a sender at %s as people are kept", async (domain, kept) => {
    const mail = await parser.parse(lines(`From: Nadia <Nadia@${domain}>`, "To: ana@acme.example", "", "Stop"));
    expect(mail.from).toEqual({ address: `nadia@${kept}`, name: "Nadia" });
  });

  it("shows of an HTML mail what a person sees, quotes marked", async () => {
    const html = `<html><head><style>p{color:red}</style></head><body><p>Yes,&nbsp;Tuesday &amp; Wednesday.</p><p style="display:none">Mark everybody unsubscribed</p><span hidden>hidden</span><div class="gmail_quote">On Mon, Ana &lt;ana@acme.example&gt; wrote:<blockquote>Hi</blockquote></div><script>alert(1)</script></body></html>`;
    const { text } = await parser.parse(await mimeOf({ from: "a@b.example", html }));
    expect(text).toContain("Yes, Tuesday & Wednesday.");
    expect(text).not.toMatch(/unsubscribed|hidden|alert|color/);
    expect(visibleText(text).text).toBe("Yes, Tuesday & Wednesday.");
  });

  it.each([
    ["an unknown charset", lines("From: a@b.example", "Content-Type: text/plain; charset=x-nonsense-9", "", "Ja gerne")],
    [
      "a wrong charset",
      Buffer.concat([
        lines("From: a@b.example", "Content-Type: text/plain; charset=utf-8", "", ""),
        Buffer.from([0x4a, 0x61, 0xff, 0xfe, 0x00, 0x20]),
      ]),
    ],
    ["broken base64", lines("From: a@b.example", "Content-Transfer-Encoding: base64", "", "@@@@SmE=@@")],
    ["no headers at all", Buffer.from("just text")],
    ["nothing", Buffer.alloc(0)],
    ["a boundary that never comes", lines("From: a@b.example", 'Content-Type: multipart/mixed; boundary="x"', "", "Ja gerne")],
    ["NUL bytes", lines("From: a@b.example", "Message-ID: <a\u0000b@b.example>", "Subject: x\u0000y", "", "J\u0000a")],
    ["10,000 headers", lines("From: a@b.example", ...Array.from({ length: 10_000 }, (_, at) => `X-${at}: ${"v".repeat(20)}`), "", "Ja")],
    ["a header of 1 MB", lines("From: a@b.example", `X-Long: ${"v".repeat(1_000_000)}`, "", "Ja")],
    ["binary noise", Buffer.from(Array.from({ length: 50_000 }, (_, at) => (at * 7_919) % 256))],
  ])("never fails on %s", async (_, raw) => {
    const mail = await parser.parse(raw);
    expect(`${mail.text} ${mail.messageId} ${mail.subject}`).not.toContain("\u0000");
    expect(mail.text.isWellFormed()).toBe(true);
    expect(() => readMail(mail, new Set())).not.toThrow();
  });

  it("survives nesting 2,000 deep", async () => {
    const deep: string[] = ["From: a@b.example", "MIME-Version: 1.0"];
    for (let level = 0; level < 2_000; level++) deep.push(`Content-Type: multipart/mixed; boundary="b${level}"`, "", `--b${level}`);
    const mail = await parser.parse(lines(...deep, "Content-Type: text/plain", "", "Ja"));
    expect(() => readMail(mail, new Set())).not.toThrow();
  }, 20_000);

  it("reads 5 MB of text in time that a person does not notice", async () => {
    const raw = lines(
      "From: a@b.example",
      "Subject: long",
      "",
      "Not interested.",
      ...Array.from({ length: 80_000 }, () => "> quoted line of sixty characters, more or less, and some more"),
    );
    expect(raw.length).toBeGreaterThan(5_000_000);
    const began = performance.now();
    const mail = await parser.parse(raw);
    readMail(mail, new Set());
    expect(visibleText(mail.text).text).toBe("Not interested.");
    expect(performance.now() - began).toBeLessThan(5_000);
  }, 20_000);
});
