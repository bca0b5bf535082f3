import * as z from "zod";
import { createRouter, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { setSetupHidden } from "./commands.ts";
import { getSetup } from "./queries.ts";
import { setupView } from "./schema.ts";

export const setupRouter = createRouter({
  get: workspaceQuery("workspace:read")
    .output(setupView)
    .query(({ ctx }) => getSetup(ctx.tx, { userId: ctx.userId })),
  setHidden: workspaceMutation("settings:write")
    .input(z.object({ isHidden: z.boolean() }))
    .output(z.void())
    .mutation(({ ctx, input }) => setSetupHidden(ctx.tx, input)),
});
