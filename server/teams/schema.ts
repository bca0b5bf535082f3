import * as z from "zod";
import { roles } from "#server/auth/constants.ts";
import { nameInput } from "#server/auth/schema.ts";
import { isTimeZone } from "#server/workspaces/schema.ts";

export const memberView = z.object({
  userId: z.uuid(),
  fullName: z.string(),
  email: z.string(),
  role: z.enum(roles),
  teamId: z.uuid().nullable(),
  teamName: z.string().nullable(),
  timeZone: z.string(),
  awayFrom: z.string().nullable(),
  awayUntil: z.string().nullable(),
  isAway: z.boolean(),
  coveredBy: z.string().nullable(),
  mailboxes: z.number().int(),
});

export const teamView = z.object({ id: z.uuid(), name: z.string(), managerId: z.uuid().nullable(), people: z.number().int() });
export const invitationView = z.object({
  id: z.uuid(),
  email: z.string().nullable(),
  role: z.enum(roles),
  teamName: z.string().nullable(),
  invitedBy: z.string().nullable(),
  expiresAt: z.date(),
});
export const teamPage = z.object({ members: z.array(memberView), teams: z.array(teamView), invitations: z.array(invitationView) });

/** An owner is made only by claiming or by another owner's change of role. */
export const invitableRole = z.enum(["admin", "manager", "rep", "viewer"]);
export const inviteInput = z.object({
  email: z
    .union([z.literal("").transform(() => null), z.string().trim().toLowerCase().max(254).pipe(z.email("Enter an e-mail address"))])
    .nullable(),
  role: invitableRole,
  teamId: z.uuid().nullable().default(null),
});
export const changeRoleInput = z.object({ userId: z.uuid(), role: z.enum(roles) });
export const moveToTeamInput = z.object({ userId: z.uuid(), teamId: z.uuid().nullable() });
export const createTeamInput = z.object({
  name: z.string().trim().min(1, "Give the team a name").max(80),
  managerId: z.uuid().nullable().default(null),
});
export const changeTeamInput = createTeamInput.partial().extend({ id: z.uuid(), managerId: z.uuid().nullable().optional() });

/** What somebody holds when they leave. Nothing is left without an owner. */
export const handOutNouns = ["leads", "companies", "campaigns", "deals", "tasks", "meetings", "mailboxes", "replies", "teams"] as const;
export type HandOutNoun = (typeof handOutNouns)[number];
export const holdings = z.object(
  Object.fromEntries(handOutNouns.map((noun) => [noun, z.number().int()])) as Record<HandOutNoun, z.ZodNumber>,
);
export type Holdings = z.output<typeof holdings>;
export const removeMemberInput = z.object({
  userId: z.uuid(),
  /** Who takes over what is not named in `others`. */
  toUserId: z.uuid(),
  others: z.partialRecord(z.enum(handOutNouns), z.uuid()).default({}),
});

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Write a time like 09:00");
export const workingHours = z
  .object({ days: z.array(z.number().int().min(1).max(7)).min(1, "Choose at least one day").max(7), from: time, to: time })
  .refine((hours) => hours.from < hours.to, { message: "The day must end after it begins", path: ["to"] });

/** Days in which somebody does not work, both included, and who takes their things meanwhile. */
export const away = z
  .object({
    from: z.iso.date("Choose the first day away"),
    until: z.iso.date("Choose the last day away"),
    coveredById: z.uuid().nullable(),
  })
  .refine((days) => days.from <= days.until, { message: "The last day away comes before the first", path: ["until"] });

export const profileView = z.object({
  fullName: z.string(),
  email: z.string(),
  signature: z.string(),
  timeZone: z.string(),
  hours: workingHours,
  singleKeys: z.boolean(),
  away: away.nullable(),
  /** Who may cover: everybody else in the workspace. */
  colleagues: z.array(z.object({ userId: z.uuid(), name: z.string() })),
});
export const saveProfileInput = z.object({
  fullName: nameInput,
  signature: z.string().max(1_000),
  timeZone: z.string().refine(isTimeZone, "Choose a time zone"),
  hours: workingHours,
  singleKeys: z.boolean(),
  away: away.nullable().default(null),
});
