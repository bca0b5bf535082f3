// Isomorphic: imported by the inbox page, the router and the jobs. Only zod may be imported here.
import * as z from "zod";
import { draftSource, finding, removedSentence, sentence } from "#server/writing/schema.ts";
import { replyClasses, replyViews } from "./constants.ts";

export const replyClass = z.enum(replyClasses);
export type ReplyClass = z.infer<typeof replyClass>;

/** A class with the words of their own mail that show it. `from` and `to` are positions in the reply's text. */
export const evidence = z.object({
  class: replyClass,
  confidence: z.number().min(0).max(1),
  span: z.object({ from: z.number().int().min(0), to: z.number().int().min(0), text: z.string() }),
  rule: z.string(),
});
export type Evidence = z.infer<typeof evidence>;

export const referral = z.object({ name: z.string().optional(), email: z.string().optional() });
export type Referral = z.infer<typeof referral>;

const actionKinds = [
  "stop_campaign",
  "pause_until",
  "pause_colleagues",
  "do_not_contact",
  "address_bounced",
  "propose_person",
  "ask_rep",
  "call_back",
  "find_successor",
  "find_address",
  "suggest_answer",
  "calendar_answer",
  "none",
] as const;
export type ActionKind = (typeof actionKinds)[number];

/** What was done about a reply, shown above the thread. `undo` says that it can be taken back from here. */
export const doneAction = z.object({
  kind: z.enum(actionKinds),
  ref: z.string().nullable(),
  label: z.string(),
  undo: z.boolean(),
  undoneAt: z.string().nullable().default(null),
  /** Ids that undoing needs: enrolments that were stopped, the suppression, the account. */
  ids: z.record(z.string(), z.array(z.string())).default({}),
});
export type DoneAction = z.infer<typeof doneAction>;

export const replyStatuses = ["needs_me", "done", "none"] as const;
export const replyView = z.enum(replyViews);
export type ReplyView = z.infer<typeof replyView>;

const id = z.uuid();
const instant = z.date();

export const listRepliesInput = z.object({
  view: replyView.default("all"),
  class: replyClass.optional(),
  campaignId: id.optional(),
  ownerId: id.optional(),
  mailboxId: id.optional(),
  leadId: id.optional(),
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListRepliesInput = z.output<typeof listRepliesInput>;

const replyRow = z.object({
  id,
  leadId: id.nullable(),
  name: z.string(),
  company: z.string().nullable(),
  grade: z.string().nullable(),
  fromAddress: z.string(),
  subject: z.string(),
  line: z.string(),
  class: replyClass,
  classifiedBy: z.string(),
  untilOn: z.string().nullable(),
  status: z.enum(replyStatuses),
  isAutomatic: z.boolean(),
  isUnread: z.boolean(),
  isCommandLike: z.boolean(),
  ownerId: id.nullable(),
  ownerName: z.string().nullable(),
  campaignId: id.nullable(),
  campaignName: z.string().nullable(),
  mailboxId: id,
  receivedAt: instant,
  answeredAt: instant.nullable(),
});
export type ReplyRow = z.infer<typeof replyRow>;
export const replyPage = z.object({ items: z.array(replyRow), nextCursor: z.string().nullable() });

export const replyCounts = z.object({ needs_me: z.number(), mine: z.number(), unsure: z.number(), done: z.number(), all: z.number() });
export type ReplyCounts = z.infer<typeof replyCounts>;

const threadEntry = z.object({
  id,
  direction: z.enum(["ours", "theirs"]),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  quotedText: z.string().nullable(),
  at: instant,
  /** One of us wrote it in their own mail program. */
  isByHand: z.boolean(),
  /** Other mailboxes of ours that got it too. */
  alsoTo: z.array(z.string()),
  /** ours: the ledger's state; theirs: null */
  status: z.string().nullable(),
  dueAt: instant.nullable(),
  class: replyClass.nullable(),
  evidence: z.array(evidence),
  isCommandLike: z.boolean(),
});
export type ThreadEntry = z.infer<typeof threadEntry>;

const suggestedAnswer = z.object({
  draftId: id,
  status: z.string(),
  subject: z.string(),
  sentences: z.array(sentence),
  removed: z.array(removedSentence),
  findings: z.array(finding),
  sources: z.array(draftSource),
  text: z.string(),
});
export type SuggestedAnswer = z.infer<typeof suggestedAnswer>;

export const replyDetail = replyRow.extend({
  evidence: z.array(evidence),
  confidence: z.number(),
  referral: referral.nullable(),
  actions: z.array(doneAction),
  mailboxAddress: z.string(),
  canAnswer: z.boolean(),
  cannotAnswerBecause: z.string().nullable(),
  suggestion: suggestedAnswer.nullable(),
  thread: z.array(threadEntry),
  lead: z
    .object({
      id,
      fullName: z.string(),
      title: z.string().nullable(),
      email: z.string().nullable(),
      company: z.string().nullable(),
      companyDomain: z.string().nullable(),
      employees: z.number().nullable(),
      place: z.string().nullable(),
      timeZone: z.string().nullable(),
      localTime: z.string().nullable(),
      grade: z.string().nullable(),
      score: z.number().nullable(),
      contactState: z.string().nullable(),
      reasons: z.array(z.object({ label: z.string(), points: z.number() })),
      campaign: z.string().nullable(),
      campaignState: z.object({ status: z.string(), reason: z.string().nullable() }).nullable(),
      ownerName: z.string().nullable(),
      colleagues: z.array(z.object({ id, fullName: z.string(), state: z.string() })),
    })
    .nullable(),
});
export type ReplyDetail = z.infer<typeof replyDetail>;

export const changeReplyInput = z.object({
  id,
  class: replyClass.optional(),
  untilOn: z.iso.date().nullish(),
  status: z.enum(["needs_me", "done"]).optional(),
  isRead: z.boolean().optional(),
  notAReply: z.literal(true).optional(),
});
export const changeReplyResult = z.object({ id, class: replyClass, status: z.enum(replyStatuses), says: z.string(), removed: z.boolean() });
export type ChangeReplyResult = z.infer<typeof changeReplyResult>;

export const answerReplyInput = z.object({
  id,
  /** Approve this suggestion as it is … */
  draftId: id.optional(),
  /** … or send these words. */
  text: z.string().trim().min(1, "Write an answer first").max(20_000, "At most 20,000 characters").optional(),
});
export const answerReplyResult = z.object({ messageId: id, leavesAt: instant });
export const undoActionInput = z.object({ id, index: z.coerce.number().int().min(0).max(50) });
export type ProcessedResult = {
  inboundId: string;
  outcome: "reply" | "bounce" | "automatic" | "own" | "copy" | "ignored" | "failed";
  replyId: string | null;
};

const choice = z.object({ id, name: z.string() });
export const inboxFrame = z.object({
  campaigns: z.array(choice),
  owners: z.array(choice),
  mailboxes: z.array(choice),
  /** people who wait for our next mail */
  waiting: z.number(),
  lastReplyAt: instant.nullable(),
});
export type InboxFrame = z.infer<typeof inboxFrame>;
