import * as z from "zod";
import { can } from "#server/auth/constants.ts";
import { createRouter, useCase, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { addPasted } from "./commands/add-pasted.ts";
import { endOfDay } from "./commands/end-of-day.ts";
import { proveReachable } from "./commands/prove-reachable.ts";
import { liftSuppression, suppress } from "./commands.ts";
import { checkAddress, listSuppressions } from "./queries.ts";
import {
  addSuppressionsInput,
  addSuppressionsOutput,
  checkAddressInput,
  checkAddressOutput,
  liftSuppressionInput,
  listSuppressionsInput,
  reachabilityOutput,
  suppressCompanyInput,
  suppressionPage,
} from "./schema.ts";

const tags = ["outreach"];

export const suppressionsRouter = createRouter({
  list: workspaceQuery("suppressions:read")
    .meta({ openapi: { method: "GET", path: "/suppressions", tags, summary: "Who is not written to, and why" } })
    .input(listSuppressionsInput)
    .output(suppressionPage)
    .query(({ ctx, input }) => listSuppressions(ctx.tx, input)),

  check: workspaceQuery("suppressions:read")
    .meta({ openapi: { method: "GET", path: "/suppressions/check", tags, summary: "Whether an address may be written to" } })
    .input(checkAddressInput)
    .output(checkAddressOutput)
    .query(({ ctx, input }) => checkAddress(ctx.tx, input)),

  add: useCase("suppressions:write")
    .meta({ openapi: { method: "POST", path: "/suppressions", tags, summary: "Write to an address or a domain no more" } })
    .input(addSuppressionsInput)
    .output(addSuppressionsOutput)
    .mutation(({ ctx, input }) => addPasted(ctx.workspaceId, { ...input, byId: ctx.userId })),

  addCompany: workspaceMutation("suppressions:write")
    .input(suppressCompanyInput)
    .output(z.object({ id: z.uuid() }))
    .mutation(async ({ ctx, input: { accountId, note, reason, untilOn } }) => {
      const until = await endOfDay(ctx.tx, untilOn);
      return suppress(ctx.tx, { kind: "company", value: accountId, reason, note: note ?? null, until, createdById: ctx.userId });
    }),

  lift: workspaceMutation("suppressions:write")
    .meta({ openapi: { method: "DELETE", path: "/suppressions/{id}", tags, summary: "Lift an entry" } })
    .input(liftSuppressionInput)
    .output(z.void())
    .mutation(({ ctx, input }) =>
      liftSuppression(ctx.tx, { ...input, liftedById: ctx.userId, canLiftProtected: can(ctx.role, "suppressions:lift") }),
    ),

  /** Whether links in our mails would reach this installation. */
  proveReachable: useCase("settings:write")
    .input(z.object({}))
    .output(reachabilityOutput)
    .mutation(({ ctx }) => proveReachable(ctx.workspaceId)),
});
