import * as z from "zod";
import { dealStates, stageKinds } from "./constants.ts";

export const stageKind = z.enum(stageKinds);

export const stage = z.object({ id: z.uuid(), name: z.string(), kind: stageKind, position: z.number().int() });
export type Stage = z.output<typeof stage>;
export const pipeline = z.object({ id: z.uuid(), name: z.string(), currency: z.string(), stages: z.array(stage) });
export const pipelineList = z.object({ items: z.array(pipeline) });

const civilDate = z.iso.date();
/** Cents, so that sums are exact. Up to nine hundred billion. */
const amountCents = z.number().int("Amounts have at most two decimals.").min(0, "An amount is not negative.").max(90_000_000_000_000);

export const dealRow = z.object({
  id: z.uuid(),
  title: z.string(),
  pipelineId: z.uuid(),
  stageId: z.uuid(),
  stageName: z.string(),
  stageKind,
  stageSince: z.date(),
  amountCents: z.number().int().nullable(),
  currency: z.string(),
  closeOn: civilDate.nullable(),
  nextStep: z.string().nullable(),
  nextOn: civilDate.nullable(),
  acceptedAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  closeReason: z.string().nullable(),
  ownerId: z.uuid(),
  ownerName: z.string(),
  sourcedById: z.uuid().nullable(),
  sourcedByName: z.string().nullable(),
  leadId: z.uuid().nullable(),
  leadName: z.string().nullable(),
  accountId: z.uuid().nullable(),
  company: z.string().nullable(),
  campaignId: z.uuid().nullable(),
  createdAt: z.date(),
});
export type DealRow = z.output<typeof dealRow>;

export const dealFilter = z.object({
  state: z.enum(dealStates).default("open"),
  ownerId: z.uuid().optional(),
  pipelineId: z.uuid().optional(),
  stageId: z.uuid().optional(),
  leadId: z.uuid().optional(),
  search: z.string().trim().max(200).optional(),
});
export type DealFilter = z.output<typeof dealFilter>;

export const listDealsInput = dealFilter.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).optional(),
});
export const listDealsOutput = z.object({ items: z.array(dealRow), nextCursor: z.string().optional() });

export const boardColumn = stage.extend({
  count: z.number().int(),
  /** Only accepted deals; a booked meeting carries no pipeline value. */
  sumCents: z.number().int(),
  deals: z.array(dealRow),
});
export const dealBoard = z.object({
  pipelineId: z.uuid(),
  currency: z.string(),
  now: z.date(),
  columns: z.array(boardColumn),
});
export type DealBoard = z.output<typeof dealBoard>;

export const stageChange = z.object({
  at: z.date(),
  fromStage: z.string().nullable(),
  toStage: z.string(),
  byName: z.string().nullable(),
});
export const dealMeeting = z.object({
  id: z.uuid(),
  title: z.string(),
  startsAt: z.date(),
  state: z.string(),
  outcome: z.string().nullable(),
});
export const dealView = dealRow.extend({ history: z.array(stageChange), meetings: z.array(dealMeeting), stages: z.array(stage) });

export const createDealInput = z.object({
  title: z.string().trim().min(1, "Name the deal.").max(200),
  leadId: z.uuid().optional(),
  accountId: z.uuid().optional(),
  stageId: z.uuid().optional(),
  amountCents: amountCents.nullish(),
  closeOn: civilDate.nullish(),
  nextStep: z.string().trim().max(300).nullish(),
  nextOn: civilDate.nullish(),
  ownerId: z.uuid().optional(),
});
export type CreateDeal = z.output<typeof createDealInput>;

export const changeDealInput = z.object({
  id: z.uuid(),
  title: z.string().trim().min(1, "Name the deal.").max(200).optional(),
  stageId: z.uuid().optional(),
  /** The stage that the mover saw: a move of a card that a colleague moved meanwhile is refused. */
  fromStageId: z.uuid().optional(),
  /** Asked once, when a deal is won or lost. */
  reason: z.string().trim().max(300).optional(),
  amountCents: amountCents.nullish(),
  closeOn: civilDate.nullish(),
  nextStep: z.string().trim().max(300).nullish(),
  nextOn: civilDate.nullish(),
  ownerId: z.uuid().optional(),
});
export type ChangeDeal = z.output<typeof changeDealInput>;
