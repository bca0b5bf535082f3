import * as z from "zod";

/** How a pretend person behaves. See domain/react.ts. */
export const personas = [
  "wants-tuesday",
  "asks-entities",
  "away-german",
  "silent",
  "bounces",
  "books-and-misses",
  "wrong-person",
  "remove-me",
  "rude",
  "commands-the-agent",
  "late-yes",
  "late-no",
  "after-summer",
  "call-in-may",
  "acknowledges",
  "forwards",
  "asks-price",
  "has-a-tool",
  "left-company",
  "accepts-by-calendar",
  "polite-no",
  "eager",
] as const;
export type Persona = (typeof personas)[number];

export type CastMember = {
  fullName: string;
  email: string;
  title: string;
  company: string;
  domain: string;
  country: string;
  city: string;
  timeZone: string;
  employees: number;
  industry: string;
  phone: string;
  /** legal entities that they close books for, as the sample list says */
  entities: number;
  /** an open role that the sample list names, or "" */
  hiring: string;
  persona: Persona;
};

export const runSandboxInput = z
  .object({
    days: z.number().int().min(1).max(90).optional(),
    hours: z.number().int().min(1).max(240).optional(),
    /** first loads the sample list, starts First touch and approves what passes */
    start: z.boolean().optional(),
  })
  .refine((input) => (input.days === undefined) !== (input.hours === undefined), "Give days or hours");
export type RunSandboxInput = z.output<typeof runSandboxInput>;

export const runSandboxOutput = z.object({
  now: z.string(),
  sent: z.number().int(),
  replies: z.number().int(),
  meetings: z.number().int(),
  deals: z.number().int(),
});
export type RunSandboxOutput = z.output<typeof runSandboxOutput>;

export const guideSteps = [
  "load-list",
  "why-score",
  "start-campaign",
  "read-drafts",
  "open-inbox",
  "send-answer",
  "run-month",
  "make-real",
] as const;
export type GuideStep = (typeof guideSteps)[number];

export const pretendBarView = z.object({
  now: z.date(),
  timeZone: z.string(),
  step: z.enum(guideSteps),
  stepNumber: z.number().int(),
  stepCount: z.number().int(),
  sentence: z.string(),
  link: z.string().nullable(),
  hidden: z.boolean(),
  runningProgressId: z.string().nullable(),
});
