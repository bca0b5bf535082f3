import type { CampaignRow, EmailStepConfig } from "#server/campaigns/schema.ts";
import type { CampaignPerson, PeopleState, SplitCode } from "#server/enrolments/schema.ts";

type Tone = "good" | "attention" | "bad" | "active" | "neutral" | "muted";
export type Said = { tone: Tone; text: string };

const firstName = (name: string | null) => name?.split(" ")[0] ?? "a colleague";

/** The state of a campaign in a word, or the one thing that holds it. */
export function campaignSays(
  row: Pick<CampaignRow, "status" | "stopReason" | "pausedByName" | "leaveToday" | "waitingDrafts" | "waitingMailbox" | "contacted">,
): Said {
  if (row.status === "draft") return { tone: "muted", text: "Draft" };
  if (row.status === "finished") return { tone: "neutral", text: "Finished" };
  if (row.status === "stopped") return { tone: "bad", text: `Stopped itself${row.stopReason ? `: ${row.stopReason}` : ""}` };
  if (row.status === "paused") return { tone: "attention", text: `Paused by ${firstName(row.pausedByName)}` };
  if (row.waitingMailbox > 0 && row.leaveToday === 0) return { tone: "attention", text: "Waiting for a mailbox" };
  if (row.waitingDrafts > 0 && row.leaveToday <= row.waitingDrafts)
    return { tone: "attention", text: `Waiting for ${row.waitingDrafts} ${row.waitingDrafts === 1 ? "draft" : "drafts"}` };
  return { tone: "good", text: row.leaveToday > 0 ? `Running · ${row.leaveToday} today` : "Running" };
}

/** What somebody should look at, in a few words; null when nothing. */
export function campaignProblem(row: CampaignRow): string | null {
  if (row.uncertain > 0) return `${row.uncertain} may have been sent`;
  if (row.waitingMailbox > 0) return row.mailboxProblem ?? "A mailbox cannot send";
  return null;
}

export const peopleStateWords: Record<PeopleState, string> = {
  waiting_approval: "Waiting for approval",
  waiting_hours: "Waiting for hours",
  away: "Away",
  paused: "Paused",
  replied: "Replied",
  finished: "Finished",
  stopped: "Stopped",
  uncertain: "May have been sent",
};

export function personSays(person: CampaignPerson, day: (iso: string) => string): Said {
  switch (person.state) {
    case "waiting_approval":
      return { tone: "attention", text: "Waiting for approval" };
    case "away":
      return { tone: "neutral", text: `Away until ${person.awayUntil ? day(person.awayUntil) : "later"}` };
    case "paused":
      return { tone: "attention", text: person.reason ?? "Paused" };
    case "replied":
      return { tone: "neutral", text: "Replied" };
    case "finished":
      return { tone: "neutral", text: "Finished" };
    case "stopped":
      return person.status === "given_up"
        ? { tone: "bad", text: `Given up: ${lower(person.reason ?? "no address")}` }
        : { tone: "bad", text: `Stopped: ${lower(person.reason ?? "taken out")}` };
    case "uncertain":
      return { tone: "attention", text: "May have been sent" };
    default:
      return { tone: "active", text: person.plannedAt ? "Waiting for hours" : "In campaign" };
  }
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

export const splitWords: Record<SplitCode, (count: number) => string> = {
  will_be_added: () => "will be added",
  no_address: () => "without an address",
  do_not_contact: () => "do not contact",
  customer: (count) => (count === 1 ? "customer" : "customers"),
  already_here: () => "already in this campaign",
  elsewhere: () => "in another campaign",
  was_here: () => "taken out of this campaign before",
  open_deal: () => "with an open deal",
  owned_by_others: () => "owned by others",
  contacted: () => "contacted lately",
  same_company: () => "at a company where somebody is already in a campaign",
};

export const intentWords: Record<EmailStepConfig["intent"], string> = {
  introduce: "First contact",
  remind: "Something new",
  close: "Last mail",
};
export const intentOptions = [
  { value: "introduce" as const, label: "First contact", detail: "why them, why now, what we ask" },
  { value: "remind" as const, label: "Something new", detail: "a fact or claim that was not said yet" },
  { value: "close" as const, label: "Last mail", detail: "asks once more and says that it is the last" },
];
