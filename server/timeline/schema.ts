import * as z from "zod";
import { timelineGroups } from "./constants.ts";

/** noun/thing.past-tense. Every noun names its own; the timeline only groups them. */
export type ActivityKind = `${string}/${string}`;

export const timelineGroup = z.enum(timelineGroups);
export type TimelineGroup = z.infer<typeof timelineGroup>;

const MAIL = ["message/", "reply/", "mail/", "draft/"];
const CALLS = ["call/", "meeting/", "task/"];

export function groupOfActivity(kind: string): Exclude<TimelineGroup, "all"> {
  if (MAIL.some((prefix) => kind.startsWith(prefix))) return "mail";
  if (CALLS.some((prefix) => kind.startsWith(prefix))) return "calls";
  return "changes";
}

/** Touches between them and us. An import or a corrected field is a change, not a touch. */
export const TOUCH_PREFIXES = ["message/", "reply/", "meeting/", "call/"] as const;

export const listTimelineInput = z.object({
  leadId: z.uuid(),
  group: timelineGroup.default("all"),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export type ListTimelineInput = z.output<typeof listTimelineInput>;

export const activityRow = z.object({
  id: z.uuid(),
  kind: z.string(),
  group: z.enum(["mail", "calls", "changes"]),
  occurredAt: z.date(),
  actorId: z.uuid().nullable(),
  actorName: z.string().nullable(),
  campaignId: z.uuid().nullable(),
  campaignName: z.string().nullable(),
  /** What it says in one line, from the rows that it points to; read now, never stored. */
  subject: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type ActivityRow = z.infer<typeof activityRow>;

export const timelinePage = z.object({ items: z.array(activityRow), nextCursor: z.string().optional() });
