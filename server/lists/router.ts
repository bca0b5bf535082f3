import * as z from "zod";
import { createRouter, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { createList } from "./commands.ts";
import { listLists } from "./queries.ts";
import { createListInput, listView } from "./schema.ts";

const tags = ["lists"];

export const listsRouter = createRouter({
  list: workspaceQuery("leads:read")
    .meta({ openapi: { method: "GET", path: "/lists", tags, protect: true, summary: "Lists of people, with how many are on each" } })
    .input(z.object({}))
    .output(z.object({ items: z.array(listView) }))
    .query(async ({ ctx }) => ({ items: await listLists(ctx.tx) })),

  create: workspaceMutation("leads:write")
    .meta({ openapi: { method: "POST", path: "/lists", tags, protect: true, summary: "Make a list" } })
    .input(createListInput)
    .output(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => createList(ctx.tx, { name: input.name, createdById: ctx.userId })),
});
