import * as z from "zod";

export const progressStatus = z.enum(["running", "done", "failed", "cancelled"]);
export type ProgressStatus = z.infer<typeof progressStatus>;

export const progressItem = z.object({
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  status: progressStatus,
  done: z.number().int(),
  /** null while the whole is not known */
  total: z.number().int().nullable(),
  /** one sentence about how it ended */
  result: z.string().nullable(),
  /** where the result can be seen, inside the workspace */
  link: z.string().nullable(),
  startedAt: z.date(),
  finishedAt: z.date().nullable(),
  cancelRequested: z.boolean(),
});
export type ProgressItem = z.infer<typeof progressItem>;

export const listProgressOutput = z.object({ running: z.array(progressItem), recent: z.array(progressItem) });
export type ListProgressOutput = z.infer<typeof listProgressOutput>;
