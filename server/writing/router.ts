import * as z from "zod";
import { AppError } from "#server/core/errors.ts";
import { createRouter, useCase, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { approveDraft, approveThosePassing, takeBackRejection, withdrawApproval } from "./commands/decide-draft.ts";
import { editDraft } from "./commands/edit-draft.ts";
import { ensureDraft } from "./commands/ensure-draft.ts";
import { rejectAndWriteAnew } from "./commands/reject-and-write-anew.ts";
import { countDrafts, getDraft, listDrafts, samplePassing } from "./queries/list-drafts.ts";
import { previewDraft } from "./queries/preview-draft.ts";
import {
  draftCounts,
  draftList,
  draftSample,
  draftView,
  editDraftInput,
  listDraftsInput,
  previewView,
  rejectReason,
  storedDraft,
} from "./schema.ts";

const tags = ["outreach"];
const one = z.object({ id: z.uuid() });
const filter = listDraftsInput.pick({ campaignId: true, senderId: true });

export const draftsRouter = createRouter({
  list: workspaceQuery("drafts:read")
    .meta({ openapi: { method: "GET", path: "/drafts", tags, summary: "Drafts that wait for approval" } })
    .input(listDraftsInput)
    .output(draftList)
    .query(({ ctx, input }) => listDrafts(ctx.tx, ctx, input)),

  counts: workspaceQuery("drafts:read")
    .input(filter)
    .output(draftCounts)
    .query(({ ctx, input }) => countDrafts(ctx.tx, ctx, input)),

  get: workspaceQuery("drafts:read")
    .meta({ openapi: { method: "GET", path: "/drafts/{id}", tags, summary: "One draft with its sources" } })
    .input(one)
    .output(draftView)
    .query(({ ctx, input }) => getDraft(ctx.tx, ctx, input.id)),

  sample: workspaceQuery("drafts:read")
    .input(filter)
    .output(draftSample)
    .query(({ ctx, input }) => samplePassing(ctx.tx, ctx, input)),

  preview: workspaceQuery("campaigns:read")
    .input(z.object({ leadId: z.uuid(), stepId: z.uuid() }))
    .output(previewView)
    .query(({ ctx, input }) => previewDraft(ctx.tx, input)),

  write: useCase("drafts:write")
    .meta({ openapi: { method: "POST", path: "/drafts", tags, summary: "Write the draft of a step for a person, once" } })
    .input(z.object({ enrolmentId: z.uuid(), stepId: z.uuid() }))
    .output(storedDraft)
    .mutation(async ({ ctx, input }) => {
      const draft = await ensureDraft(ctx.services, ctx.workspaceId, input);
      if (!draft) throw new AppError("NOT_FOUND", "This person or this step is not in a campaign.");
      return draft;
    }),

  approve: workspaceMutation("drafts:write")
    .meta({ openapi: { method: "POST", path: "/drafts/{id}/approve", tags, summary: "Approve a draft" } })
    .input(one)
    .output(draftView)
    .mutation(async ({ ctx, input }) => {
      await approveDraft(ctx.tx, ctx, { draftId: input.id });
      return getDraft(ctx.tx, ctx, input.id);
    }),

  withdraw: workspaceMutation("drafts:write")
    .input(one)
    .output(draftView)
    .mutation(async ({ ctx, input }) => {
      await withdrawApproval(ctx.tx, ctx, { draftId: input.id });
      return getDraft(ctx.tx, ctx, input.id);
    }),

  takeBack: workspaceMutation("drafts:write")
    .input(one)
    .output(draftView)
    .mutation(async ({ ctx, input }) => {
      await takeBackRejection(ctx.tx, ctx, { draftId: input.id });
      return getDraft(ctx.tx, ctx, input.id);
    }),

  approvePassing: workspaceMutation("drafts:write")
    .input(filter.extend({ expected: z.number().int().min(0).optional() }))
    .output(z.object({ approved: z.number().int() }))
    .mutation(({ ctx, input }) => approveThosePassing(ctx.tx, ctx, input)),

  edit: workspaceMutation("drafts:write")
    .meta({ openapi: { method: "PATCH", path: "/drafts/{draftId}", tags, summary: "Edit a draft" } })
    .input(editDraftInput)
    .output(draftView)
    .mutation(async ({ ctx, input }) => {
      await editDraft(ctx.tx, ctx, input);
      return getDraft(ctx.tx, ctx, input.draftId);
    }),

  /** The next draft of the step is written at once and comes back. */
  reject: useCase("drafts:write")
    .meta({ openapi: { method: "POST", path: "/drafts/{id}/reject", tags, summary: "Reject a draft; another is written" } })
    .input(one.extend({ reason: rejectReason }))
    .output(z.object({ next: storedDraft.nullable() }))
    .mutation(({ ctx, input }) => rejectAndWriteAnew(ctx.services, ctx.workspaceId, ctx, { draftId: input.id, reason: input.reason })),
});
