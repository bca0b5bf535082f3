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
  /** Null where there are none, or the person was erased. */
  changes: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })).nullable(),
  /** Chained: it can no longer be changed unnoticed. */
  isSealed: z.boolean(),
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
  /** What the fields were and became: personal values, kept apart and gone when the person is erased. Only about one person. */
  values: z.object({ leadId: z.uuid(), changes: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })) }).optional(),
});
export type AuditInput = z.input<typeof auditInput>;

/** One line of what people, keys and the agent did to one record. */
export const historyLine = z.object({
  id: z.uuid(),
  at: z.date(),
  byName: z.string().nullable(),
  actorKind: auditActorKind,
  action: z.string(),
  fields: z.array(z.string()),
  fromName: z.string().nullable(),
  toName: z.string().nullable(),
});
export type HistoryLine = z.output<typeof historyLine>;

export type AuditRow = z.output<typeof auditRow>;
export const listAuditInput = z.object({
  actorId: z.uuid().optional(),
  cursor: z.string().max(2_000).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type ListAuditInput = z.output<typeof listAuditInput>;
export const listAuditOutput = z.object({ items: z.array(auditRow), nextCursor: z.string().optional() });
