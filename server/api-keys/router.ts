import * as z from "zod";
import { AppError } from "#server/core/errors.ts";
import { createRouter, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { createApiKey, rotateApiKey, withdrawApiKey } from "./commands.ts";
import { listApiKeys } from "./queries.ts";
import { apiKeyView, createApiKeyInput, createdApiKey, rotateApiKeyInput } from "./schema.ts";

export const apiKeysRouter = createRouter({
  list: workspaceQuery("api-keys:write")
    .output(z.array(apiKeyView))
    .query(({ ctx }) => listApiKeys(ctx.tx)),
  create: workspaceMutation("api-keys:write")
    .input(createApiKeyInput)
    .output(createdApiKey)
    .mutation(({ ctx, input }) => {
      if (ctx.actorKind !== "person") throw new AppError("FORBIDDEN", "An API key makes no other keys.");
      return createApiKey(ctx.tx, { ...input, actorId: ctx.userId, realNow: new Date() });
    }),
  rotate: workspaceMutation("api-keys:write")
    .input(rotateApiKeyInput)
    .output(createdApiKey.extend({ oldEndsAt: z.date() }))
    .mutation(({ ctx, input }) => {
      if (ctx.actorKind !== "person") throw new AppError("FORBIDDEN", "An API key makes no other keys.");
      return rotateApiKey(ctx.tx, { ...input, actorId: ctx.userId, realNow: new Date() });
    }),
  withdraw: workspaceMutation("api-keys:write")
    .input(z.object({ id: z.uuid() }))
    .output(z.void())
    .mutation(({ ctx, input }) => withdrawApiKey(ctx.tx, { id: input.id, actorId: ctx.userId })),
});
