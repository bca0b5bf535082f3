import * as z from "zod";
import { createRouter, operatorProcedure } from "#server/trpc/init.ts";
import { countSizes } from "./commands.ts";
import { getInstance } from "./queries.ts";
import { instanceView } from "./schema.ts";

export const instanceRouter = createRouter({
  overview: operatorProcedure.output(instanceView).query(() => getInstance()),
  countSizes: operatorProcedure
    .output(z.object({ workspaces: z.number().int() }))
    .mutation(async () => ({ workspaces: await countSizes() })),
});
