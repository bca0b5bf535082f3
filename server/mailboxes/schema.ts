// Isomorphic: forms, routers and jobs.
import * as z from "zod";
import { isTimeZone } from "#server/workspaces/schema.ts";

const mailSecurity = z.enum(["tls", "starttls", "none"]);

/** How a server is reached; the password is sealed apart from it. */
export const mailServerSettings = z.object({
  host: z.string().trim().toLowerCase().min(1, "Enter the server").max(253),
  port: z.coerce.number().int().min(1, "Enter a port").max(65_535, "A port is at most 65535"),
  security: mailSecurity,
  user: z.string().trim().min(1, "Enter the user name").max(320),
});

export const mailboxSecret = z.object({ smtpPassword: z.string(), imapPassword: z.string() });

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Give a time such as 09:00");
export const mailboxHours = z
  .object({ days: z.array(z.number().int().min(1).max(7)).min(1, "Choose at least one day").max(7), from: clockTime, to: clockTime })
  .refine((hours) => hours.from < hours.to, { message: "The day must end after it begins", path: ["to"] });

export const proofKeys = ["sign-in", "read", "sent-folder", "round-trip"] as const;
const proofKey = z.enum(proofKeys);
export type ProofKey = z.infer<typeof proofKey>;
const proofStep = z.object({
  key: proofKey,
  /** null: not tried yet or still under way */
  ok: z.boolean().nullable(),
  message: z.string().nullable(),
  fix: z.string().nullable().default(null),
  link: z.string().nullable().default(null),
  at: z.string().nullable(),
});
export type ProofStep = z.output<typeof proofStep>;
export const proofSteps = z.array(proofStep);

const mailboxStatuses = ["connecting", "ready", "cannot_send", "cannot_read", "paused", "stopped"] as const;
export const mailboxStatus = z.enum(mailboxStatuses);
export type MailboxStatus = z.infer<typeof mailboxStatus>;

export const guessServersInput = z.object({ address: z.string().trim().toLowerCase().pipe(z.email("Enter an e-mail address")) });
export const guessedServers = z.object({
  provider: z.string().nullable(),
  note: z.string().nullable(),
  link: z.string().nullable(),
  smtp: mailServerSettings,
  imap: mailServerSettings,
});
export type GuessedServers = z.output<typeof guessedServers>;

export const connectMailboxInput = z.object({
  address: z.string().trim().toLowerCase().pipe(z.email("Enter an e-mail address")),
  displayName: z.string().trim().min(1, "Enter the name that recipients see").max(120),
  smtp: mailServerSettings,
  imap: mailServerSettings,
  password: z.string().min(1, "Enter the password").max(1000),
  /** only where reading uses another one */
  imapPassword: z.string().max(1000).optional(),
});
export type ConnectMailboxInput = z.output<typeof connectMailboxInput>;

export const reconnectMailboxInput = connectMailboxInput.omit({ address: true, displayName: true }).extend({ id: z.uuid() });

export const updateMailboxInput = z.object({
  id: z.uuid(),
  displayName: z.string().trim().min(1, "Enter the name that recipients see").max(120).optional(),
  signature: z.string().max(4000).optional(),
  timeZone: z.string().max(64).refine(isTimeZone, "Choose a time zone").optional(),
  hours: mailboxHours.optional(),
  dailyCap: z.coerce.number().int().min(1, "At least 1 a day").max(500, "At most 500 a day").optional(),
  gapMinMinutes: z.coerce.number().int().min(0).max(240).optional(),
  gapMaxMinutes: z.coerce.number().int().min(0).max(240).optional(),
  /** true: 10 a day rising 5 each working week from today; false: at full pace */
  isBuildingUp: z.boolean().optional(),
});
export type UpdateMailboxInput = z.output<typeof updateMailboxInput>;

export const mailboxRow = z.object({
  id: z.uuid(),
  address: z.string(),
  displayName: z.string(),
  kind: z.enum(["smtp", "sandbox"]),
  ownerId: z.uuid(),
  ownerName: z.string(),
  status: mailboxStatus,
  /** Ready · Building up · At today's limit · Cannot send · Cannot read replies · Paused by Ana · Stopped itself: … */
  statusText: z.string(),
  tone: z.enum(["good", "attention", "bad", "neutral"]),
  sends: z.boolean(),
  reads: z.boolean(),
  canReadReplies: z.boolean(),
  lastReadAt: z.date().nullable(),
  sendError: z.string().nullable(),
  readError: z.string().nullable(),
  sentToday: z.number(),
  capToday: z.number(),
  pace: z.string(),
  bounces30d: z.number(),
  sent30d: z.number(),
  campaigns: z.array(z.object({ id: z.uuid(), name: z.string(), isWaiting: z.boolean() })),
  timeZone: z.string(),
  hours: mailboxHours,
  signature: z.string(),
  dailyCap: z.number(),
  gapMinMinutes: z.number(),
  gapMaxMinutes: z.number(),
  isBuildingUp: z.boolean(),
  proof: proofSteps,
  smtp: mailServerSettings.nullable(),
  imap: mailServerSettings.nullable(),
  sentFolder: z.string().nullable(),
});
export type MailboxRow = z.infer<typeof mailboxRow>;
