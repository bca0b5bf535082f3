// Isomorphic: forms, routers and jobs.
import * as z from "zod";
import { messageStatuses } from "./constants.ts";

const messagePurposes = ["campaign", "reply", "meeting", "report", "proof"] as const;
const messagePurpose = z.enum(messagePurposes);
export type MessagePurpose = z.infer<typeof messagePurpose>;

export const messageStatus = z.enum(messageStatuses);
export type MessageStatus = z.infer<typeof messageStatus>;

export const listMessagesInput = z.object({
  status: messageStatus.optional(),
  leadId: z.uuid().optional(),
  campaignId: z.uuid().optional(),
  mailboxId: z.uuid().optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListMessagesInput = z.output<typeof listMessagesInput>;

const messageRow = z.object({
  id: z.uuid(),
  purpose: messagePurpose,
  status: messageStatus,
  leadId: z.uuid().nullable(),
  leadName: z.string().nullable(),
  campaignId: z.uuid().nullable(),
  campaignName: z.string().nullable(),
  mailboxId: z.uuid(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  dueAt: z.date(),
  sentAt: z.date().nullable(),
  attempt: z.number(),
  reason: z.string().nullable(),
});
export type MessageRow = z.infer<typeof messageRow>;
export const messagePage = z.object({ items: z.array(messageRow), nextCursor: z.string().optional() });

export const messageDetail = messageRow.extend({
  bodyText: z.string(),
  messageIdHeader: z.string(),
  attempts: z.array(
    z.object({
      attempt: z.number(),
      startedAt: z.date(),
      endedAt: z.date().nullable(),
      outcome: z.string().nullable(),
      response: z.string().nullable(),
    }),
  ),
});

/** "It was sent" / "It was not". */
export const settleMessageInput = z.object({ id: z.uuid(), sent: z.boolean() });
export const settleMessageOutput = z.object({ id: z.uuid(), status: messageStatus });
