import * as z from "zod";

export const taskKinds = [
  "call",
  "linkedin",
  "review",
  "question",
  "follow_up",
  "new_person",
  "no_show",
  "new_address",
  "meeting_outcome",
  "other",
] as const;
export const taskKind = z.enum(taskKinds);
export type TaskKind = z.output<typeof taskKind>;

export const taskStatus = z.enum(["open", "done", "dropped"]);

/** A person that a reply named: accepted with one key, never created by itself. */
export const newPersonProposal = z.object({
  type: z.literal("new_person"),
  fullName: z.string().min(1).max(200),
  email: z.email().nullable().default(null),
  title: z.string().nullable().default(null),
  company: z.string().nullable().default(null),
  companyDomain: z.string().nullable().default(null),
});
/** Words to send to them, proposed by the agent, as a starting point for a person. */
export const messageProposal = z.object({ type: z.literal("message"), subject: z.string(), text: z.string() });
export const taskProposal = z.discriminatedUnion("type", [newPersonProposal, messageProposal]);
export type TaskProposal = z.output<typeof taskProposal>;

/** What a caller of createTask says. The cause key makes a retry create one task, not two. */
export type CreateTaskInput = {
  kind: TaskKind;
  title: string;
  ownerId: string;
  dueAt: Date;
  /** What caused it, such as `reply:<id>:referral`; unique per workspace. */
  causeKey: string;
  note?: string | null;
  leadId?: string | null;
  accountId?: string | null;
  dealId?: string | null;
  replyId?: string | null;
  meetingId?: string | null;
  campaignId?: string | null;
  proposal?: z.input<typeof taskProposal> | null;
};

export const taskRow = z.object({
  id: z.uuid(),
  kind: taskKind,
  title: z.string(),
  note: z.string().nullable(),
  status: taskStatus,
  dueAt: z.date(),
  doneAt: z.date().nullable(),
  ownerId: z.uuid(),
  ownerName: z.string().nullable(),
  leadId: z.uuid().nullable(),
  leadName: z.string().nullable(),
  company: z.string().nullable(),
  grade: z.string().nullable(),
  phone: z.string().nullable(),
  dealId: z.uuid().nullable(),
  replyId: z.uuid().nullable(),
  meetingId: z.uuid().nullable(),
  campaignId: z.uuid().nullable(),
  proposal: taskProposal.nullable(),
});
export type TaskRow = z.output<typeof taskRow>;

export const listTasksInput = z.object({
  status: taskStatus.default("open"),
  ownerId: z.uuid().optional(),
  leadId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(400).optional(),
});
export const listTasksOutput = z.object({ items: z.array(taskRow), nextCursor: z.string().optional() });

export const taskIdInput = z.object({ id: z.uuid() });
export const acceptedProposal = z.object({ id: z.uuid(), leadId: z.uuid().nullable(), said: z.string() });

export const addTaskInput = z.object({
  title: z.string().trim().min(1, "Say what is to be done.").max(200),
  kind: taskKind.default("other"),
  leadId: z.uuid().optional(),
  dealId: z.uuid().optional(),
  dueAt: z.date().min(new Date(0), "This day has long passed.").max(new Date("9000-01-01T00:00:00Z"), "This day is too far away."),
  note: z.string().trim().max(2000).optional(),
});

export const acceptProposalInput = z.object({
  id: z.uuid(),
  /** The message as the person changed it; the proposed one where absent. */
  subject: z.string().trim().min(1, "A mail needs a subject.").max(300).optional(),
  text: z.string().trim().min(1, "A mail needs a text.").max(10_000).optional(),
});
