import * as z from "zod";
import { createRouter, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { settleMessage } from "./commands/settle-message.ts";
import { getMessage, listMessages } from "./queries.ts";
import { listMessagesInput, messageDetail, messagePage, settleMessageInput, settleMessageOutput } from "./schema.ts";

const tags = ["outreach"];

export const messagesRouter = createRouter({
  list: workspaceQuery("messages:read")
    .meta({ openapi: { method: "GET", path: "/messages", tags, summary: "Mails, latest first" } })
    .input(listMessagesInput)
    .output(messagePage)
    .query(({ ctx, input }) => listMessages(ctx.tx, ctx, input)),

  get: workspaceQuery("messages:read")
    .meta({ openapi: { method: "GET", path: "/messages/{id}", tags, summary: "One mail with its attempts" } })
    .input(z.object({ id: z.uuid() }))
    .output(messageDetail)
    .query(({ ctx, input }) => getMessage(ctx.tx, input.id)),

  settle: workspaceMutation("messages:settle")
    .meta({ openapi: { method: "POST", path: "/messages/{id}/settle", tags, summary: "Say whether an uncertain mail was sent" } })
    .input(settleMessageInput)
    .output(settleMessageOutput)
    .mutation(({ ctx, input }) => settleMessage(ctx.tx, { ...input, byId: ctx.userId, byKind: ctx.actorKind })),
});
