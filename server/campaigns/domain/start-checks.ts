import type { CampaignStep, StartCheck } from "../schema.ts";
import { mailboxProblem, type SendingMailbox } from "./choose-mailbox.ts";
import { faultsOfSteps } from "./next-step.ts";

export type StartFacts = {
  now: number;
  campaignId: string;
  steps: CampaignStep[];
  people: number;
  offer: { name: string; missing: string[] } | null;
  /** the mailboxes that the sender rule allows for these people */
  mailboxes: SendingMailbox[];
  /** lead owners without a mailbox, when the owner sends */
  ownersWithoutMailbox: string[];
  hasPublicAddress: boolean;
  postalAddress: string | null;
};

/** Everything that must be right before the first mail leaves; each with the one thing that fixes it. */
export function startChecks(facts: StartFacts): StartCheck[] {
  return [
    offerCheck(facts),
    stepsCheck(facts),
    peopleCheck(facts),
    mailboxCheck(facts),
    readingCheck(facts),
    optOutCheck(facts),
    addressCheck(facts),
  ];
}

function offerCheck({ offer }: StartFacts): StartCheck {
  const ok = offer !== null && offer.missing.length === 0;
  return check(
    "offer",
    ok,
    ok ? "The offer is complete" : "The offer is not complete",
    offer ? (offer.missing[0] ?? offer.name) : "Say what you sell.",
    ok ? null : "/settings/offer",
  );
}

function stepsCheck({ steps, campaignId }: StartFacts): StartCheck {
  const faults = faultsOfSteps(steps);
  const mails = steps.filter((step) => step.kind === "email").length;
  return check(
    "steps",
    faults.length === 0,
    faults.length === 0 ? "The steps are complete" : "The steps are not complete",
    faults[0] ?? `${mails} ${mails === 1 ? "mail" : "mails"}`,
    faults.length === 0 ? null : `/campaigns/${campaignId}/steps`,
  );
}

function peopleCheck({ people, campaignId }: StartFacts): StartCheck {
  return check(
    "people",
    people > 0,
    people > 0 ? "People are in it" : "Nobody is in it yet",
    people > 0 ? `${people} ${people === 1 ? "person" : "people"}` : "Add people to this campaign.",
    people > 0 ? null : `/campaigns/${campaignId}/people`,
  );
}

function mailboxCheck({ mailboxes, ownersWithoutMailbox, now }: StartFacts): StartCheck {
  const usable = mailboxes.filter((mailbox) => mailboxProblem(mailbox, { isFollowUp: false, now }) === null);
  const [first, owner] = [mailboxes[0], ownersWithoutMailbox[0]];
  if (usable.length === 0) {
    const why = first ? mailboxProblem(first, { isFollowUp: false, now }) : "No mailbox is connected that this campaign may use.";
    return check("mailbox", false, "No mailbox can send", why, "/mailboxes");
  }
  if (owner) {
    const others = ownersWithoutMailbox.length - 1;
    return check(
      "mailbox",
      false,
      "Some people's owners have no mailbox",
      `${owner}${others > 0 ? ` and ${others} more` : ""}. Connect one, or choose other senders under Rules.`,
      "/mailboxes",
    );
  }
  return check(
    "mailbox",
    true,
    "A mailbox can send",
    usable
      .map((mailbox) => mailbox.label)
      .slice(0, 3)
      .join(", "),
    null,
  );
}

function readingCheck({ mailboxes, steps, now }: StartFacts): StartCheck {
  if (steps.filter((step) => step.kind === "email").length < 2)
    return check("reading", true, "No follow-ups, so replies need not be read first", null, null);
  const reads = mailboxes.some((mailbox) => mailboxProblem(mailbox, { isFollowUp: true, now }) === null);
  const first = mailboxes[0];
  const why = reads
    ? null
    : first
      ? mailboxProblem(first, { isFollowUp: true, now })
      : "A campaign with follow-ups needs a mailbox whose replies are read.";
  return check("reading", reads, reads ? "Replies are read" : "Replies cannot be read", why, reads ? null : "/mailboxes");
}

function optOutCheck({ hasPublicAddress, mailboxes }: StartFacts): StartCheck {
  if (hasPublicAddress) return check("opt_out", true, "People can opt out", "By link and by answering.", null);
  const byMail = mailboxes.some((mailbox) => mailbox.kind === "sandbox" || mailbox.status === "ready");
  const detail = byMail
    ? 'By answering "stop" or by e-mail. Links need an address that is reachable from outside.'
    : "Without a link or a mailbox that reads, nobody can opt out.";
  return check("opt_out", byMail, byMail ? "People can opt out" : "People cannot opt out", detail, byMail ? null : "/mailboxes");
}

function addressCheck({ postalAddress }: StartFacts): StartCheck {
  const ok = Boolean(postalAddress?.trim());
  return check(
    "address",
    ok,
    ok ? "Your postal address is in every mail" : "The postal address is missing",
    ok ? null : "Law asks for it in every mail of this kind.",
    ok ? null : "/settings/offer",
  );
}

function check(id: StartCheck["id"], ok: boolean, title: string, detail: string | null, href: string | null): StartCheck {
  return { id, ok, title, detail, href };
}
