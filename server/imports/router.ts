import * as z from "zod";
import { createRouter, useCase, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { cancelImport, requestCheck, saveMapping, startImport } from "./commands/plan-import.ts";
import { storePaste } from "./commands/store-file.ts";
import { undoImport } from "./commands/undo-import.ts";
import { checkImport, getImport, getImportStatus } from "./queries/get-import.ts";
import { listImports, listRowErrors, requireImport } from "./queries/list-imports.ts";
import { importCheck, importStatusJson, importSummary, importView, rowErrorView, saveMappingInput } from "./schema.ts";

const tags = ["leads"];
const byId = z.object({ id: z.uuid() });
const nothing = z.object({});
const ofImport = () =>
  workspaceQuery("leads:read")
    .input(byId)
    .use(async ({ ctx, input, next }) => {
      await requireImport(ctx.tx, ctx, input.id);
      return next();
    });

// The rows with errors leave as a file at app/api/v1/leads/imports/[id]/errors. Files arrive at app/api/uploads (signed in) and app/api/v1/leads/imports (API key), which stream: a procedure would hold the body in memory.
export const importsRouter = createRouter({
  status: ofImport()
    .meta({ openapi: { method: "GET", path: "/leads/imports/{id}", tags, summary: "How far an import is" } })
    .output(importStatusJson)
    .query(({ ctx, input }) => getImportStatus(ctx.tx, input.id)),

  get: ofImport()
    .output(importView)
    .query(({ ctx, input }) => getImport(ctx.tx, input.id)),

  list: workspaceQuery("leads:read")
    .input(nothing)
    .output(z.array(importSummary))
    .query(({ ctx }) => listImports(ctx.tx, ctx)),

  check: ofImport()
    .output(importCheck)
    .query(({ ctx, input }) => checkImport(ctx.tx, input.id)),

  errors: ofImport()
    .output(z.array(rowErrorView))
    .query(({ ctx, input }) => listRowErrors(ctx.tx, input.id)),

  paste: useCase("leads:write")
    .input(
      z.object({
        text: z.string().min(1, "Paste some rows.").max(900_000, "This is too much for pasting. Save it as a file and drop that."),
      }),
    )
    .output(byId)
    .mutation(({ ctx, input }) => storePaste(ctx.services, ctx.workspaceId, { text: input.text, userId: ctx.userId })),

  requestCheck: workspaceMutation("leads:write")
    .input(byId)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await requestCheck(ctx.tx, input.id);
      return {};
    }),

  saveMapping: workspaceMutation("leads:write")
    .input(saveMappingInput)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await saveMapping(ctx.tx, input);
      return {};
    }),

  start: workspaceMutation("leads:write")
    .input(byId)
    .output(z.object({ progressId: z.uuid(), listId: z.uuid() }))
    .mutation(({ ctx, input }) => startImport(ctx.tx, input.id, ctx.userId)),

  cancel: workspaceMutation("leads:write")
    .input(byId)
    .output(nothing)
    .mutation(async ({ ctx, input }) => {
      await cancelImport(ctx.tx, input.id);
      return {};
    }),

  undo: useCase("leads:write")
    .input(byId)
    .output(z.object({ removed: z.number().int(), kept: z.number().int() }))
    .mutation(({ ctx, input }) => undoImport(ctx.workspaceId, input.id, ctx.userId)),
});
