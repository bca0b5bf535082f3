import { describe, expect, it } from "vitest";
import { type SetupFacts, setupLines } from "./setup-lines.ts";

const nothing: SetupFacts = {
  offerName: null,
  claims: 0,
  hasSignature: false,
  postalAddress: null,
  place: "Lisbon",
  suppressedAddresses: 0,
  suppressedDomains: 0,
  mailboxes: [],
  isReachable: false,
  people: 0,
  scoringVersion: 1,
  hasStartedCampaign: false,
};
const line = (id: string, facts: Partial<SetupFacts>) => setupLines({ ...nothing, ...facts }).find((each) => each.id === id);

describe("setupLines", () => {
  it("has eight lines in a fixed order, none done in an empty workspace", () => {
    const lines = setupLines(nothing);
    expect(lines.map(({ id }) => id)).toEqual([
      "offer",
      "identity",
      "do-not-contact",
      "mailbox",
      "reachable",
      "people",
      "scoring",
      "campaign",
    ]);
    expect(lines.filter(({ state }) => state === "ok")).toEqual([]);
  });

  it("wants proof beside an offer, because mails quote only proof", () => {
    expect(line("offer", { offerName: "Acme Ledger" })).toMatchObject({ state: "failed" });
    expect(line("offer", { offerName: "Acme Ledger", claims: 1 })).toEqual({ id: "offer", state: "ok", detail: "Acme Ledger" });
  });

  it("names the part of the identity that is missing", () => {
    expect(line("identity", { hasSignature: true })?.detail).toBe("The postal address is missing");
    expect(line("identity", { hasSignature: true, postalAddress: "1 Rua" })).toMatchObject({ state: "ok", detail: "Lisbon" });
  });

  it("is content with one ready mailbox, and shows the reason when none is", () => {
    const broken = { status: "cannot_read", error: "Reading fails: IMAP is off" };
    expect(line("mailbox", { mailboxes: [broken] })).toMatchObject({ state: "failed", detail: "Reading fails: IMAP is off" });
    expect(line("mailbox", { mailboxes: [broken, { status: "ready", error: null }] })).toMatchObject({
      state: "ok",
      detail: "1 of 2 ready",
    });
    expect(line("mailbox", { mailboxes: [{ status: "connecting", error: null }] })).toMatchObject({ state: "open" });
  });

  it("counts addresses and domains apart", () => {
    expect(line("do-not-contact", { suppressedAddresses: 2184, suppressedDomains: 96 })?.detail).toBe("2,184 addresses, 96 domains");
    expect(line("do-not-contact", { suppressedDomains: 1 })?.detail).toBe("1 domain");
  });
});
