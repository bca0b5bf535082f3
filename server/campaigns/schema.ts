// Isomorphic: forms, routers and jobs.
import * as z from "zod";

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Give a time such as 09:00");

/** Days 1 (Monday) to 7 (Sunday) and wall-clock hours of the person who receives. */
export const sendWindow = z
  .object({ days: z.array(z.number().int().min(1).max(7)).min(1, "Choose at least one day").max(7), from: clockTime, to: clockTime })
  .refine((window) => window.from < window.to, { message: "The day must end after it begins", path: ["to"] });
export type SendWindow = z.infer<typeof sendWindow>;

export const campaignSender = z.discriminatedUnion("mode", [
  /** the mailbox of the lead's owner */
  z.object({ mode: z.literal("owner") }),
  z.object({ mode: z.literal("mailboxes"), mailboxIds: z.array(z.uuid()).min(1, "Choose at least one mailbox").max(50) }),
  /** every mailbox of the workspace that can send */
  z.object({ mode: z.literal("pool") }),
]);
export type CampaignSender = z.infer<typeof campaignSender>;

export const draftModes = ["review_each", "review_first", "send_passing"] as const;
export const draftMode = z.enum(draftModes);
export type DraftMode = z.infer<typeof draftMode>;

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
export const defaultRules = (): CampaignRules => campaignRules.parse({});

export const emailIntents = ["introduce", "remind", "close"] as const;
/** What a mail is for; the writer finds the words. */
export const emailStepConfig = z.object({
  /** a new thread with its own subject, or an answer in the same thread */
  thread: z.enum(["new", "same"]).default("new"),
  intent: z.enum(emailIntents).default("introduce"),
  /** what this mail should say, in a person's words; may be empty */
  instruction: z.string().trim().max(2000).default(""),
  /** a subject to use as it is; null: the writer finds one */
  subject: z.string().trim().min(1).max(120).nullable().default(null),
});
export type EmailStepConfig = z.infer<typeof emailStepConfig>;

/** Working days of the person who receives. */
export const waitStepConfig = z.object({ workingDays: z.number().int().min(1, "Wait at least one working day").max(60) });
export type WaitStepConfig = z.infer<typeof waitStepConfig>;

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

export const campaignStatuses = ["draft", "running", "paused", "stopped", "finished"] as const;
export const campaignStatus = z.enum(campaignStatuses);
export const enrolmentStatuses = ["active", "paused", "replied", "finished", "stopped", "given_up"] as const;
export const enrolmentStatus = z.enum(enrolmentStatuses);
export type EnrolmentStatus = z.infer<typeof enrolmentStatus>;

/** What holds a mail, as shown. `until`: when it stops holding, where that is known. */
export const heldReason = z.object({ code: z.string(), text: z.string(), until: z.number().nullable().default(null) });
export type HeldReason = z.infer<typeof heldReason>;
export const heldReasons = z.array(heldReason);
