import { createRouter, workspaceQuery } from "#server/trpc/init.ts";
import { getFrame } from "./queries.ts";
import { frameView } from "./schema.ts";

export const navigationRouter = createRouter({
  frame: workspaceQuery("workspace:read")
    .output(frameView)
    .query(({ ctx }) => getFrame(ctx.tx, ctx)),
});
