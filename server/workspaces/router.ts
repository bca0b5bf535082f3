import * as z from "zod";
import { createRouter, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { saveWorkspaceSettings } from "./commands.ts";
import { getWorkspace } from "./queries.ts";
import { workspaceSettingsInput, workspaceView } from "./schema.ts";

export const workspacesRouter = createRouter({
  current: workspaceQuery("workspace:read").output(workspaceView).query(({ ctx }) => getWorkspace(ctx.tx)),
  saveSettings: workspaceMutation("settings:write")
    .input(workspaceSettingsInput)
    .output(z.void())
    .mutation(({ ctx, input }) => saveWorkspaceSettings(ctx.tx, { ...input, actorId: ctx.userId })),
});
