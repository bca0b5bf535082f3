import * as z from "zod";
import { createRouter, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { requestCancel } from "./commands.ts";
import { getProgress, listProgress } from "./queries.ts";
import { listProgressOutput, progressItem } from "./schema.ts";

export const progressRouter = createRouter({
  /** the activity tray */
  list: workspaceQuery("workspace:read")
    .output(listProgressOutput)
    .query(({ ctx }) => listProgress(ctx.tx)),

  get: workspaceQuery("workspace:read")
    .meta({
      openapi: { method: "GET", path: "/progress/{id}", tags: ["work"], summary: "How far a long piece of work is, and how it ended" },
    })
    .input(z.object({ id: z.uuid() }))
    .output(progressItem)
    .query(({ ctx, input }) => getProgress(ctx.tx, input.id)),

  cancel: workspaceMutation("tasks:write")
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => requestCancel(ctx.tx, input)),
});
