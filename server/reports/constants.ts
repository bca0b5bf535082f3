import type { FunnelKey, WeekKey } from "./schema.ts";

export const funnelKeys = ["imported", "enriched", "qualified", "contacted", "replied", "interested", "meeting", "deal", "won"] as const;

export const weekKeys = ["contacted", "replies", "positive", "booked", "held", "noShow", "accepted", "pipeline"] as const;

/**
 * What every number counts, in one place. Week counts by when something happened; the funnel counts people by when they were added,
 * and how far they have come since. No page mixes the two.
 */
export type Measure = {
  label: string;
  /** The sentence under the column's head. */
  counts: string;
  /** people: distinct persons · things: meetings or deals · money: cents */
  unit: "people" | "meetings" | "deals" | "money";
};

export const weekMeasures: Record<WeekKey, Measure> = {
  pipeline: { label: "New pipeline", counts: "Amounts of the deals that were accepted in this week.", unit: "money" },
  booked: { label: "Meetings booked", counts: "Meetings booked in this week and not cancelled since, by their host.", unit: "meetings" },
  held: { label: "Held", counts: "Meetings of this week that took place, by their host.", unit: "meetings" },
  noShow: { label: "No-show", counts: "Meetings of this week to which nobody came, by their host.", unit: "meetings" },
  accepted: {
    label: "Accepted",
    counts: "Deals accepted in this week: a held meeting that was worth it, or opened by hand.",
    unit: "deals",
  },
  positive: { label: "Positive replies", counts: "People whose answer in this week was interested.", unit: "people" },
  replies: {
    label: "Human replies",
    counts: "People who answered in this week. Automatic answers, absences and bounces are not answers.",
    unit: "people",
  },
  contacted: {
    label: "People contacted",
    counts: "People to whom a campaign mail left in this week, by whose mailbox it left from.",
    unit: "people",
  },
};

export const funnelMeasures: Record<FunnelKey, Measure> = {
  imported: { label: "Imported", counts: "People added in this time, by file, by hand or otherwise.", unit: "people" },
  enriched: {
    label: "Looked up",
    counts: "Of the people added, those about whom more is known than was given: seniority, function or time zone.",
    unit: "people",
  },
  qualified: { label: "Qualified", counts: "Of the people added, those whose grade is A or B.", unit: "people" },
  contacted: { label: "Contacted", counts: "Of the people added, those to whom at least one campaign mail was sent.", unit: "people" },
  replied: {
    label: "Replied",
    counts: "Of the people added, those with a human reply. Automatic answers, absences and bounces are none.",
    unit: "people",
  },
  interested: { label: "Interested", counts: "Of the people added, those who answered with interest or booked a meeting.", unit: "people" },
  meeting: { label: "Meeting", counts: "Of the people added, those with a meeting that was not cancelled.", unit: "people" },
  deal: { label: "Deal", counts: "Of the people added, those with a deal that was accepted.", unit: "people" },
  won: { label: "Won", counts: "Of the people added, those with a won deal.", unit: "people" },
};

/** Below this many people a share is shown as "3 of 11". */
export const FEW_PEOPLE = 30;
