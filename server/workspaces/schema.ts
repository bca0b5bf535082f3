import * as z from "zod";

export const workspaceKind = z.enum(["live", "sandbox"]);
export type WorkspaceKind = z.output<typeof workspaceKind>;

export const createWorkspaceInput = z.object({
  name: z.string().trim().min(1, "Give the workspace a name").max(80),
  timeZone: z.string().refine(isTimeZone, "Choose a time zone").default("Europe/Lisbon"),
});
export type CreateWorkspaceInput = z.output<typeof createWorkspaceInput>;

export const workspaceView = z.object({
  id: z.uuid(),
  name: z.string(),
  slug: z.string(),
  kind: workspaceKind,
  visibility: z.enum(["own", "team", "all"]),
  requiresSecondStep: z.boolean(),
  timeZone: z.string(),
  country: z.string().nullable(),
  postalAddress: z.string().nullable(),
  /** the workspace's own time: virtual in a sandbox */
  now: z.date(),
  sendingPausedAt: z.date().nullable(),
  sendingPausedBy: z.string().nullable(),
  sendingPauseReason: z.string().nullable(),
  /** The last time that sending went on again, and why. */
  sendingResumedAt: z.date().nullable(),
  sendingResumedBy: z.string().nullable(),
  sendingResumeReason: z.string().nullable(),
});

export const workspaceSettingsInput = z.object({
  name: z.string().trim().min(1, "Give the workspace a name").max(80).optional(),
  timeZone: z.string().refine(isTimeZone, "Choose a time zone").optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "Choose a country")
    .nullable()
    .optional(),
  postalAddress: z.string().trim().max(300).nullable().optional(),
  visibility: z.enum(["own", "team", "all"]).optional(),
  /** Whoever has none sets it up before their next look at this workspace. */
  requiresSecondStep: z.boolean().optional(),
});
export type WorkspaceSettingsInput = z.output<typeof workspaceSettingsInput>;

/** A place, never "+02:00": that means two hours east here and two hours west to the database. */
export function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
