import fc from "fast-check";
import MailComposer from "nodemailer/lib/mail-composer";
import { expect, test } from "vitest";
import { composeMime } from "./compose-mime.ts";
import type { MailAccount, OutgoingMail } from "./port.ts";

const account: MailAccount = { mailboxId: "m", address: "ana@acme.example", displayName: "Ana Müller", server: null };
const date = new Date("2026-03-02T09:00:00Z");
const mailOf = (text: string): OutgoingMail => ({
  to: "nadia@norvale.example",
  subject: "Größe, closing books",
  text,
  html: null,
  calendar: null,
  messageId: "<1@acme.example>",
  inReplyTo: null,
  references: [],
  unsubscribe: null,
  isAutomatic: false,
  date,
});

const word = fc.oneof(
  fc.lorem({ maxCount: 30 }),
  fc.string(),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("\n", "\r\n", " \n", ".\n", "=", "\t\n", "Привет ", "日本語"),
);
const texts = fc.array(word, { maxLength: 12 }).map((words) => words.join(""));

test("a mail of one text is, byte for byte, what nodemailer makes of it through its streams", async () => {
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const streamed = await new MailComposer({
        from: { name: account.displayName, address: account.address },
        to: "nadia@norvale.example",
        subject: "Größe, closing books",
        date,
        messageId: "<1@acme.example>",
        text: text.replace(/\r\n?|\n/g, "\r\n"),
        newline: "\r\n",
      })
        .compile()
        .build();
      expect((await composeMime(account, mailOf(text))).toString()).toBe(streamed.toString());
    }),
    { numRuns: 300 },
  );
});
