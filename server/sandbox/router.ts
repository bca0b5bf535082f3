import * as z from "zod";
import { AppError } from "#server/core/errors.ts";
import { createRouter, useCase, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { createWorkspaceInput } from "#server/workspaces/schema.ts";
import { moveGuide } from "./commands/guide.ts";
import { makeReal } from "./commands/make-real.ts";
import { storeSampleList } from "./commands/prepare-start.ts";
import { requestRun, runAndWait } from "./commands/request-run.ts";
import { mayMakeReal } from "./constants.ts";
import { getPretendBar } from "./queries/get-pretend-bar.ts";
import { pretendBarView, runSandboxInput, runSandboxOutput } from "./schema.ts";

export const sandboxRouter = createRouter({
  bar: workspaceQuery("workspace:read")
    .output(pretendBarView.nullable())
    .query(({ ctx }) => getPretendBar(ctx.tx)),
  pass: workspaceMutation("sandbox:write")
    .input(runSandboxInput)
    .output(z.object({ progressId: z.string() }))
    .mutation(({ ctx, input }) => requestRun(ctx.tx, { ...input, byId: ctx.userId })),
  run: useCase("sandbox:write")
    .meta({ openapi: { method: "POST", path: "/sandbox/run", tags: ["sandbox"], summary: "Let virtual time pass in a sandbox workspace" } })
    .input(runSandboxInput)
    .output(runSandboxOutput)
    .mutation(({ ctx, input }) => runAndWait(ctx.services, ctx.workspaceId, { ...input, byId: ctx.userId })),
  storeSampleList: useCase("sandbox:write")
    .output(z.object({ importId: z.string() }))
    .mutation(({ ctx }) => storeSampleList(ctx.services, ctx.workspaceId, { byId: ctx.userId })),
  moveGuide: workspaceMutation("sandbox:write")
    .input(z.object({ to: z.enum(["next", "hidden", "shown"]) }))
    .output(z.void())
    .mutation(({ ctx, input }) => moveGuide(ctx.tx, input)),
  makeReal: useCase("settings:write")
    .input(createWorkspaceInput)
    .output(z.object({ id: z.string(), slug: z.string() }))
    .mutation(({ ctx, input }) => {
      // Asked here and not at the gate: it takes the role and what else they belong to.
      const { actor, role } = ctx;
      if (actor?.kind !== "person" || !mayMakeReal({ ...actor.signedIn, role }))
        throw new AppError("FORBIDDEN", "Only the person who claimed this Leadwright opens more live workspaces. Ask them for one.");
      return makeReal(ctx.workspaceId, { ...input, ownerId: ctx.userId });
    }),
});
