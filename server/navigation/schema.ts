import * as z from "zod";

/** What stands around every page: the clock, the reader's zone, and the rail's counts. */
export const frameView = z.object({
  now: z.date(),
  /** a pretend workspace's clock stands still until it is moved */
  isRunning: z.boolean(),
  zone: z.string(),
  workspaceName: z.string(),
  workspaceZone: z.string(),
  sendingPause: z.object({ at: z.date(), by: z.string().nullable(), reason: z.string().nullable() }).nullable(),
  counts: z.object({ today: z.number().int(), inbox: z.number().int(), drafts: z.number().int() }),
  mailboxesNeedAttention: z.boolean(),
  isSetupDone: z.boolean(),
  /** Whose work the lists and counts hold: null is everybody's. */
  sees: z.enum(["own", "team"]).nullable(),
});
export type FrameView = z.output<typeof frameView>;
