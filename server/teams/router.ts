import * as z from "zod";
import { AppError } from "#server/core/errors.ts";
import { createRouter, useCase, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { changeRole, changeTeam, createTeam, moveToTeam, removeTeam } from "./commands/change-members.ts";
import { invite, withdrawInvitation } from "./commands/invite.ts";
import { makePasswordLink } from "./commands/make-reset-link.ts";
import { removeMember } from "./commands/remove-member.ts";
import { saveProfile } from "./commands/save-profile.ts";
import { countHoldings, getProfile, getTeamPage } from "./queries.ts";
import {
  changeRoleInput,
  changeTeamInput,
  createTeamInput,
  holdings,
  inviteInput,
  moveToTeamInput,
  profileView,
  removeMemberInput,
  saveProfileInput,
  teamPage,
} from "./schema.ts";

const made = z.object({ id: z.uuid() });

export const teamsRouter = createRouter({
  page: workspaceQuery("team:read")
    .output(teamPage)
    .query(({ ctx }) => getTeamPage(ctx.tx, { realNow: new Date() })),
  invite: workspaceMutation("team:write")
    .input(inviteInput)
    .output(made.extend({ token: z.string() }))
    .mutation(({ ctx, input }) => invite(ctx.tx, { ...input, actorId: ctx.userId, realNow: new Date() })),
  withdrawInvitation: workspaceMutation("team:write")
    .input(made)
    .output(z.void())
    .mutation(({ ctx, input }) => withdrawInvitation(ctx.tx, { id: input.id, actorId: ctx.userId })),
  changeRole: workspaceMutation("team:write")
    .input(changeRoleInput)
    .output(z.void())
    .mutation(({ ctx, input }) => changeRole(ctx.tx, { ...input, actor: ctx })),
  moveToTeam: workspaceMutation("team:write")
    .input(moveToTeamInput)
    .output(z.void())
    .mutation(({ ctx, input }) => moveToTeam(ctx.tx, { ...input, actor: ctx })),
  createTeam: workspaceMutation("team:write")
    .input(createTeamInput)
    .output(made)
    .mutation(({ ctx, input }) => createTeam(ctx.tx, { ...input, actor: ctx })),
  holdings: workspaceQuery("team:write")
    .input(z.object({ userId: z.uuid() }))
    .output(holdings)
    .query(({ ctx, input }) => countHoldings(ctx.tx, input)),
  changeTeam: workspaceMutation("team:write")
    .input(changeTeamInput)
    .output(z.void())
    .mutation(({ ctx, input }) => changeTeam(ctx.tx, { ...input, actor: ctx })),
  removeTeam: workspaceMutation("team:write")
    .input(made)
    .output(z.void())
    .mutation(({ ctx, input }) => removeTeam(ctx.tx, { id: input.id, actor: ctx })),
  passwordLink: useCase("team:write")
    .input(z.object({ userId: z.uuid() }))
    .output(z.object({ token: z.string() }))
    .mutation(({ ctx, input }) => {
      if (ctx.actorKind !== "person") throw new AppError("FORBIDDEN", "An API key makes no password links.");
      return makePasswordLink(ctx.workspaceId, { userId: input.userId, actor: ctx });
    }),
  removeMember: useCase("team:write")
    .input(removeMemberInput)
    .output(z.void())
    .mutation(({ ctx, input }) => removeMember(ctx.workspaceId, { ...input, actor: ctx })),
  profile: workspaceQuery("workspace:read")
    .output(profileView)
    .query(({ ctx }) => {
      if (ctx.actor?.kind !== "person") throw new AppError("FORBIDDEN", "An API key has no profile.");
      return getProfile(ctx.tx, { userId: ctx.userId, singleKeys: ctx.actor.signedIn.singleKeys });
    }),
  saveProfile: useCase("workspace:read")
    .input(saveProfileInput)
    .output(z.void())
    .mutation(({ ctx, input }) => {
      if (ctx.actorKind !== "person") throw new AppError("FORBIDDEN", "An API key has no profile.");
      return saveProfile(ctx.workspaceId, { ...input, userId: ctx.userId });
    }),
});
