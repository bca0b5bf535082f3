// Isomorphic: forms, routers and jobs.
import * as z from "zod";
import { heldReasons } from "#server/enrolments/schema.ts";
import { campaignStatuses } from "./constants.ts";

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Give a time such as 09:00");

/** Days 1 (Monday) to 7 (Sunday) and wall-clock hours of the person who receives. */
export const sendWindow = z
  .object({ days: z.array(z.number().int().min(1).max(7)).min(1, "Choose at least one day").max(7), from: clockTime, to: clockTime })
  .refine((window) => window.from < window.to, { message: "The day must end after it begins", path: ["to"] });
export type SendWindow = z.infer<typeof sendWindow>;

const campaignSender = z.discriminatedUnion("mode", [
  /** the mailbox of the lead's owner */
  z.object({ mode: z.literal("owner") }),
  z.object({ mode: z.literal("mailboxes"), mailboxIds: z.array(z.uuid()).min(1, "Choose at least one mailbox").max(50) }),
  /** every mailbox of the workspace that can send */
  z.object({ mode: z.literal("pool") }),
]);
export type CampaignSender = z.infer<typeof campaignSender>;

const draftModes = ["review_each", "review_first", "send_passing"] as const;
const draftMode = z.enum(draftModes);

export const campaignRules = z.object({
  sender: campaignSender.default({ mode: "owner" }),
  window: sendWindow.default({ days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" }),
  skipHolidays: z.boolean().default(true),
  /** mails of this campaign a day, over all mailboxes; null: only the mailboxes limit it */
  dailyCap: z.number().int().min(1).max(10_000).nullable().default(null),
  leaveOut: z
    .object({
      contactedWithinDays: z.number().int().min(1).max(3650).nullable().default(90),
      openDeal: z.boolean().default(true),
      customers: z.boolean().default(true),
      ownedByOthers: z.boolean().default(true),
    })
    .default({ contactedWithinDays: 90, openDeal: true, customers: true, ownedByOthers: true }),
  oneCompanyAtATime: z.boolean().default(false),
  pauseColleagues: z.boolean().default(true),
  drafts: z
    .object({ mode: draftMode.default("review_first"), first: z.number().int().min(1).max(500).default(20) })
    .default({ mode: "review_first", first: 20 }),
});
export type CampaignRules = z.infer<typeof campaignRules>;

const emailIntents = ["introduce", "remind", "close"] as const;
/** What a mail is for; the writer finds the words. */
const emailStepConfig = z.object({
  /** a new thread with its own subject, or an answer in the same thread */
  thread: z.enum(["new", "same"]).default("new"),
  intent: z.enum(emailIntents).default("introduce"),
  /** what this mail should say, in a person's words; may be empty */
  instruction: z.string().trim().max(2000).default(""),
  /** a subject to use as it is; null: the writer finds one */
  subject: z.string().trim().min(1).max(120).nullable().default(null),
  /** the reader's own link to the sender's booking page, where mails may carry links of ours */
  bookingLink: z.boolean().optional(),
});
export type EmailStepConfig = z.infer<typeof emailStepConfig>;

/** Working days of the person who receives. */
const waitStepConfig = z.object({ workingDays: z.number().int().min(1, "Wait at least one working day").max(60) });

export const stepInput = z.discriminatedUnion("kind", [
  z.object({ id: z.uuid().optional(), kind: z.literal("email"), config: emailStepConfig }),
  z.object({ id: z.uuid().optional(), kind: z.literal("wait"), config: waitStepConfig }),
]);
export type StepInput = z.output<typeof stepInput>;

export const campaignStep = z.discriminatedUnion("kind", [
  z.object({ id: z.uuid(), lineageId: z.uuid(), position: z.number(), kind: z.literal("email"), config: emailStepConfig }),
  z.object({ id: z.uuid(), lineageId: z.uuid(), position: z.number(), kind: z.literal("wait"), config: waitStepConfig }),
]);
export type CampaignStep = z.infer<typeof campaignStep>;

export const campaignStatus = z.enum(campaignStatuses);

export const createCampaignInput = z.object({
  name: z.string().trim().min(1, "Give the campaign a name").max(120),
  offerId: z.uuid().optional(),
  ownerId: z.uuid().optional(),
  rules: campaignRules.partial().optional(),
  steps: z.array(stepInput).max(40).optional(),
  /** begin with the mails of a ready play */
  play: z.enum(["first-touch"]).optional(),
});
export type CreateCampaignInput = z.output<typeof createCampaignInput>;

export const updateCampaignInput = z.object({
  id: z.uuid(),
  name: z.string().trim().min(1, "Give the campaign a name").max(120).optional(),
  offerId: z.uuid().optional(),
  ownerId: z.uuid().optional(),
  rules: campaignRules.optional(),
});
export type UpdateCampaignInput = z.output<typeof updateCampaignInput>;

/** What an edit does to people who have not had a changed step yet. */
const editScope = z.enum(["everybody", "new_only"]);
export const setStepsInput = z.object({
  id: z.uuid(),
  steps: z.array(stepInput).max(40),
  scope: editScope.default("everybody"),
  /** the steps that were edited: refused when they are others by now */
  before: z.array(stepInput).max(40).optional(),
});
export type SetStepsInput = z.output<typeof setStepsInput>;
export const setStepsPreview = z.object({
  faults: z.array(z.string()),
  /** changed or removed steps with people who wait for them now */
  affected: z.array(z.object({ stepId: z.uuid(), label: z.string(), people: z.number().int() })),
  waiting: z.number().int(),
});

export const campaignId = z.object({ id: z.uuid() });
export const campaignJson = z.object({
  id: z.uuid(),
  name: z.string(),
  status: campaignStatus,
  offerId: z.uuid(),
  ownerId: z.uuid(),
  ownerName: z.string().nullable(),
  rules: campaignRules,
  steps: z.array(campaignStep),
  startedAt: z.date().nullable(),
  startedByName: z.string().nullable(),
  pausedAt: z.date().nullable(),
  pausedByName: z.string().nullable(),
  stopReason: z.string().nullable(),
  finishedAt: z.date().nullable(),
  createdAt: z.date(),
});
export type CampaignJson = z.infer<typeof campaignJson>;

const startCheck = z.object({
  id: z.enum(["offer", "steps", "people", "mailbox", "reading", "opt_out", "address"]),
  ok: z.boolean(),
  title: z.string(),
  detail: z.string().nullable(),
  href: z.string().nullable(),
});
export type StartCheck = z.infer<typeof startCheck>;
export const startSheet = z.object({
  checks: z.array(startCheck),
  canStart: z.boolean(),
  people: z.number().int(),
  draftsReady: z.number().int(),
  /** the first mails as they would be booked now */
  first: z.array(
    z.object({
      leadId: z.uuid(),
      fullName: z.string(),
      company: z.string().nullable(),
      at: z.date(),
      zone: z.string(),
      place: z.string(),
      from: z.string(),
      heldBy: heldReasons,
    }),
  ),
  held: z.array(z.object({ text: z.string(), people: z.number().int() })),
});
export type StartSheet = z.infer<typeof startSheet>;

export const listCampaignsInput = z.object({
  status: campaignStatus.optional(),
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListCampaignsInput = z.output<typeof listCampaignsInput>;
const campaignRow = z.object({
  id: z.uuid(),
  name: z.string(),
  status: campaignStatus,
  stopReason: z.string().nullable(),
  pausedByName: z.string().nullable(),
  ownerId: z.uuid(),
  ownerName: z.string().nullable(),
  people: z.number().int(),
  /** people for whom it is over: every mail sent, answered, stopped */
  through: z.number().int(),
  contacted: z.number().int(),
  /** mails sent so far and mails in all, over everybody */
  sent: z.number().int(),
  planned: z.number().int(),
  /** people with a human reply */
  replies: z.number().int(),
  meetings: z.number().int(),
  leaveToday: z.number().int(),
  /** drafts that hold a mail */
  waitingDrafts: z.number().int(),
  approveBy: z.date().nullable(),
  /** people who wait for a mailbox */
  waitingMailbox: z.number().int(),
  mailboxProblem: z.string().nullable(),
  uncertain: z.number().int(),
});
export type CampaignRow = z.infer<typeof campaignRow>;
export const campaignPage = z.object({
  items: z.array(campaignRow),
  nextCursor: z.string().optional(),
  counts: z.record(z.string(), z.number().int()),
});

export const campaignStats = z.object({
  people: z.number().int(),
  contacted: z.number().int(),
  replied: z.number().int(),
  interested: z.number().int(),
  meetings: z.number().int(),
  finished: z.number().int(),
  stopped: z.number().int(),
  steps: z.array(
    z.object({
      stepId: z.uuid(),
      position: z.number().int(),
      waiting: z.number().int(),
      sent: z.number().int(),
      replied: z.number().int(),
    }),
  ),
});
export type CampaignStats = z.infer<typeof campaignStats>;

const named = z.object({ id: z.uuid(), name: z.string() });
export const campaignOptions = z.object({
  mailboxes: z.array(z.object({ id: z.uuid(), address: z.string() })),
  offers: z.array(named),
  members: z.array(z.object({ id: z.uuid(), fullName: z.string() })),
  lists: z.array(named),
  campaigns: z.array(named.extend({ status: z.string() })),
});
export type CampaignOptions = z.infer<typeof campaignOptions>;

export const pauseAllInput = z.object({ reason: z.string().trim().max(500).optional() });
export const resumeAllInput = z.object({ reason: z.string().trim().min(3, "Say why sending may go on.").max(500) });
