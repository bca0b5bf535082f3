import type { SetupLine } from "../schema.ts";

/** What the workspace holds, counted. */
export type SetupFacts = {
  offerName: string | null;
  claims: number;
  hasSignature: boolean;
  postalAddress: string | null;
  place: string;
  suppressedAddresses: number;
  suppressedDomains: number;
  mailboxes: { status: string; error: string | null }[];
  isReachable: boolean;
  people: number;
  scoringVersion: number;
  hasStartedCampaign: boolean;
};

const COUNT = new Intl.NumberFormat("en-GB");

/** The setup list checks itself: each line is read from what is there, never ticked by hand. Any order; any line may be left for later. */
export function setupLines(facts: SetupFacts): SetupLine[] {
  return [
    offer(facts),
    identity(facts),
    doNotContact(facts),
    mailbox(facts),
    facts.isReachable
      ? { id: "reachable", state: "ok", detail: null }
      : {
          id: "reachable",
          state: "failed",
          detail: "Unsubscribe links need a public https address (APP_URL). Until then people opt out by e-mail",
        },
    facts.people > 0
      ? { id: "people", state: "ok", detail: `${COUNT.format(facts.people)} ${facts.people === 1 ? "person" : "people"}` }
      : { id: "people", state: "open", detail: null },
    facts.scoringVersion > 1
      ? { id: "scoring", state: "ok", detail: `Version ${facts.scoringVersion}` }
      : { id: "scoring", state: "open", detail: "Using the default" },
    { id: "campaign", state: facts.hasStartedCampaign ? "ok" : "open", detail: facts.hasStartedCampaign ? null : "Start with 20 people" },
  ];
}

function offer({ offerName, claims }: SetupFacts): SetupLine {
  if (offerName === null) return { id: "offer", state: "open", detail: null };
  if (claims === 0) return { id: "offer", state: "failed", detail: "No proof may be quoted yet: mails can state nothing about you" };
  return { id: "offer", state: "ok", detail: offerName };
}

function identity({ hasSignature, postalAddress, place }: SetupFacts): SetupLine {
  const missing = [!hasSignature && "signature", !postalAddress && "postal address"].filter(Boolean);
  if (missing.length === 2) return { id: "identity", state: "open", detail: null };
  if (missing.length > 0) {
    return {
      id: "identity",
      state: "failed",
      detail: `The ${missing.join(" and ")} is missing`,
      missing: hasSignature ? "postal-address" : "signature",
    };
  }
  return { id: "identity", state: "ok", detail: place };
}

function doNotContact({ suppressedAddresses, suppressedDomains }: SetupFacts): SetupLine {
  if (suppressedAddresses + suppressedDomains === 0) return { id: "do-not-contact", state: "open", detail: null };
  const parts = [
    suppressedAddresses > 0 && `${COUNT.format(suppressedAddresses)} ${suppressedAddresses === 1 ? "address" : "addresses"}`,
    suppressedDomains > 0 && `${COUNT.format(suppressedDomains)} ${suppressedDomains === 1 ? "domain" : "domains"}`,
  ];
  return { id: "do-not-contact", state: "ok", detail: parts.filter(Boolean).join(", ") };
}

function mailbox({ mailboxes }: SetupFacts): SetupLine {
  if (mailboxes.length === 0) return { id: "mailbox", state: "open", detail: null };
  const broken = mailboxes.find((each) => each.status !== "ready" && each.status !== "connecting");
  if (mailboxes.some((each) => each.status === "ready")) {
    const ready = mailboxes.filter((each) => each.status === "ready").length;
    return { id: "mailbox", state: "ok", detail: `${ready} of ${mailboxes.length} ready` };
  }
  if (!broken) return { id: "mailbox", state: "open", detail: "Being connected" };
  return { id: "mailbox", state: "failed", detail: broken.error ?? "It cannot send and read yet" };
}
