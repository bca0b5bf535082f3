import * as z from "zod";
import { taskKind, taskProposal } from "#server/tasks/schema.ts";

/** The fixed order of the queue. Hand-overs get their place between outcomes and drafts when they exist. */
export const todayKinds = ["answer", "meeting", "outcome", "drafts", "task", "health"] as const;
/** Of answers, meetings and tasks, so many at most are shown and counted. */
export const MOST_OF_A_KIND = 200;
export const todayKind = z.enum(todayKinds);
export type TodayKind = z.output<typeof todayKind>;

export const todayItem = z.object({
  /** kind and subject: the same thing has the same key for everybody */
  key: z.string(),
  kind: todayKind,
  subjectId: z.uuid(),
  /** A person, a campaign, a mailbox. */
  title: z.string(),
  company: z.string().nullable(),
  grade: z.string().nullable(),
  leadId: z.uuid().nullable(),
  /** Their words, the task, what is broken. */
  detail: z.string(),
  /** answers: the class · drafts and health: the state */
  state: z.string().nullable(),
  /** answers: received · meetings: start · drafts: approve by · tasks: due */
  at: z.date().nullable(),
  endsAt: z.date().nullable(),
  /** The other person's zone, where a time of theirs is shown. */
  zone: z.string().nullable(),
  /** How many things this row stands for; drafts of a campaign are one row. */
  count: z.number().int(),
  /** Why it stands where it stands. */
  why: z.string(),
  href: z.string(),
  ownerId: z.uuid().nullable(),
  ownerName: z.string().nullable(),
  task: z
    .object({ kind: taskKind, note: z.string().nullable(), phone: z.string().nullable(), proposal: taskProposal.nullable() })
    .nullable(),
});
export type TodayItem = z.output<typeof todayItem>;

export const todayInput = z.object({
  /** Whose day: one's own, one person's, or the whole team's. */
  who: z.union([z.literal("me"), z.literal("team"), z.uuid()]).default("me"),
});
export type TodayInput = z.output<typeof todayInput>;

export const todayOutput = z.object({
  now: z.date(),
  zone: z.string(),
  items: z.array(todayItem),
  /** Things, not rows. */
  total: z.number().int(),
  minutes: z.number().int(),
  lateTasks: z.number().int(),
  /** What happens without anybody doing anything. */
  next: z.object({
    mailsAt: z.date().nullable(),
    mails: z.number().int(),
    meetingAt: z.date().nullable(),
  }),
  /** Whose things are here because they are away. */
  covering: z.array(z.object({ name: z.string(), untilOn: z.iso.date() })),
  /** Whose day may be looked at. Only oneself where nobody else may. */
  people: z.array(z.object({ userId: z.uuid(), name: z.string() })),
});
export type TodayView = z.output<typeof todayOutput>;
