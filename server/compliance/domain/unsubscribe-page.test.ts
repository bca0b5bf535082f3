import { describe, expect, it } from "vitest";
import { unsubscribePage } from "./unsubscribe-page.ts";

const view = { workspaceName: "Acme", address: "nadia@norvale.example", companyDomain: "norvale.example", isDone: false };

describe("unsubscribePage", () => {
  it("asks with one button, and needs no script", () => {
    const html = unsubscribePage(view);
    expect(html).toContain("Stop mails from Acme to <bdi>nadia@norvale.example</bdi>?");
    expect(html.match(/<button/g)).toHaveLength(1);
    expect(html).not.toContain("<script");
  });

  it("confirms, and offers to stop the company only where there is one", () => {
    expect(unsubscribePage({ ...view, isDone: true })).toContain('name="scope" value="company"');
    expect(unsubscribePage({ ...view, isDone: true, companyDomain: null })).not.toContain("scope");
  });

  it("shows a hostile name as text", () => {
    expect(unsubscribePage({ ...view, workspaceName: "<script>x</script>" })).not.toContain("<script");
  });

  it("says what to do when the link is broken", () => {
    expect(unsubscribePage(null)).toContain("Answer the mail with “stop”");
    expect(unsubscribePage("unavailable")).toContain("Try again in a moment");
  });
});
