import * as z from "zod";
import { accountFields, contactStates, emailStatuses, grades, jobFunctions, leadFields, seniorities } from "./constants.ts";

const line = (max: number) => z.string().trim().max(max);
const optionalLine = (max: number) => line(max).nullish();

/** At least a name or an address. The address is normalised by the server, which refuses what no mail server would take. */
export const createLeadInput = z
  .object({
    fullName: optionalLine(200),
    email: optionalLine(320),
    title: optionalLine(200),
    company: optionalLine(200),
    companyDomain: optionalLine(253),
    country: optionalLine(80),
    city: optionalLine(120),
    timeZone: optionalLine(64),
    phone: optionalLine(40),
    ownerId: z.uuid().optional(),
    customFields: z.record(line(64), z.union([line(2_000), z.number(), z.null()])).optional(),
  })
  .refine((lead) => Boolean(lead.fullName || lead.email), { message: "Enter a name or an e-mail address.", path: ["fullName"] });
export type CreateLeadInput = z.output<typeof createLeadInput>;

export type LeadField = (typeof leadFields)[number];
export type AccountField = (typeof accountFields)[number];

export const updateLeadInput = z.object({
  id: z.uuid(),
  fullName: line(200).min(1, "Enter a name").optional(),
  email: line(320).nullable().optional(),
  title: line(200).nullable().optional(),
  phone: line(40).nullable().optional(),
  country: line(80).nullable().optional(),
  city: line(120).nullable().optional(),
  timeZone: line(64).nullable().optional(),
  language: line(35).nullable().optional(),
  company: line(200).nullable().optional(),
  companyDomain: line(253).nullable().optional(),
  ownerId: z.uuid().optional(),
  customFields: z.record(line(64), z.union([line(2_000), z.number(), z.null()])).optional(),
});
export type UpdateLeadInput = z.output<typeof updateLeadInput>;

export const correctedFact = z.object({ observationId: z.uuid().nullable() });
export const correctFactInput = z.object({
  leadId: z.uuid(),
  subject: z.enum(["lead", "account"]),
  field: z.enum([...leadFields, ...accountFields]),
  value: z.string().trim().max(320).nullable(),
  /** taking a correction back: what it answered with */
  undoes: correctedFact.optional(),
});
export type CorrectFactInput = z.output<typeof correctFactInput>;

/** A lead as the REST API and scripts know it. */
export const leadJson = z.object({
  id: z.uuid(),
  fullName: z.string(),
  email: z.string().nullable(),
  title: z.string().nullable(),
  company: z.string().nullable(),
  companyDomain: z.string().nullable(),
  country: z.string().nullable(),
  timeZone: z.string().nullable(),
  phone: z.string().nullable(),
  ownerId: z.uuid(),
  state: z.enum(contactStates),
  grade: z.enum(grades).nullable(),
  score: z.number().int().nullable(),
  customFields: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type LeadJson = z.infer<typeof leadJson>;

export const leadSorts = ["grade", "name", "recent", "added"] as const;

const several = <T extends z.ZodType>(item: T, most = 200) =>
  z
    .preprocess((value) => (typeof value === "string" ? value.split(",").filter((part) => part !== "") : value), z.array(item).max(most))
    .optional();

export const leadFilter = z.object({
  ownerId: several(z.uuid()),
  grade: several(z.enum([...grades, "none"])),
  state: several(z.enum(contactStates)),
  country: several(z.string().regex(/^[A-Z]{2}$/)),
  campaignId: z.uuid().optional(),
  listId: z.uuid().optional(),
  importId: z.uuid().optional(),
  accountId: z.uuid().optional(),
  ids: several(z.uuid()),
  search: z.string().trim().max(200).optional(),
  /** people in the trash instead of the living */
  deleted: z.boolean().optional(),
});
export type LeadFilter = z.output<typeof leadFilter>;

/** As many people by hand as a verb takes. */
export const exportFilter = leadFilter.extend({ ids: several(z.uuid(), 10_000) });

export const listLeadsInput = leadFilter.extend({
  sort: z.enum(leadSorts).default("grade"),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListLeadsInput = z.output<typeof listLeadsInput>;

export const leadRow = leadJson.omit({ customFields: true }).extend({
  accountId: z.uuid().nullable(),
  employees: z.number().int().nullable(),
  emailStatus: z.enum(emailStatuses),
  emailCheckedAt: z.date().nullable(),
  ownerName: z.string(),
  replyClass: z.string().nullable(),
  nextAt: z.date().nullable(),
  /** booked to the minute; else no sooner than that day */
  isNextBooked: z.boolean(),
  lastActivityAt: z.date().nullable(),
});
export type LeadRow = z.infer<typeof leadRow>;

export const leadPage = z.object({ items: z.array(leadRow), nextCursor: z.string().optional() });

/** Exact up to 10,000; above, `isCapped` and the screen says "more than 10,000". */
export const leadCount = z.object({ count: z.number().int(), isCapped: z.boolean() });

/** The filter of a verb. A field that it does not know, left out in silence, would mean everybody. */
export const verbFilter = leadFilter.strict();
/** People by hand, or everybody whom a filter matches (less those taken out again). */
export const leadSelection = z.union(
  [
    z.strictObject({ ids: z.array(z.uuid()).min(1).max(10_000) }),
    z.strictObject({ all: verbFilter, except: z.array(z.uuid()).max(1_000).default([]) }),
  ],
  "Name people by ids, or by all (with fields of the list's filter only) and except.",
);
export type LeadSelection = z.output<typeof leadSelection>;

export const bulkVerb = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("assign"), ownerId: z.uuid() }),
  z.object({ kind: z.literal("add_to_list"), listId: z.uuid() }),
  z.object({ kind: z.literal("do_not_contact"), reason: z.enum(["asked_to_wait", "customer", "competitor", "legal", "other"]) }),
  z.object({ kind: z.literal("delete") }),
  z.object({ kind: z.literal("restore") }),
]);
export type BulkVerb = z.output<typeof bulkVerb>;
export const bulkInput = z.object({ selection: leadSelection, verb: bulkVerb });

