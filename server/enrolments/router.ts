import { addPeople } from "#server/campaigns/commands/add-people.ts";
import { pausePeople, removePeople, resumePeople } from "#server/campaigns/commands/change-people.ts";
import { putPeopleBack } from "#server/campaigns/commands/return-people.ts";
import { undoAdd } from "#server/campaigns/commands/undo-add.ts";
import { listPeople } from "#server/campaigns/queries/list-people.ts";
import { requireCampaign, requireEnrolment } from "#server/campaigns/queries/require-campaign.ts";
import { resolveLeadIds, splitAudience } from "#server/campaigns/queries/split-audience.ts";
import { whyNotNow } from "#server/campaigns/queries/why-not-now.ts";
import { createRouter, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import {
  addPeopleInput,
  addPeopleOutput,
  audienceSplit,
  changePeopleInput,
  chosenChanged,
  enrolmentId,
  listPeopleInput,
  peopleChanged,
  peoplePage,
  whyNotNow as whyNotNowOutput,
} from "./schema.ts";

const tags = ["campaigns"];

/** People in campaigns. */
export const enrolmentsRouter = createRouter({
  list: workspaceQuery("campaigns:read")
    .meta({ openapi: { method: "GET", path: "/campaigns/{id}/enrolments", tags, summary: "People in a campaign with what comes next" } })
    .input(listPeopleInput)
    .output(peoplePage)
    .query(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return listPeople(ctx.tx, input);
    }),

  next: workspaceQuery("campaigns:read")
    .meta({ openapi: { method: "GET", path: "/enrolments/{id}/next", tags, summary: "When the next mail leaves, and why not now" } })
    .input(enrolmentId)
    .output(whyNotNowOutput)
    .query(async ({ ctx, input }) => {
      await requireEnrolment(ctx.tx, ctx, input.id);
      return whyNotNow(ctx.tx, input.id);
    }),

  split: workspaceMutation("campaigns:read")
    .input(addPeopleInput)
    .output(audienceSplit)
    .mutation(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return splitAudience(ctx.tx, { campaignId: input.id, leadIds: await resolveLeadIds(ctx.tx, ctx, input), include: input.include });
    }),

  add: workspaceMutation("campaigns:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/campaigns/{id}/enrol",
        tags,
        summary: "Add people to a campaign; answers with who was left out and why",
      },
    })
    .input(addPeopleInput)
    .output(addPeopleOutput)
    .mutation(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return addPeople(ctx.tx, {
        campaignId: input.id,
        leadIds: await resolveLeadIds(ctx.tx, ctx, input),
        include: input.include,
        byId: ctx.userId,
      });
    }),

  remove: workspaceMutation("campaigns:write")
    .input(changePeopleInput)
    .output(chosenChanged)
    .mutation(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return removePeople(ctx.tx, { campaignId: input.id, enrolmentIds: input.enrolmentIds, byId: ctx.userId });
    }),

  undoAdd: workspaceMutation("campaigns:write")
    .input(changePeopleInput)
    .output(chosenChanged)
    .mutation(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return undoAdd(ctx.tx, { campaignId: input.id, enrolmentIds: input.enrolmentIds, byId: ctx.userId });
    }),

  putBack: workspaceMutation("campaigns:write")
    .input(changePeopleInput)
    .output(peopleChanged)
    .mutation(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return putPeopleBack(ctx.tx, { campaignId: input.id, enrolmentIds: input.enrolmentIds, byId: ctx.userId });
    }),

  pause: workspaceMutation("campaigns:write")
    .input(changePeopleInput)
    .output(chosenChanged)
    .mutation(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return pausePeople(ctx.tx, { campaignId: input.id, enrolmentIds: input.enrolmentIds, byId: ctx.userId });
    }),

  resume: workspaceMutation("campaigns:write")
    .input(changePeopleInput)
    .output(chosenChanged)
    .mutation(async ({ ctx, input }) => {
      await requireCampaign(ctx.tx, ctx, input.id);
      return resumePeople(ctx.tx, { campaignId: input.id, enrolmentIds: input.enrolmentIds, byId: ctx.userId });
    }),
});
