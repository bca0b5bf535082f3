import type { HeldReason } from "#server/enrolments/schema.ts";
import type { SendWindow } from "../schema.ts";
import { type Plan, type PlanInput, planSend } from "./plan-send.ts";
import { NO_HOLIDAYS } from "./working-days.ts";
import { cityOfZone, clockInWords, dayAt, dayInWords } from "./zone-days.ts";

export type Explanation = {
  plan: Plan;
  /** one sentence */
  summary: string;
  reasons: HeldReason[];
  /** the one change that helps most, when one helps by an hour or more */
  change: { text: string; at: number } | null;
};

const WORTH_MS = 3_600_000;

/** Why not now, and what would help most: the plan is made again with each limit loosened in turn, and the earliest wins. */
export function explainNotNow(input: PlanInput, bookedAt: number | null = null): Explanation {
  const fresh = planSend(input);
  // What is booked stays booked, even where a gap has opened meanwhile.
  const plan: Plan = fresh.kind === "never" || bookedAt === null ? fresh : { ...fresh, kind: "exact", at: bookedAt };
  const at = plan.kind === "never" ? Number.POSITIVE_INFINITY : plan.at;
  let best: { text: string; at: number } | null = null;
  for (const change of loosened(input)) {
    const other = planSend(change.input);
    if (other.kind === "never" || other.at > at - WORTH_MS) continue;
    if (best === null || other.at < best.at)
      best = { text: `${change.text} would send this ${momentInWords(input.recipient.zone, other.at)}`, at: other.at };
  }
  return { plan, summary: summaryOf(plan, input), reasons: plan.reasons, change: best };
}

function summaryOf(plan: Plan, input: PlanInput): string {
  const first = plan.reasons.find((reason) => reason.code !== "left");
  const why = first ? `: ${first.text}` : "";
  if (plan.kind === "never") return `No day within a year fits${why}.`;
  if (plan.at <= input.now + 60_000) return "Nothing holds this: it leaves now.";
  const word = plan.kind === "exact" ? "Next" : "Not before";
  const moment = `${momentInWords(input.recipient.zone, plan.at)}, ${cityOfZone(input.recipient.zone)}`;
  return first ? `Not now${why}. ${word}: ${moment}.` : `${word}: ${moment}.`;
}

/** "Tue 3 Mar 09:12" on the recipient's wall. */
function momentInWords(zone: string, at: number): string {
  return `${dayInWords(dayAt(zone, at))} ${clockInWords(zone, at)}`;
}

/** Only what people of the workspace can change: not the person's holiday from work, nor the clock. */
function loosened(input: PlanInput): { text: string; input: PlanInput }[] {
  const { window, mailbox } = input;
  const wide = (of: SendWindow, from: string, to: string): SendWindow => ({
    ...of,
    from: of.from < from ? of.from : from,
    to: of.to > to ? of.to : to,
  });
  const changes: { text: string; input: PlanInput }[] = [
    {
      text: "Widening hours to 20:00",
      input: {
        ...input,
        window: wide(window, window.from, "20:00"),
        mailbox: { ...mailbox, window: wide(mailbox.window, mailbox.window.from, "20:00") },
      },
    },
    {
      text: "Beginning at 07:00",
      input: {
        ...input,
        window: wide(window, "07:00", window.to),
        mailbox: { ...mailbox, window: wide(mailbox.window, "07:00", mailbox.window.to) },
      },
    },
    {
      text: `Longer hours of ${mailbox.label}`,
      input: { ...input, mailbox: { ...mailbox, window: { days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "23:59" } } },
    },
    {
      text: "Sending at weekends",
      input: {
        ...input,
        window: { ...window, days: [1, 2, 3, 4, 5, 6, 7] },
        recipient: { ...input.recipient, weekend: [] },
        mailbox: { ...mailbox, window: { ...mailbox.window, days: [1, 2, 3, 4, 5, 6, 7] } },
      },
    },
    {
      text: "Sending on public holidays",
      input: { ...input, skipHolidays: false, recipient: { ...input.recipient, holidays: NO_HOLIDAYS } },
    },
    {
      text: `Another mailbox beside ${mailbox.label}`,
      input: { ...input, mailbox: { ...mailbox, slots: [], away: null }, caps: input.caps.slice(1) },
    },
  ];
  const campaignCap = input.caps[1];
  if (campaignCap) changes.push({ text: "A higher daily limit of this campaign", input: { ...input, caps: input.caps.slice(0, 1) } });
  return changes;
}
