import { createRouter, workspaceQuery } from "#server/trpc/init.ts";
import { listAudit } from "./queries.ts";
import { listAuditInput, listAuditOutput } from "./schema.ts";

export const auditRouter = createRouter({
  list: workspaceQuery("audit:read")
    .input(listAuditInput)
    .output(listAuditOutput)
    .query(({ ctx, input }) => listAudit(ctx.tx, input)),
});
