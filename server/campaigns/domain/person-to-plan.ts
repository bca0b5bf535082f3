import { READING_TIME_MS } from "../constants.ts";
import type { CampaignRules } from "../schema.ts";
import { type DraftState, mayLeave } from "./approval.ts";
import type { PersonToPlan } from "./plan-people.ts";
import { type Holidays, weekendOf } from "./working-days.ts";
import { dayAt, dayInWords, isKnownZone, parseIsoDay } from "./zone-days.ts";

export type PlanFacts = {
  campaignId: string;
  rules: CampaignRules;
  email: string | null;
  /** a stable word of the step, such as its place: dice must not depend on ids */
  stepSeed: string;
  ownerId: string;
  mailboxId: string | null;
  lastSentAt: Date | null;
  notBefore: Date | null;
  awayUntil: string | null;
  zone: string | null;
  zoneSource: string | null;
  country: string | null;
  city: string | null;
  draftState: DraftState | null;
};

const ZONE_SAYS: Record<string, string> = {
  stated: "as they said",
  phone: "from the phone prefix",
  city: "from the city",
  country: "from the country",
  company: "from the company's seat",
  import: "from the file",
};

/** From what the database says about somebody to what the planner needs. `because` explains a postponed mail. */
export function personToPlan(
  facts: PlanFacts,
  around: { now: number; holidays: Holidays; approvedByPeople: number },
  because: { text: string; notBefore: number } | null,
): PersonToPlan {
  const zone = facts.zone && isKnownZone(facts.zone) ? facts.zone : null;
  return {
    campaignId: facts.campaignId,
    rules: facts.rules,
    ownerId: facts.ownerId,
    pinnedMailboxId: facts.lastSentAt ? facts.mailboxId : null,
    notBefore: latest([because && { at: because.notBefore, text: because.text }, afterWait(facts, zone), readingTime(facts, around)]),
    seed: `${facts.email ?? ""}|${facts.stepSeed}`,
    recipient: {
      zone,
      zoneSays: ZONE_SAYS[facts.zoneSource ?? ""] ?? "from what we know",
      place: facts.city,
      weekend: weekendOf(facts.country),
      holidays: around.holidays,
      awayUntil: facts.awayUntil ? parseIsoDay(facts.awayUntil) : null,
    },
  };
}

type Wait = { at: number; text: string };

function afterWait(facts: PlanFacts, zone: string | null): Wait | null {
  if (!facts.notBefore) return null;
  const at = facts.notBefore.getTime();
  return { at, text: `waits until ${dayInWords(dayAt(zone ?? "UTC", at))}` };
}

function readingTime(facts: PlanFacts, around: { now: number; approvedByPeople: number }): Wait | null {
  if (mayLeave(facts.draftState ?? "ready", facts.rules.drafts, around.approvedByPeople)) return null;
  return { at: around.now + READING_TIME_MS, text: "half an hour to read the draft first" };
}

function latest(waits: (Wait | null)[]): Wait | null {
  return waits.reduce((last, wait) => (wait && (!last || wait.at > last.at) ? wait : last), null);
}
