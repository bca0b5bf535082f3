import * as z from "zod";
import { rejectReasons } from "./constants.ts";

export const draftPurposes = ["campaign", "reply", "meeting"] as const;
const draftStatuses = ["writing", "ready", "needs_look", "approved", "rejected", "replaced"] as const;
export const draftStatus = z.enum(draftStatuses);
export type DraftStatus = z.infer<typeof draftStatus>;

/** `own` is what a person wrote: checked, but only what would shame the sender blocks it. */
const sentenceKinds = ["greeting", "fact", "claim", "question", "ask", "closing", "own"] as const;
const sentenceKind = z.enum(sentenceKinds);

export const sentence = z.object({
  text: z.string(),
  kind: sentenceKind,
  factIds: z.array(z.string()),
  /** Begins a paragraph. Set once a person has edited; before that the kinds decide. */
  opens: z.boolean().optional(),
});
export type Sentence = z.infer<typeof sentence>;

/** `at` is the place in the mail before which the sentence stood. */
export const removedSentence = z.object({ text: z.string(), reason: z.string(), at: z.number().int() });
export type RemovedSentence = z.infer<typeof removedSentence>;

const findingCodes = [
  "wrong_person",
  "placeholder",
  "link",
  "unsupported",
  "avoid_word",
  "removed",
  "too_short",
  "too_long",
  "question_for_you",
  "language",
  "past_times",
] as const;
export const finding = z.object({ code: z.enum(findingCodes), message: z.string(), blocking: z.boolean() });
export type Finding = z.infer<typeof finding>;

/** A fact or a claim as it was when the draft was written. */
export const draftSource = z.object({
  id: z.string(),
  label: z.string(),
  value: z.string(),
  /** The words of the source, where it has some. They, not the value, are what a sentence is checked against. */
  quote: z.string().nullable(),
  source: z.string(),
  at: z.coerce.date().nullable(),
  field: z.string(),
  /** Whom it is about: the person, their company, us, the thread between us, or somebody else. */
  about: z.enum(["person", "company", "us", "thread", "other"]),
  /** Too old to be said in the present tense. */
  isStale: z.boolean(),
});
export type DraftSource = z.infer<typeof draftSource>;

export const rejectReason = z.enum(rejectReasons);
export type RejectReason = z.infer<typeof rejectReason>;

export const listDraftsInput = z.object({
  campaignId: z.uuid().optional(),
  senderId: z.uuid().optional(),
  passing: z.boolean().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const draftView = z.object({
  id: z.uuid(),
  purpose: z.enum(draftPurposes),
  status: draftStatus,
  subject: z.string(),
  sentences: z.array(sentence),
  removed: z.array(removedSentence),
  findings: z.array(finding),
  sources: z.array(draftSource),
  writer: z.enum(["embedded", "model", "person"]),
  words: z.number().int(),
  lead: z.object({
    id: z.uuid(),
    fullName: z.string(),
    title: z.string().nullable(),
    company: z.string().nullable(),
    timeZone: z.string().nullable(),
  }),
  campaign: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  senderId: z.string().nullable(),
  stepPosition: z.number().int().nullable(),
  /** "first mail", "mail 2 of the thread" */
  earlierMails: z.number().int(),
  approveBy: z.date().nullable(),
  plannedAt: z.date().nullable(),
  planKind: z.string().nullable(),
  createdAt: z.date(),
});
export type DraftView = z.infer<typeof draftView>;

export const draftCounts = z.object({ waiting: z.number().int(), passing: z.number().int(), needLook: z.number().int() });

export const editDraftInput = z.object({
  draftId: z.uuid(),
  subject: z.string().trim().min(1, "A mail needs a subject.").max(200).optional(),
  /** The body as the person left it; unchanged sentences keep what they rest on. */
  text: z.string().trim().min(1, "A mail needs at least one sentence.").max(20_000),
});

export const previewView = draftView.pick({ subject: true, sentences: true, removed: true, findings: true, sources: true, words: true });
export const draftList = z.object({ items: z.array(draftView), nextCursor: z.string().optional() });
export const draftSample = z.object({ count: z.number().int(), drafts: z.array(draftView) });
export const storedDraft = z.object({ id: z.uuid(), status: draftStatus });
