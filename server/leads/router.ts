import * as z from "zod";
import { contribution, raise } from "#server/scoring/schema.ts";
import { asChanger } from "#server/teams/queries.ts";
import { listTimeline } from "#server/timeline/queries.ts";
import { listTimelineInput, timelinePage } from "#server/timeline/schema.ts";
import { createRouter, useCase, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { addLead } from "./commands/add-lead.ts";
import { correctFact, updateLead } from "./commands/correct-lead.ts";
import { deleteLeads, restoreLeads } from "./commands/delete-leads.ts";
import { eraseLead } from "./commands/erase-lead.ts";
import { startBulk, undoBulk } from "./commands/run-bulk.ts";
import { grades } from "./constants.ts";
import { getLeadJson, getLeadPage, listFacts, requireLead } from "./queries/get-lead.ts";
import { getNextBest } from "./queries/get-next-best.ts";
import { getScoreWithSources } from "./queries/get-score-with-sources.ts";
import { listLeadOptions } from "./queries/lead-options.ts";
import { countLeads, listLeads } from "./queries/list-leads.ts";
import {
  bulkInput,
  correctedFact,
  correctFactInput,
  createLeadInput,
  leadCount,
  leadFactView,
  leadFilter,
  leadJson,
  leadOptions,
  leadPage,
  leadPageView,
  listLeadsInput,
  nextBestView,
  updateLeadInput,
} from "./schema.ts";

const tags = ["leads"];
const byId = z.object({ id: z.uuid() });
const nothing = z.object({});

export const leadsRouter = createRouter({
  list: workspaceQuery("leads:read")
    .meta({ openapi: { method: "GET", path: "/leads", tags, summary: "People, by filter and sort, in pages" } })
    .input(listLeadsInput)
    .output(leadPage)
    .query(({ ctx, input }) => listLeads(ctx.tx, input, ctx)),

  count: workspaceQuery("leads:read")
    .input(leadFilter)
    .output(leadCount)
    .query(({ ctx, input }) => countLeads(ctx.tx, input, ctx)),

  options: workspaceQuery("leads:read")
    .input(nothing)
    .output(leadOptions)
    .query(({ ctx }) => listLeadOptions(ctx.tx, ctx)),

  get: workspaceQuery("leads:read")
    .meta({ openapi: { method: "GET", path: "/leads/{id}", tags, summary: "One person" } })
    .input(byId)
    .output(leadJson)
    .query(({ ctx, input }) => getLeadJson(ctx.tx, input.id, ctx)),

  page: workspaceQuery("leads:read")
    .input(byId)
    .output(leadPageView)
    .query(({ ctx, input }) => getLeadPage(ctx.tx, input.id, ctx)),

  facts: workspaceQuery("leads:read")
    .meta({ openapi: { method: "GET", path: "/leads/{id}/facts", tags, summary: "What is known, with every source that said it" } })
    .input(byId)
    .output(z.object({ items: z.array(leadFactView) }))
    .query(async ({ ctx, input }) => ({ items: await listFacts(ctx.tx, input.id, ctx) })),

  nextBest: workspaceQuery("leads:read")
    .input(byId)
    .output(nextBestView)
    .query(({ ctx, input }) => getNextBest(ctx.tx, input.id, ctx)),

  score: workspaceQuery("leads:read")
    .meta({ openapi: { method: "GET", path: "/leads/{id}/score", tags, summary: "The score, its reasons, and what would raise it" } })
    .input(byId)
    .output(
      z.object({
        value: z.number().int().nullable(),
        grade: z.enum(grades).nullable(),
        contributions: z.array(contribution.extend({ sources: z.array(z.object({ source: z.string(), at: z.date() })) })),
        profileVersion: z.number().int().nullable(),
        scoredAt: z.date().nullable(),
        raises: z.array(raise),
      }),
    )
    .query(async ({ ctx, input }) => {
      return getScoreWithSources(ctx.tx, input.id, ctx);
    }),

  timeline: workspaceQuery("leads:read")
    .meta({ openapi: { method: "GET", path: "/leads/{leadId}/timeline", tags, summary: "What happened, newest first" } })
    .input(listTimelineInput)
    .output(timelinePage)
    .query(async ({ ctx, input }) => {
      await requireLead(ctx.tx, input.leadId, ctx);
      return listTimeline(ctx.tx, input);
    }),

  create: workspaceMutation("leads:write")
    .meta({ openapi: { method: "POST", path: "/leads", tags, summary: "Add a person", successDescription: "The person" } })
    .input(createLeadInput)
    .output(leadJson)
    .mutation(async ({ ctx, input }) => getLeadJson(ctx.tx, await addLead(ctx.tx, input, ctx), asChanger(ctx))),

  update: workspaceMutation("leads:write")
    .meta({ openapi: { method: "PATCH", path: "/leads/{id}", tags, summary: "Correct a person; what a person says wins over machines" } })
    .input(updateLeadInput)
    .output(leadJson)
    .mutation(async ({ ctx, input }) => {
      await updateLead(ctx.tx, input, ctx);
      return getLeadJson(ctx.tx, input.id, asChanger(ctx));
    }),

  correctFact: workspaceMutation("leads:write")
    .input(correctFactInput)
    .output(correctedFact)
    .mutation(({ ctx, input }) => correctFact(ctx.tx, input, ctx)),

  delete: workspaceMutation("leads:write")
    .meta({ openapi: { method: "DELETE", path: "/leads/{id}", tags, summary: "Into the trash for 30 days" } })
    .input(byId)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await requireLead(ctx.tx, input.id, ctx);
      await deleteLeads(ctx.tx, [input.id], ctx.userId);
      return {};
    }),

  erase: useCase("leads:delete")
    .meta({ openapi: { method: "POST", path: "/leads/{id}/erase", tags, summary: "Erase a person for good" } })
    .input(z.object({ id: z.uuid() }))
    .output(z.void())
    .mutation(({ ctx, input }) => eraseLead(ctx.workspaceId, { id: input.id, by: ctx })),

  restore: workspaceMutation("leads:write")
    .input(byId)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await requireLead(ctx.tx, input.id, ctx);
      await restoreLeads(ctx.tx, [input.id], ctx.userId);
      return {};
    }),

  bulk: workspaceMutation("leads:write")
    .meta({ openapi: { method: "POST", path: "/leads/bulk", tags, summary: "A verb over many people; above 200 it goes on by itself" } })
    .input(bulkInput)
    .output(z.object({ id: z.uuid(), count: z.number().int(), isDone: z.boolean(), progressId: z.uuid().nullable() }))
    .mutation(({ ctx, input }) => startBulk(ctx.tx, input, ctx)),

  undoBulk: workspaceMutation("leads:write")
    .meta({ openapi: { method: "POST", path: "/leads/bulk/{id}/undo", tags, summary: "Put back what a verb over many people changed" } })
    .input(byId)
    .output(z.object({ count: z.number().int(), isDone: z.boolean(), progressId: z.uuid().nullable() }))
    .mutation(({ ctx, input }) => undoBulk(ctx.tx, input.id, ctx)),
});
