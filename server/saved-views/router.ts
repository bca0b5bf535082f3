import * as z from "zod";
import { createRouter, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { removeView, saveView } from "./commands.ts";
import { listViews } from "./queries.ts";
import { listViewsInput, saveViewInput, viewId, viewList } from "./schema.ts";

export const savedViewsRouter = createRouter({
  list: workspaceQuery("workspace:read")
    .input(listViewsInput)
    .output(viewList)
    .query(async ({ ctx, input }) => ({ items: await listViews(ctx.tx, input.page, ctx.userId) })),

  save: workspaceMutation("workspace:read")
    .input(saveViewInput)
    .output(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => saveView(ctx.tx, input, ctx)),

  remove: workspaceMutation("workspace:read")
    .input(viewId)
    .output(z.void())
    .mutation(({ ctx, input }) => removeView(ctx.tx, input.viewId, ctx)),
});
