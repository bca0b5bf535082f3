import * as z from "zod";
import { createRouter, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { requestCancel } from "./commands.ts";
import { listProgress } from "./queries.ts";
import { listProgressOutput } from "./schema.ts";

export const progressRouter = createRouter({
  /** the activity tray */
  list: workspaceQuery("workspace:read")
    .output(listProgressOutput)
    .query(({ ctx }) => listProgress(ctx.tx)),

  cancel: workspaceMutation("tasks:write")
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => requestCancel(ctx.tx, input)),
});
