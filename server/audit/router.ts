import * as z from "zod";
import { createRouter, workspaceQuery } from "#server/trpc/init.ts";
import { getRecordHistory } from "./queries/record-history.ts";
import { listAudit } from "./queries.ts";
import { historyLine, listAuditInput, listAuditOutput } from "./schema.ts";

export const auditRouter = createRouter({
  list: workspaceQuery("audit:read")
    .input(listAuditInput)
    .output(listAuditOutput)
    .query(({ ctx, input }) => listAudit(ctx.tx, input)),
  /** Of one record that the person may see. */
  ofRecord: workspaceQuery("workspace:read")
    .input(z.object({ id: z.uuid() }))
    .output(z.array(historyLine))
    .query(({ ctx, input }) => getRecordHistory(ctx.tx, { id: input.id, role: ctx.role })),
});
