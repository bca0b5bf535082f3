import * as z from "zod";
import { createRouter, useCase, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { answerReply, discardSuggestion, takeBackAnswer } from "./commands/answer-reply.ts";
import { undoAction } from "./commands/change-reply.ts";
import { patchReply } from "./commands/patch-reply.ts";
import { getReply } from "./queries/get-reply.ts";
import { getInboxFrame } from "./queries/inbox-frame.ts";
import { countReplies, listReplies } from "./queries/list-replies.ts";
import {
  answerReplyInput,
  answerReplyResult,
  changeReplyInput,
  changeReplyResult,
  inboxFrame,
  listRepliesInput,
  replyCounts,
  replyDetail,
  replyPage,
  undoActionInput,
} from "./schema.ts";

const tags = ["outreach"];
const byId = z.object({ id: z.uuid() });
const said = z.object({ id: z.uuid(), says: z.string() });

export const repliesRouter = createRouter({
  list: workspaceQuery("replies:read")
    .meta({ openapi: { method: "GET", path: "/replies", tags, summary: "Replies, newest first" } })
    .input(listRepliesInput)
    .output(replyPage)
    .query(({ ctx, input }) => listReplies(ctx.tx, ctx, input)),

  counts: workspaceQuery("replies:read")
    .input(listRepliesInput.omit({ cursor: true, limit: true, view: true }))
    .output(replyCounts)
    .query(({ ctx, input }) => countReplies(ctx.tx, ctx, listRepliesInput.parse(input))),

  frame: workspaceQuery("replies:read")
    .output(inboxFrame)
    .query(({ ctx }) => getInboxFrame(ctx.tx, ctx)),

  get: workspaceQuery("replies:read")
    .meta({ openapi: { method: "GET", path: "/replies/{id}", tags, summary: "One reply with its conversation" } })
    .input(byId)
    .output(replyDetail)
    .query(({ ctx, input }) => getReply(ctx.tx, ctx, input.id)),

  change: useCase("replies:write")
    .meta({ openapi: { method: "PATCH", path: "/replies/{id}", tags, summary: "Say what a reply is, or that it is done" } })
    .input(changeReplyInput)
    .output(changeReplyResult)
    .mutation(({ ctx, input }) => patchReply(ctx.services, ctx.workspaceId, ctx, input)),

  undo: workspaceMutation("replies:write")
    .input(undoActionInput)
    .output(changeReplyResult)
    .mutation(({ ctx, input }) => undoAction(ctx.tx, ctx, input)),

  answer: workspaceMutation("replies:write")
    .meta({ openapi: { method: "POST", path: "/replies/{id}/answer", tags, summary: "Answer with the suggestion or own words" } })
    .input(answerReplyInput)
    .output(answerReplyResult)
    .mutation(({ ctx, input }) => answerReply(ctx.tx, ctx, input)),

  takeBack: workspaceMutation("replies:write")
    .input(byId)
    .output(said)
    .mutation(({ ctx, input }) => takeBackAnswer(ctx.tx, ctx, input)),

  discard: workspaceMutation("replies:write")
    .input(byId)
    .output(said)
    .mutation(({ ctx, input }) => discardSuggestion(ctx.tx, ctx, input)),
});
