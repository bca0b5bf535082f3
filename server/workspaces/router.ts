import * as z from "zod";
import { createOfKind } from "#server/sandbox/commands/create-of-kind.ts";
import { createRouter, operatorProcedure, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { saveWorkspaceSettings } from "./commands/save-settings.ts";
import { getWorkspace } from "./queries.ts";
import { createWorkspaceInput, workspaceKind, workspaceSettingsInput, workspaceView } from "./schema.ts";

export const workspacesRouter = createRouter({
  create: operatorProcedure
    .input(createWorkspaceInput.extend({ kind: workspaceKind }))
    .output(z.object({ id: z.string(), slug: z.string() }))
    .mutation(({ ctx, input }) => createOfKind({ ...input, ownerId: ctx.userId })),
  current: workspaceQuery("workspace:read")
    .output(workspaceView)
    .query(({ ctx }) => getWorkspace(ctx.tx)),
  saveSettings: workspaceMutation("settings:write")
    .input(workspaceSettingsInput)
    .output(z.void())
    .mutation(({ ctx, input }) => saveWorkspaceSettings(ctx.tx, { ...input, actorId: ctx.userId })),
});
