import * as z from "zod";
import { createRouter, workspaceQuery } from "#server/trpc/init.ts";
import { getFunnel } from "./queries/get-funnel.ts";
import { getWeek } from "./queries/get-week.ts";
import { listRows } from "./queries/list-rows.ts";
import { writeFunnelCsv, writeWeekCsv } from "./queries/report-csv.ts";
import { funnelOutput, reportInput, rowsInput, rowsOutput, weekOutput } from "./schema.ts";

const tags = ["analytics"];
const csvFile = z.object({ fileName: z.string(), csv: z.string() });

export const reportsRouter = createRouter({
  funnel: workspaceQuery("analytics:read")
    .meta({ openapi: { method: "GET", path: "/analytics/funnel", tags, summary: "How far people have come, by when they were added" } })
    .input(reportInput)
    .output(funnelOutput)
    .query(({ ctx, input }) => getFunnel(ctx.tx, ctx, input)),

  week: workspaceQuery("analytics:read")
    .meta({ openapi: { method: "GET", path: "/analytics/week", tags, summary: "What happened in a week, in total and by person" } })
    .input(reportInput)
    .output(weekOutput)
    .query(({ ctx, input }) => getWeek(ctx.tx, ctx, input)),

  rows: workspaceQuery("analytics:read")
    .input(rowsInput)
    .output(rowsOutput)
    .query(({ ctx, input }) => listRows(ctx.tx, ctx, input)),

  weekCsv: workspaceQuery("analytics:read")
    .input(reportInput)
    .output(csvFile)
    .query(({ ctx, input }) => writeWeekCsv(ctx.tx, ctx, input)),

  funnelCsv: workspaceQuery("analytics:read")
    .input(reportInput)
    .output(csvFile)
    .query(({ ctx, input }) => writeFunnelCsv(ctx.tx, ctx, input)),
});
