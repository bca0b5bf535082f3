import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainMailProblem } from "./explain-mail-problem.ts";
import { guessServers } from "./guess-servers.ts";
import { paceInWords, paceOn, rampStart } from "./pace.ts";

describe("paceOn", () => {
  const fresh = { dailyCap: 40, rampFrom: "2026-03-04" };

  it.each([
    ["2026-03-04", 10],
    ["2026-03-10", 10],
    ["2026-03-11", 15],
    ["2026-04-14", 35],
    ["2026-04-15", 40],
    ["2027-01-01", 40],
  ])("on %s: %i", (day, cap) => {
    expect(paceOn(day, fresh).cap).toBe(cap);
  });

  it("says which week it is and what comes", () => {
    expect(paceInWords(paceOn("2026-03-12", fresh))).toBe("week 2: 15 → 20 Wed");
    expect(paceInWords(paceOn("2026-03-10", { ...fresh, rampFrom: null }))).toBe("at full pace");
    expect(paceOn("2026-03-12", fresh).buildingUp?.nextOn).toBe("2026-03-18");
  });

  it("never falls, never passes the cap, never starts above it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 400 }), (dailyCap, offset) => {
        const day = (days: number) => new Date(Date.parse("2026-03-04T00:00:00Z") + days * 86_400_000).toISOString().slice(0, 10);
        const mailbox = { dailyCap, rampFrom: "2026-03-04" };
        const [today, tomorrow] = [paceOn(day(offset), mailbox).cap, paceOn(day(offset + 1), mailbox).cap];
        expect(today).toBeLessThanOrEqual(tomorrow);
        expect(tomorrow).toBeLessThanOrEqual(dailyCap);
      }),
    );
  });
});

describe("rampStart", () => {
  it.each([
    ["2026-03-02", "2026-03-02"],
    ["2026-03-04", "2026-03-02"],
    ["2026-03-05", "2026-03-09"],
    ["2026-03-08", "2026-03-09"],
  ])("connected on %s it is counted from Monday %s", (day, monday) => {
    expect(rampStart(day)).toBe(monday);
  });

  it("starts with 10 before that Monday too", () => {
    expect(paceOn("2026-03-06", { dailyCap: 40, rampFrom: rampStart("2026-03-06") })).toEqual({
      cap: 10,
      buildingUp: { week: 1, next: 15, nextOn: "2026-03-16" },
    });
  });
});

describe("guessServers", () => {
  it.each([
    ["ana@gmail.com", [], "Google", "smtp.gmail.com", 465, "tls"],
    ["ana@acme.example", ["aspmx.l.google.com."], "Google", "smtp.gmail.com", 465, "tls"],
    ["ana@acme.example", ["acme-example.mail.protection.outlook.com"], "Microsoft", "smtp.office365.com", 587, "starttls"],
    ["ana@acme.example", ["mx.acme.example"], null, "smtp.acme.example", 465, "tls"],
    ["ana@notgoogle.com", ["mx.evilgoogle.com"], null, "smtp.notgoogle.com", 465, "tls"],
  ])("%s with %j", (address, mx, provider, host, port, security) => {
    expect(guessServers(address, mx)).toMatchObject({ provider, smtp: { host, port, security, user: address } });
  });
});

describe("explainMailProblem", () => {
  it("has the exact sentence for Google and Microsoft", () => {
    expect(explainMailProblem({ code: "app-password-needed", host: "smtp.gmail.com", said: "" }, "send").sentence).toBe(
      "Google refused the password. Accounts with two-step sign-in need an app password.",
    );
    expect(explainMailProblem({ code: "basic-auth-off", host: "smtp.office365.com", said: "" }, "send").sentence).toBe(
      "Microsoft refused password sign-in for sending. It is off for this organisation.",
    );
    expect(explainMailProblem({ code: "imap-off", host: "imap.gmail.com", said: "" }, "read").sentence).toBe("Reading fails: IMAP is off.");
  });
});
