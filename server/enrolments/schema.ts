// Isomorphic: people in campaigns, who comes in and what holds their next mail.
import * as z from "zod";
import { verbFilter } from "#server/leads/schema.ts";
import { MOST_CHANGED, peopleStates, splitCodes } from "./constants.ts";

export const enrolmentStatuses = ["active", "paused", "replied", "finished", "stopped", "given_up"] as const;
const enrolmentStatus = z.enum(enrolmentStatuses);
export type EnrolmentStatus = z.infer<typeof enrolmentStatus>;

/** What holds a mail, as shown. `until`: when it stops holding, where that is known. */
const heldReason = z.object({ code: z.string(), text: z.string(), until: z.number().nullable().default(null) });
export type HeldReason = z.infer<typeof heldReason>;
export const heldReasons = z.array(heldReason);

const splitCode = z.enum(splitCodes);
export type SplitCode = z.infer<typeof splitCode>;

const splitLead = z.object({
  id: z.uuid(),
  fullName: z.string(),
  company: z.string().nullable(),
  grade: z.string().nullable(),
  note: z.string().nullable(),
});
export const audienceSplit = z.object({
  total: z.number().int(),
  willBeAdded: z.number().int(),
  /** at most 200 people each; counts are of all */
  groups: z.array(z.object({ code: splitCode, count: z.number().int(), leads: z.array(splitLead) })),
});
export type AudienceSplit = z.infer<typeof audienceSplit>;

const people = {
  id: z.uuid(),
  leadIds: z.array(z.uuid()).max(10_000).optional(),
  /** everybody on this list */
  listId: z.uuid().optional(),
  /** everybody who matches, less `except` */
  filter: verbFilter.optional(),
  except: z.array(z.uuid()).max(10_000).default([]),
  /** the groups to add although a rule leaves them out */
  include: z.array(splitCode).max(10).default([]),
};
const someone = { message: "Choose people or a list.", path: ["leadIds"] };
export const addPeopleInput = z
  .strictObject(people)
  .refine((input) => Boolean(input.leadIds?.length || input.listId || input.filter), someone);
export type AddPeopleInput = z.output<typeof addPeopleInput>;
export const addPeopleOutput = z.object({ added: z.number().int(), enrolmentIds: z.array(z.uuid()), split: audienceSplit });
export const enrolmentId = z.object({ id: z.uuid() });
export const changePeopleInput = z.object({ id: z.uuid(), enrolmentIds: z.array(z.uuid()).min(1).max(MOST_CHANGED) });

const peopleState = z.enum(peopleStates);
export type PeopleState = z.infer<typeof peopleState>;
export const listPeopleInput = z.object({
  id: z.uuid(),
  state: peopleState.optional(),
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListPeopleInput = z.output<typeof listPeopleInput>;
const campaignPerson = z.object({
  id: z.uuid(),
  leadId: z.uuid(),
  fullName: z.string(),
  title: z.string().nullable(),
  company: z.string().nullable(),
  grade: z.string().nullable(),
  status: enrolmentStatus,
  state: peopleState,
  /** mail 2 of 3; null when it is over */
  mailNumber: z.number().int().nullable(),
  mails: z.number().int(),
  plannedAt: z.date().nullable(),
  planKind: z.enum(["exact", "not_before"]).nullable(),
  zone: z.string(),
  place: z.string().nullable(),
  heldBy: heldReasons,
  awayUntil: z.string().nullable(),
  reason: z.string().nullable(),
  draftStatus: z.string().nullable(),
  senderAddress: z.string().nullable(),
  lastSentAt: z.date().nullable(),
});
export type CampaignPerson = z.infer<typeof campaignPerson>;
export const peoplePage = z.object({
  items: z.array(campaignPerson),
  nextCursor: z.string().optional(),
  counts: z.record(z.string(), z.number().int()),
  total: z.number().int(),
});

export const whyNotNow = z.object({
  enrolmentId: z.uuid(),
  leadId: z.uuid(),
  sentence: z.string(),
  at: z.date().nullable(),
  kind: z.enum(["exact", "not_before"]).nullable(),
  zone: z.string(),
  zoneSays: z.string(),
  reasons: heldReasons,
  change: z.string().nullable(),
  rule: z.string(),
});
export type WhyNotNow = z.infer<typeof whyNotNow>;

export const peopleChanged = z.object({ people: z.number().int() });
/** Of those who were chosen, whom it changed: taking it back is for them alone. */
export const chosenChanged = peopleChanged.extend({ enrolmentIds: z.array(z.uuid()) });
