import * as z from "zod";

export const instanceView = z.object({
  engine: z.object({
    kind: z.enum(["embedded", "inngest"]),
    workers: z.number().int(),
    waiting: z.number().int(),
    running: z.number().int(),
    failedInADay: z.number().int(),
    completedInADay: z.number().int(),
    waitingEvents: z.number().int(),
    lagMs: z.number().int(),
  }),
  database: z.object({ bytes: z.number(), release: z.string().nullable() }),
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
  /** In words, the worst first. Empty: all is well. */
  findings: z.array(z.object({ id: z.string(), sentence: z.string(), isBad: z.boolean() })),
  workspaces: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      kind: z.enum(["live", "sandbox"]),
      createdAt: z.date(),
      size: z
        .object({
          people: z.number().int(),
          mails: z.number().int(),
          replies: z.number().int(),
          fileBytes: z.number(),
          members: z.number().int(),
          countedAt: z.date(),
        })
        .nullable(),
    }),
  ),
});
export type InstanceView = z.output<typeof instanceView>;
