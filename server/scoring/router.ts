import * as z from "zod";
import { createRouter, useCase, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { rescoreEverybody } from "./commands/rescore-everybody.ts";
import { saveProfile } from "./commands/save-profile.ts";
import { getProfile } from "./queries/get-profile.ts";
import { previewProfile } from "./queries/preview-profile.ts";
import { previewOutput, profileInput, saveProfileInput, scoringProfile } from "./schema.ts";

const tags = ["scoring"];

export const scoringRouter = createRouter({
  profile: workspaceQuery("scoring:read")
    .meta({ openapi: { method: "GET", path: "/scoring/profile", tags, summary: "The rules that score now" } })
    .input(z.object({}))
    .output(scoringProfile)
    .query(({ ctx }) => getProfile(ctx.tx)),

  save: workspaceMutation("scoring:write")
    .meta({
      openapi: { method: "PUT", path: "/scoring/profile", tags, summary: "Save the rules as a new version and score everybody again" },
    })
    .input(saveProfileInput)
    .output(z.object({ version: z.number().int() }))
    .mutation(({ ctx, input }) => saveProfile(ctx.tx, input, { userId: ctx.userId, kind: ctx.actorKind })),

  preview: workspaceQuery("scoring:read")
    .meta({
      openapi: { method: "POST", path: "/scoring/preview", tags, summary: "What saving these rules would change; nothing is written" },
    })
    .input(profileInput)
    .output(previewOutput)
    .mutation(({ ctx, input }) => previewProfile(ctx.tx, input)),

  rescore: useCase("scoring:write")
    .meta({ openapi: { method: "POST", path: "/scoring/rescore", tags, summary: "Score everybody again under the rules of now" } })
    .input(z.object({}))
    .output(z.object({ done: z.number().int(), changed: z.number().int() }))
    .mutation(({ ctx }) => rescoreEverybody(ctx.workspaceId)),
});
