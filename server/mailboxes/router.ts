import * as z from "zod";
import { can } from "#server/auth/constants.ts";
import { listVisibleOwners } from "#server/teams/queries.ts";
import { createRouter, useCase, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { assertMayChange, pauseMailbox, removeMailbox, resumeMailbox, updateMailbox } from "./commands/change-mailbox.ts";
import { connectMailbox, proveAgain, reconnectMailbox } from "./commands/connect-mailbox.ts";
import { guessMailbox } from "./commands/guess-mailbox.ts";
import { listMailboxes } from "./queries.ts";
import { connectMailboxInput, guessedServers, guessServersInput, mailboxRow, reconnectMailboxInput, updateMailboxInput } from "./schema.ts";

const one = z.object({ id: z.uuid() });
const tags = ["outreach"];

/** A change of one mailbox: its owner's, or a manager's. */
const changing = workspaceMutation("mailboxes:write");
type Changer = { tx: Parameters<typeof assertMayChange>[0]; userId: string; role: Parameters<typeof can>[0] };
const mayChange = ({ role, tx, userId }: Changer, id: string) => assertMayChange(tx, { id, userId, isManager: can(role, "sending:pause") });

export const mailboxesRouter = createRouter({
  list: workspaceQuery("mailboxes:read")
    .meta({ openapi: { method: "GET", path: "/mailboxes", tags, summary: "Mailboxes and how they are" } })
    .input(z.object({}))
    .output(z.object({ items: z.array(mailboxRow) }))
    .query(async ({ ctx }) => ({ items: await listMailboxes(ctx.tx, { ownerIds: await listVisibleOwners(ctx.tx, ctx) }) })),

  guess: useCase("mailboxes:write")
    .input(guessServersInput)
    .output(guessedServers)
    .query(({ ctx, input }) => guessMailbox(ctx.workspaceId, input)),

  connect: workspaceMutation("mailboxes:write")
    .meta({ openapi: { method: "POST", path: "/mailboxes", tags, summary: "Connect a mailbox" } })
    .input(connectMailboxInput)
    .output(one)
    .mutation(({ ctx, input }) => connectMailbox(ctx.tx, { ...input, ownerId: ctx.userId })),

  reconnect: changing
    .input(reconnectMailboxInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      await mayChange(ctx, input.id);
      await reconnectMailbox(ctx.tx, { ...input, byId: ctx.userId });
    }),

  prove: changing
    .input(one)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      await mayChange(ctx, input.id);
      await proveAgain(ctx.tx, input.id);
    }),

  update: changing
    .input(updateMailboxInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      await mayChange(ctx, input.id);
      await updateMailbox(ctx.tx, { ...input, byId: ctx.userId });
    }),

  pause: changing
    .input(one)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      await mayChange(ctx, input.id);
      await pauseMailbox(ctx.tx, { id: input.id, byId: ctx.userId });
    }),

  resume: changing
    .input(one)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      await mayChange(ctx, input.id);
      await resumeMailbox(ctx.tx, { id: input.id, byId: ctx.userId });
    }),

  remove: changing
    .input(one)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      await mayChange(ctx, input.id);
      await removeMailbox(ctx.tx, { id: input.id, byId: ctx.userId });
    }),
});