export const leadPageView = leadRow.extend({
  firstName: z.string().nullable(),
  seniority: z.enum(seniorities).nullable(),
  function: z.enum(jobFunctions).nullable(),
  city: z.string().nullable(),
  timeZoneSource: z.string().nullable(),
  language: z.string().nullable(),
  source: z.string(),
  importId: z.uuid().nullish(),
  importRow: z.number().int().nullable(),
  lawfulBasis: z.string().nullable(),
  createdAt: z.date(),
  deletedAt: z.date().nullable(),
  companyForMail: z.string().nullable(),
  industry: z.string().nullable(),
  companyPausedAt: z.date().nullable(),
  customFields: z.record(z.string(), z.union([z.string(), z.number()])),
  /** other people at this company, by state */
  colleagues: z.array(z.object({ state: z.enum(contactStates), count: z.number().int() })),
  campaigns: z.array(
    z.object({
      id: z.uuid(),
      status: z.string(),
      plannedAt: z.date().nullable(),
      planKind: z.string().nullable(),
      stopReason: z.string().nullable(),
      pausedReason: z.string().nullable(),
      awayUntil: z.date().nullable(),
      campaign: z.object({ id: z.uuid(), name: z.string() }),
    }),
  ),
});
export type LeadPageView = z.infer<typeof leadPageView>;

const meetingAt = { meetingId: z.uuid(), at: z.date() };
/** The one thing to do about a person; see domain/next-best.ts. */
export const nextBestView = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["closed", "address", "campaign", "look", "customer"]) }),
  z.object({ kind: z.literal("answer"), replyId: z.uuid(), class: z.string() }),
  z.object({ kind: z.enum(["outcome", "meeting"]), ...meetingAt }),
  z.object({ kind: z.literal("draft"), campaignId: z.uuid(), at: z.date().nullable() }),
  z.object({ kind: z.literal("task"), title: z.string(), at: z.date() }),
  z.object({ kind: z.literal("deal"), dealId: z.uuid(), step: z.string().nullable() }),
  z.object({ kind: z.literal("later"), on: z.string() }),
  z.object({ kind: z.literal("wait"), at: z.date().nullable(), isBooked: z.boolean() }),
]);

const factSource = z.object({
  value: z.string(),
  source: z.string(),
  byPerson: z.boolean(),
  setByName: z.string().nullable(),
  at: z.date(),
  quote: z.string().nullable(),
});
export const leadFactView = factSource.extend({ subject: z.enum(["lead", "account"]), field: z.string(), others: z.array(factSource) });
export type LeadFactView = z.infer<typeof leadFactView>;

const named = z.object({ id: z.uuid(), name: z.string() });
export const leadOptions = z.object({
  owners: z.array(named),
  lists: z.array(named),
  campaigns: z.array(named),
  countries: z.array(z.object({ code: z.string(), name: z.string() })),
});
export type LeadOptions = z.infer<typeof leadOptions>;
