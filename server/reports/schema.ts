import * as z from "zod";
import { funnelKeys, weekKeys } from "./constants.ts";

export const funnelKey = z.enum(funnelKeys);
export type FunnelKey = z.output<typeof funnelKey>;

export const weekKey = z.enum(weekKeys);
export type WeekKey = z.output<typeof weekKey>;

/** Civil days in the workspace's zone; the end is not included. There is room for the week before and the week after. */
const day = z.iso.date().refine((name) => name >= "1900-01-01" && name <= "9000-01-01", "Choose a day of our time.");
const range = { from: day.optional(), to: day.optional() };
export const reportInput = z.object({ ...range, ownerId: z.uuid().optional() });
export type ReportInput = z.output<typeof reportInput>;

export const funnelOutput = z.object({
  from: z.date().nullable(),
  to: z.date().nullable(),
  /** `kept`: how many of them were also in the stage before; a stage may hold people who were not. */
  stages: z.array(z.object({ key: funnelKey, count: z.number().int(), kept: z.number().int() })),
});

/** Per measure: people or things for counts, cents for the pipeline. */
const weekNumbers = z.record(weekKey, z.number());
export const weekOutput = z.object({
  from: z.date(),
  to: z.date(),
  /** The first and the last day, as civil days. */
  firstOn: z.iso.date(),
  lastOn: z.iso.date(),
  previousOn: z.iso.date(),
  nextOn: z.iso.date(),
  zone: z.string(),
  currency: z.string(),
  now: z.date(),
  total: weekNumbers,
  before: weekNumbers,
  people: z.array(z.object({ userId: z.uuid(), name: z.string(), numbers: weekNumbers, medianAnswerMinutes: z.number().nullable() })),
  oldestUnanswered: z.object({ replyId: z.uuid(), name: z.string(), receivedAt: z.date() }).nullable(),
  risks: z.object({ dealsPastClose: z.number().int(), meetingsWithoutOutcome: z.number().int(), mailboxesInTrouble: z.number().int() }),
  hasEverSent: z.boolean(),
  /** Where the week has no numbers: the Monday of another one, in which a mail last left the mailboxes of those whose numbers these are. */
  lastMailOn: z.iso.date().nullable(),
});
export type WeekReport = z.output<typeof weekOutput>;

export const rowsInput = z.object({
  report: z.enum(["week", "funnel"]),
  measure: z.union([weekKey, funnelKey]),
  ...range,
  ownerId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().max(400).optional(),
});
export type RowsInput = z.output<typeof rowsInput>;

export const reportRow = z.object({
  id: z.uuid(),
  leadId: z.uuid().nullable(),
  dealId: z.uuid().nullable(),
  name: z.string(),
  company: z.string().nullable(),
  grade: z.string().nullable(),
  at: z.date().nullable(),
  ownerName: z.string().nullable(),
  cents: z.number().nullable(),
});
export type ReportRow = z.output<typeof reportRow>;
export const rowsOutput = z.object({
  items: z.array(reportRow),
  total: z.number().int(),
  currency: z.string(),
  nextCursor: z.string().optional(),
});
