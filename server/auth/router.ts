import * as z from "zod";
import { createRouter, pendingProcedure, personProcedure, publicProcedure, sessionProcedure } from "#server/trpc/init.ts";
import { joinWorkspace, joinWorkspaceAsSignedIn } from "#server/workspaces/commands/join-workspace.ts";
import { changePassword, claimInstance, disconnectOutside, signOutEverywhere } from "./commands.ts";
import { roles } from "./constants.ts";
import { configuredOutside } from "./outside-providers.ts";
import { findInvitation, getSigningIn, isClaimable } from "./queries.ts";
import { isResetOpen, requestReset, resetPassword } from "./reset-password.ts";
import { changePasswordInput, claimInput, codeInput, emailInput, recoveryCodes, resetPasswordInput, signingInView } from "./schema.ts";
import { beginSecondStep, disableSecondStep, enableSecondStep, passSecondStep, renewRecoveryCodes } from "./second-step.ts";

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
    .mutation(({ ctx, input }) => joinWorkspace({ ...input, origin: ctx.origin })),
  acceptAsMe: personProcedure
    .input(z.object({ token: z.string().min(1).max(200) }))
    .output(z.object({ userId: z.string(), workspaceId: z.string() }))
    .mutation(({ ctx, input }) => joinWorkspaceAsSignedIn({ token: input.token, userId: ctx.userId })),
  signingIn: personProcedure
    .output(signingInView)
    .query(async ({ ctx }) => ({ ...(await getSigningIn(ctx.userId)), offered: configuredOutside() })),
  changePassword: personProcedure
    .input(changePasswordInput)
    .output(z.void())
    .mutation(({ ctx, input }) => changePassword({ ...input, userId: ctx.userId, origin: ctx.origin ?? "direct" })),
  disconnect: personProcedure
    .input(z.object({ id: z.uuid() }))
    .output(z.void())
    .mutation(({ ctx, input }) => disconnectOutside({ id: input.id, userId: ctx.userId })),
  mailsLinks: publicProcedure.output(z.boolean()).query(({ ctx }) => ctx.services.systemMail !== null),
  /** The same answer for every address. */
  forgotPassword: publicProcedure
    .input(z.object({ email: emailInput }))
    .output(z.void())
    .mutation(({ ctx, input }) => requestReset(ctx.services.systemMail, { email: input.email, origin: ctx.origin ?? "direct" })),
  isResetOpen: publicProcedure
    .input(z.object({ token: z.string().min(1).max(200) }))
    .output(z.boolean())
    .query(({ input }) => isResetOpen(input.token)),
  resetPassword: publicProcedure
    .input(resetPasswordInput)
    .output(z.object({ email: z.string() }))
    .mutation(({ input }) => resetPassword(input)),
  beginSecondStep: sessionProcedure
    .output(z.object({ secret: z.string(), qr: z.object({ size: z.number().int(), path: z.string() }) }))
    .mutation(({ ctx }) => beginSecondStep({ userId: ctx.userId })),
  enableSecondStep: sessionProcedure
    .input(codeInput)
    .output(recoveryCodes)
    .mutation(({ ctx, input }) => enableSecondStep({ userId: ctx.userId, sessionId: ctx.sessionId, code: input.code })),
  passSecondStep: pendingProcedure
    .input(codeInput)
    .output(z.void())
    .mutation(({ ctx, input }) => passSecondStep({ userId: ctx.userId, sessionId: ctx.sessionId, code: input.code })),
  disableSecondStep: sessionProcedure
    .input(codeInput)
    .output(z.void())
    .mutation(({ ctx, input }) => disableSecondStep({ userId: ctx.userId, code: input.code })),
  renewRecoveryCodes: sessionProcedure
    .input(codeInput)
    .output(recoveryCodes)
    .mutation(({ ctx, input }) => renewRecoveryCodes({ userId: ctx.userId, code: input.code })),
  signOutEverywhere: personProcedure.output(z.void()).mutation(({ ctx }) => signOutEverywhere(ctx.userId)),
});
