import { createRouter, workspaceQuery } from "#server/trpc/init.ts";
import { getToday } from "./queries.ts";
import { todayInput, todayOutput } from "./schema.ts";

export const todayRouter = createRouter({
  queue: workspaceQuery("tasks:read")
    .meta({ openapi: { method: "GET", path: "/today", tags: ["work"], summary: "What a person must do today, in order" } })
    .input(todayInput)
    .output(todayOutput)
    .query(({ ctx, input }) => getToday(ctx.tx, ctx, input)),
});
