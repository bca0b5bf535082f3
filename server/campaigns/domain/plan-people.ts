import type { HeldReason } from "#server/enrolments/schema.ts";
import type { CampaignRules } from "../schema.ts";
import { chooseMailboxes, type SendingMailbox } from "./choose-mailbox.ts";
import { mailboxCapOn } from "./daily-cap.ts";
import { type DayCap, lowerBound, type Plan, type PlanInput, type PlanRecipient, planSend } from "./plan-send.ts";
import { seededBelow } from "./seeded.ts";

/** Everything that plans compete for: read under the planning lock, changed here as people are planned. */
export type PlanBoard = {
  now: number;
  mailboxes: SendingMailbox[];
  /** mailbox → booked instants, ascending */
  slots: Map<string, number[]>;
  /** "mailbox:<id>:<day>" or "campaign:<id>:<day>" → used */
  used: Map<string, number>;
};

export type PersonToPlan = {
  campaignId: string;
  rules: CampaignRules;
  ownerId: string;
  pinnedMailboxId: string | null;
  notBefore: PlanInput["notBefore"];
  seed: string;
  /** without a zone of their own, people are mailed on the sender's clock */
  recipient: Omit<PlanRecipient, "zone" | "zoneSays"> & { zone: string | null; zoneSays: string };
};

export type Planned = { plan: Exclude<Plan, { kind: "never" }>; mailbox: SendingMailbox } | { plan: null; held: HeldReason[] };

/** Plans one person on the board and takes the place, so that the next person gets another one. */
export function planPerson(board: PlanBoard, person: PersonToPlan): Planned {
  const { candidates, problem, isMissing } = chooseMailboxes(board.mailboxes, person.rules.sender, { ...person, now: board.now });
  let best: { plan: Exclude<Plan, { kind: "never" }>; mailbox: SendingMailbox } | null = null;
  let never: HeldReason[] = [];
  for (const mailbox of byDice(candidates, person.seed)) {
    const plan = planSend(planInputOf(board, person, mailbox));
    if (plan.kind === "never") never = plan.reasons;
    else if (best === null || plan.at < best.plan.at) best = { plan, mailbox };
  }
  if (!best) return { plan: null, held: problem ? [{ code: isMissing ? "no_mailbox" : "mailbox", text: problem, until: null }] : never };
  take(board, person, best.mailbox.id, best.plan);
  return best;
}

export function planInputOf(board: PlanBoard, person: PersonToPlan, mailbox: SendingMailbox): PlanInput {
  const { zone, zoneSays, ...recipient } = person.recipient;
  return {
    now: board.now,
    notBefore: person.notBefore,
    seed: person.seed,
    recipient:
      zone === null ? { ...recipient, zone: mailbox.zone, zoneSays: "our zone, theirs is not known" } : { ...recipient, zone, zoneSays },
    window: person.rules.window,
    skipHolidays: person.rules.skipHolidays,
    mailbox: { ...mailbox, slots: board.slots.get(mailbox.id) ?? [] },
    caps: capsOf(board, person, mailbox),
  };
}

function capsOf(board: PlanBoard, person: PersonToPlan, mailbox: SendingMailbox): DayCap[] {
  const caps: DayCap[] = [
    {
      label: mailbox.label,
      capOn: (day) => mailboxCapOn(mailbox, day),
      usedOn: (day) => board.used.get(`mailbox:${mailbox.id}:${day}`) ?? 0,
    },
  ];
  const { dailyCap } = person.rules;
  if (dailyCap !== null) {
    caps.push({
      label: "this campaign",
      capOn: () => dailyCap,
      usedOn: (day) => board.used.get(`campaign:${person.campaignId}:${day}`) ?? 0,
    });
  }
  return caps;
}

function take(board: PlanBoard, person: PersonToPlan, mailboxId: string, plan: { at: number; budgetDay: number }): void {
  const slots = board.slots.get(mailboxId) ?? [];
  slots.splice(lowerBound(slots, plan.at), 0, plan.at);
  board.slots.set(mailboxId, slots);
  for (const key of [`mailbox:${mailboxId}:${plan.budgetDay}`, `campaign:${person.campaignId}:${plan.budgetDay}`]) {
    board.used.set(key, (board.used.get(key) ?? 0) + 1);
  }
}

/** Ties go to a mailbox picked by stable dice, so that a pool shares the load. */
function byDice(mailboxes: readonly SendingMailbox[], seed: string): SendingMailbox[] {
  if (mailboxes.length < 2) return [...mailboxes];
  const sorted = [...mailboxes].sort((a, b) => (a.label < b.label ? -1 : 1));
  const start = seededBelow(`${seed}|mailbox`, sorted.length);
  return [...sorted.slice(start), ...sorted.slice(0, start)];
}
