import * as z from "zod";
import { createRouter, workspaceMutation, workspaceQuery } from "#server/trpc/init.ts";
import { archiveOffer, createOffer, makeDefaultOffer, restoreOffer, saveOffer } from "./commands.ts";
import { getOffer, listOffers } from "./queries.ts";
import { offerInput, offerList, offerView, saveOfferInput } from "./schema.ts";

const tags = ["outreach"];
const one = z.object({ id: z.uuid() });

export const offersRouter = createRouter({
  list: workspaceQuery("offers:read")
    .meta({ openapi: { method: "GET", path: "/offers", tags, summary: "Offers with their claims" } })
    .input(z.object({}))
    .output(offerList)
    .query(async ({ ctx }) => ({ items: await listOffers(ctx.tx) })),

  get: workspaceQuery("offers:read")
    .meta({ openapi: { method: "GET", path: "/offers/{id}", tags, summary: "One offer" } })
    .input(one)
    .output(offerView)
    .query(({ ctx, input }) => getOffer(ctx.tx, input.id)),

  create: workspaceMutation("offers:write")
    .meta({ openapi: { method: "POST", path: "/offers", tags, summary: "Add an offer" } })
    .input(offerInput)
    .output(offerView)
    .mutation(async ({ ctx, input }) => getOffer(ctx.tx, await createOffer(ctx.tx, ctx, input))),

  save: workspaceMutation("offers:write")
    .meta({ openapi: { method: "PUT", path: "/offers/{id}", tags, summary: "Save an offer as its next version" } })
    .input(saveOfferInput)
    .output(offerView)
    .mutation(async ({ ctx, input }) => {
      await saveOffer(ctx.tx, ctx, input);
      return getOffer(ctx.tx, input.id);
    }),

  makeDefault: workspaceMutation("offers:write")
    .input(one)
    .output(offerView)
    .mutation(async ({ ctx, input }) => {
      await makeDefaultOffer(ctx.tx, ctx, input);
      return getOffer(ctx.tx, input.id);
    }),

  archive: workspaceMutation("offers:write")
    .input(one)
    .output(one)
    .mutation(async ({ ctx, input }) => {
      await archiveOffer(ctx.tx, ctx, input);
      return input;
    }),

  restore: workspaceMutation("offers:write")
    .input(one)
    .output(one)
    .mutation(async ({ ctx, input }) => {
      await restoreOffer(ctx.tx, ctx, input);
      return input;
    }),
});
