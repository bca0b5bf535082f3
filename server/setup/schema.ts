import * as z from "zod";

export const setupLineIds = ["offer", "identity", "do-not-contact", "mailbox", "reachable", "people", "scoring", "campaign"] as const;
export const setupLine = z.object({
  id: z.enum(setupLineIds),
  state: z.enum(["ok", "failed", "open"]),
  /** What is known about it: "2,184 addresses, 96 domains", or what is wrong. */
  detail: z.string().nullable(),
  /** The part of the identity that is asked for next; it stands on a page of its own. */
  missing: z.enum(["signature", "postal-address"]).optional(),
});
export type SetupLine = z.output<typeof setupLine>;

export const setupView = z.object({ lines: z.array(setupLine), done: z.number().int(), isHidden: z.boolean() });
export type SetupView = z.output<typeof setupView>;
