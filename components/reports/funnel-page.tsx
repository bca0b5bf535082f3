"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, useQueryStates } from "nuqs";
import { funnelMeasures } from "#server/reports/constants.ts";
import { useTRPC } from "@/components/trpc/client";
import { Button, ButtonLink } from "@/components/ui/button";
import { DateField } from "@/components/ui/date-field";
import { Labelled } from "@/components/ui/labelled";
import { BrokenState, EmptyState } from "@/components/ui/list-states";
import { SkeletonRows } from "@/components/ui/skeleton";
import { DownloadButton } from "./download-button";
import { rowsHref } from "./report-links";
import { ReportsFrame } from "./reports-frame";
import { shareWords } from "./share-words";

/** How far have the people come whom we added? Counted by when they were added, never mixed with when it happened. */
export function FunnelPage() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asked, ask] = useQueryStates({ from: parseAsString, to: parseAsString });
  const input = { ...(asked.from && { from: asked.from }), ...(asked.to && { to: asked.to }) };
  const query = useQuery(trpc.reports.funnel.queryOptions(input));
  const stages = query.data?.stages ?? [];
  const all = stages[0]?.count ?? 0;
  const isNarrowed = Boolean(asked.from || asked.to);
  return (
    <ReportsFrame
      title="Funnel"
      secondary={<DownloadButton fetchFile={() => queryClient.fetchQuery(trpc.reports.funnelCsv.queryOptions(input))} />}
    >
      <div className="min-h-0 flex-1 overflow-y-auto px-6 pt-4 pb-16 phone:px-4">
        <div className="mb-4 flex flex-wrap items-end gap-3">
          <Labelled id="funnel-from" label="Added from">
            <DateField id="funnel-from" value={asked.from} onChange={(from) => void ask({ from })} />
          </Labelled>
          <Labelled id="funnel-to" label="Before">
            <DateField id="funnel-to" value={asked.to} onChange={(to) => void ask({ to })} />
          </Labelled>
          {isNarrowed && (
            <Button variant="quiet" onClick={() => void ask({ from: null, to: null })}>
              All time
            </Button>
          )}
        </div>
        {query.error && !query.data ? (
          <BrokenState error={query.error} onRetry={query.refetch} />
        ) : !query.data ? (
          <SkeletonRows rows={9} label="Loading the funnel" />
        ) : all === 0 ? (
          isNarrowed ? (
            <p className="py-8 text-base">Nobody was added in this time.</p>
          ) : (
            <EmptyState action={<ButtonLink href="/leads/import">Import a list</ButtonLink>}>
              Numbers appear with the first person.
            </EmptyState>
          )
        ) : (
          <table className="w-full max-w-4xl text-sm">
            <caption className="mb-2 text-left text-sm text-muted">
              People by when they were added, and how far they have come since. Somebody may be contacted who is not qualified: they come
              from elsewhere than the stage before.
            </caption>
            <thead>
              <tr className="text-left text-xs text-muted">
                <th scope="col" className="py-1 pr-4 font-medium">
                  Stage
                </th>
                <th scope="col" className="px-2 py-1 text-right font-medium">
                  People
                </th>
                <th scope="col" className="px-2 py-1 text-right font-medium whitespace-nowrap">
                  Kept from the stage before
                </th>
                <th scope="col" className="w-1/2 py-1 pl-4 font-medium phone:hidden">
                  What it counts
                </th>
              </tr>
            </thead>
            <tbody>
              {stages.map(({ key, count, kept }, index) => (
                <tr key={key} className="border-t border-line">
                  <th scope="row" className="py-2 pr-4 text-left font-medium">
                    {funnelMeasures[key].label}
                    <span aria-hidden="true" className="mt-1 block h-1 rounded-full bg-accent-soft">
                      <span className="block h-full rounded-full bg-accent" style={{ width: `${Math.min(100, (count / all) * 100)}%` }} />
                    </span>
                  </th>
                  <td className="px-2 py-2 text-right tabular-nums">
                    <Link
                      className="hover:underline"
                      href={rowsHref("funnel", key, { from: asked.from ?? undefined, to: asked.to ?? undefined })}
                    >
                      {count.toLocaleString("en-GB")}
                    </Link>
                  </td>
                  <td className="px-2 py-2 text-right text-muted tabular-nums">
                    {index === 0 ? "" : (shareWords(kept, stages[index - 1]?.count ?? 0) ?? "–")}
                    {index > 0 && count > kept && (
                      <span className="block text-xs whitespace-nowrap">and {(count - kept).toLocaleString("en-GB")} from elsewhere</span>
                    )}
                  </td>
                  <td className="py-2 pl-4 text-muted phone:hidden">{funnelMeasures[key].counts}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </ReportsFrame>
  );
}
