import * as z from "zod";

export const auditActorKind = z.enum(["person", "api_key", "agent", "outside"]);

export const auditRow = z.object({
  id: z.uuid(),
  at: z.date(),
  actorKind: auditActorKind,
  actorName: z.string().nullable(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string().nullable(),
  fields: z.array(z.string()),
});

/** What changed, by whom. `fields` are names, never values. */
export const auditInput = z.object({
  actorId: z.uuid().nullable(),
  actorKind: auditActorKind,
  /** noun.verb in the past, such as campaign.started */
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string().nullable(),
  fields: z.array(z.string()).default([]),
});
export type AuditInput = z.input<typeof auditInput>;
