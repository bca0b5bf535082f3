import * as z from "zod";
import { createRouter, personProcedure, publicProcedure } from "#server/trpc/init.ts";
import { joinWorkspace } from "#server/workspaces/commands/join-workspace.ts";
import { claimInstance, signOutEverywhere } from "./commands.ts";
import { roles } from "./constants.ts";
import { findInvitation, isClaimable } from "./queries.ts";
import { claimInput } from "./schema.ts";

const membershipView = z.object({ workspaceId: z.string(), name: z.string(), kind: z.enum(["live", "sandbox"]), role: z.enum(roles) });
const meView = z.object({
  userId: z.string(),
  fullName: z.string(),
  email: z.string(),
  isOperator: z.boolean(),
  singleKeys: z.boolean(),
  theme: z.string(),
  memberships: z.array(membershipView),
  current: membershipView.nullable(),
});

export const authRouter = createRouter({
  me: personProcedure.output(meView).query(({ ctx }) => ({ ...ctx.signedIn, current: ctx.membership })),
  isClaimable: publicProcedure
    .input(z.object({ token: z.string().max(200) }))
    .output(z.boolean())
    .query(({ input }) => isClaimable(input.token)),
  claim: publicProcedure
    .input(claimInput)
    .output(z.object({ userId: z.string() }))
    .mutation(({ input }) => claimInstance(input)),
  invitation: publicProcedure
    .input(z.object({ token: z.string().max(200) }))
    .output(z.object({ workspaceName: z.string(), role: z.enum(roles), email: z.string().nullable() }).nullable())
    .query(({ input }) => findInvitation(input.token)),
  acceptInvitation: publicProcedure
    .input(claimInput)
    .output(z.object({ userId: z.string(), workspaceId: z.string() }))
    .mutation(({ input }) => joinWorkspace(input)),
  signOutEverywhere: personProcedure.output(z.void()).mutation(({ ctx }) => signOutEverywhere(ctx.userId)),
});
