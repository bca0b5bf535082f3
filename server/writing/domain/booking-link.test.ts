import { describe, expect, it } from "vitest";
import { testBrief } from "#server/testing/writing.ts";
import { bookingLine } from "./booking-link.ts";
import { draftPrompt } from "./draft-prompt.ts";
import { writeDraft } from "./embedded-writer/write-draft.ts";
import { verifyContextOf } from "./verify-context.ts";
import { verifyDraft } from "./verify-draft.ts";

const URL = "https://app.acme.com/book/ines?l=0190f0a0-0000-7000-8000-000000000001.c2lnbmF0dXJl";
const brief = testBrief({ bookingUrl: URL });
const check = (text: string) => {
  const source = brief.booking;
  if (!source) throw new Error("the brief has a link");
  return verifyDraft({ subject: "x", sentences: [{ ...bookingLine(source), text }] }, verifyContextOf(brief, [])).removed;
};

describe("the booking link", () => {
  it("stands in the mail by itself, before the closing, and passes the verifier", () => {
    const written = writeDraft(brief);
    expect(written.sentences.at(-2)?.text).toBe(`Or pick a free time here: ${URL}`);
    expect(verifyDraft(written, verifyContextOf(brief, [])).removed).toEqual([]);
    expect(writeDraft(testBrief()).sentences.some((sentence) => sentence.text.includes("http"))).toBe(false);
  });

  it.each([
    ["another person's", URL.replace("0001.", "0002.")],
    ["another page of that host", "https://app.acme.com/settings"],
    ["the same path on another host", URL.replace("app.acme.com", "app.acme.evil.test")],
    ["more behind it", `${URL}x`],
  ])("is refused as %s", (_, url) => {
    expect(check(`Or pick a free time here: ${url}`)).toMatchObject([
      { reason: expect.stringContaining("is not a link that may be used") },
    ]);
  });

  it("is accepted as it is", () => {
    expect(check(`Or pick a free time here: ${URL}`)).toEqual([]);
  });

  it("is never shown to a model", () => {
    const prompt = draftPrompt(brief, null);
    expect(prompt.user).not.toContain("/book/");
  });
});
