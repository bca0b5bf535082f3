import * as z from "zod";
import { asChanger } from "#server/teams/queries.ts";
import { createRouter, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { changeDeal } from "./commands/change-deal.ts";
import { createDeal } from "./commands/create-deal.ts";
import { getDeal, getDealBoard, listDeals, listPipelines } from "./queries.ts";
import {
  changeDealInput,
  createDealInput,
  dealBoard,
  dealFilter,
  dealView,
  listDealsInput,
  listDealsOutput,
  pipelineList,
} from "./schema.ts";

const tags = ["pipeline"];

export const dealsRouter = createRouter({
  pipelines: workspaceQuery("deals:read")
    .meta({ openapi: { method: "GET", path: "/pipelines", tags, summary: "Pipelines with their stages" } })
    .input(z.object({}))
    .output(pipelineList)
    .query(({ ctx }) => listPipelines(ctx.tx)),

  list: workspaceQuery("deals:read")
    .meta({ openapi: { method: "GET", path: "/deals", tags, summary: "Deals" } })
    .input(listDealsInput)
    .output(listDealsOutput)
    .query(({ ctx, input }) => listDeals(ctx.tx, ctx, input)),

  board: workspaceQuery("deals:read")
    .input(dealFilter.omit({ state: true, stageId: true }))
    .output(dealBoard)
    .query(({ ctx, input }) => getDealBoard(ctx.tx, ctx, input)),

  get: workspaceQuery("deals:read")
    .meta({ openapi: { method: "GET", path: "/deals/{id}", tags, summary: "One deal with its history" } })
    .input(z.object({ id: z.uuid() }))
    .output(dealView)
    .query(({ ctx, input }) => getDeal(ctx.tx, ctx, input.id)),

  create: workspaceMutation("deals:write")
    .meta({ openapi: { method: "POST", path: "/deals", tags, summary: "Open a deal" } })
    .input(createDealInput)
    .output(dealView)
    .mutation(async ({ ctx, input }) => getDeal(ctx.tx, asChanger(ctx), await createDeal(ctx.tx, ctx, input))),

  change: workspaceMutation("deals:write")
    .meta({ openapi: { method: "PATCH", path: "/deals/{id}", tags, summary: "Edit a deal or move it to a stage" } })
    .input(changeDealInput)
    .output(dealView)
    .mutation(async ({ ctx, input }) => {
      await changeDeal(ctx.tx, ctx, input);
      return getDeal(ctx.tx, asChanger(ctx), input.id);
    }),
});
