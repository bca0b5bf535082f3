import * as z from "zod";
import { peopleChanged } from "#server/enrolments/schema.ts";
import { listVisibleOwners } from "#server/teams/queries.ts";
import { createRouter, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { createCampaign } from "./commands/create-campaign.ts";
import { pauseAllSending, resumeAllSending } from "./commands/pause-all-sending.ts";
import { pauseCampaign, resumeCampaign } from "./commands/pause-campaign.ts";
import { setSteps } from "./commands/set-steps.ts";
import { startCampaign } from "./commands/start-campaign.ts";
import { deleteCampaign, restoreCampaign, updateCampaign } from "./commands/update-campaign.ts";
import { getCampaignOptions } from "./queries/campaign-options.ts";
import { getCampaign } from "./queries/get-campaign.ts";
import { getStartSheet } from "./queries/get-start-sheet.ts";
import { getCampaignStats } from "./queries/get-stats.ts";
import { listCampaigns } from "./queries/list-campaigns.ts";
import { previewSteps } from "./queries/preview-steps.ts";
import { requireCampaign } from "./queries/require-campaign.ts";
import {
  campaignId,
  campaignJson,
  campaignOptions,
  campaignPage,
  campaignStats,
  campaignStep,
  createCampaignInput,
  listCampaignsInput,
  pauseAllInput,
  resumeAllInput,
  setStepsInput,
  setStepsPreview,
  startSheet,
  updateCampaignInput,
} from "./schema.ts";

const tags = ["campaigns"];
const call = (method: "GET" | "POST" | "PATCH", path: `/${string}`, summary: string) => ({ openapi: { method, path, tags, summary } });

export const campaignsRouter = createRouter({
  list: workspaceQuery("campaigns:read")
    .meta(call("GET", "/campaigns", "Campaigns with progress, replies and meetings"))
    .input(listCampaignsInput)
    .output(campaignPage)
    .query(async ({ ctx, input }) => listCampaigns(ctx.tx, { ...input, owners: await listVisibleOwners(ctx.tx, ctx) })),

  options: workspaceQuery("campaigns:read")
    .input(z.object({}))
    .output(campaignOptions)
    .query(({ ctx }) => getCampaignOptions(ctx.tx, ctx)),

  get: workspaceQuery("campaigns:read")
    .meta(call("GET", "/campaigns/{id}", "One campaign with its steps and rules"))
    .input(campaignId)
    .output(campaignJson)
    .query(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return getCampaign(ctx.tx, input.id);
    }),

  stats: workspaceQuery("campaigns:read")
    .meta(call("GET", "/campaigns/{id}/stats", "Numbers of a campaign, by step"))
    .input(campaignId)
    .output(campaignStats)
    .query(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return getCampaignStats(ctx.tx, input.id);
    }),

  create: workspaceMutation("campaigns:write")
    .meta(call("POST", "/campaigns", "Create a campaign as a draft"))
    .input(createCampaignInput)
    .output(campaignJson)
    .mutation(async ({ ctx, input }) => {
      const { id } = await createCampaign(ctx.tx, { ...input, byId: ctx.userId });
      return getCampaign(ctx.tx, id);
    }),

  update: workspaceMutation("campaigns:write")
    .meta(call("PATCH", "/campaigns/{id}", "Change name, offer, owner or rules"))
    .input(updateCampaignInput)
    .output(campaignJson)
    .mutation(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      await updateCampaign(ctx.tx, { ...input, byId: ctx.userId });
      return getCampaign(ctx.tx, input.id);
    }),

  remove: workspaceMutation("campaigns:write")
    .input(campaignId)
    .output(z.object({ id: z.uuid() }))
    .mutation(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return deleteCampaign(ctx.tx, { ...input, byId: ctx.userId });
    }),

  restore: workspaceMutation("campaigns:write")
    .input(campaignId)
    .output(peopleChanged)
    .mutation(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id, { inTrash: true });
      return restoreCampaign(ctx.tx, { ...input, byId: ctx.userId });
    }),

  previewSteps: workspaceQuery("campaigns:write")
    .input(setStepsInput)
    .output(setStepsPreview)
    .query(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return previewSteps(ctx.tx, input);
    }),

  setSteps: workspaceMutation("campaigns:write")
    .input(setStepsInput)
    .output(z.object({ steps: z.array(campaignStep) }))
    .mutation(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return { steps: await setSteps(ctx.tx, { ...input, byId: ctx.userId }) };
    }),

  startSheet: workspaceQuery("campaigns:read")
    .input(campaignId)
    .output(startSheet)
    .query(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return getStartSheet(ctx.tx, input.id);
    }),

  start: workspaceMutation("campaigns:start")
    .meta(call("POST", "/campaigns/{id}/start", "Start a campaign when every check passes"))
    .input(campaignId)
    .output(peopleChanged)
    .mutation(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return startCampaign(ctx.tx, { campaignId: input.id, byId: ctx.userId });
    }),

  pause: workspaceMutation("campaigns:write")
    .meta(call("POST", "/campaigns/{id}/pause", "Pause a campaign"))
    .input(campaignId)
    .output(peopleChanged)
    .mutation(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return pauseCampaign(ctx.tx, { campaignId: input.id, byId: ctx.userId });
    }),

  resume: workspaceMutation("campaigns:start")
    .meta(call("POST", "/campaigns/{id}/resume", "Resume a paused campaign; everybody is planned again"))
    .input(campaignId)
    .output(peopleChanged)
    .mutation(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return resumeCampaign(ctx.tx, { campaignId: input.id, byId: ctx.userId });
    }),

  pauseAllSending: workspaceMutation("sending:pause")
    .meta({ openapi: { method: "POST", path: "/sending/pause", tags: ["outreach"], summary: "Pause all campaign mails of the workspace" } })
    .input(pauseAllInput)
    .output(peopleChanged)
    .mutation(({ ctx, input }) => pauseAllSending(ctx.tx, { ...input, byId: ctx.userId })),

  resumeAllSending: workspaceMutation("sending:pause")
    .meta({ openapi: { method: "POST", path: "/sending/resume", tags: ["outreach"], summary: "Resume sending, with a reason" } })
    .input(resumeAllInput)
    .output(peopleChanged)
    .mutation(({ ctx, input }) => resumeAllSending(ctx.tx, { ...input, byId: ctx.userId })),
});
