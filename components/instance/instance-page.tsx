"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { PageBody } from "@/components/shell/page";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { BrokenState, Problem, sentenceOf } from "@/components/ui/list-states";
import { Section, Terms } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time/relative-time";

type View = RouterOutputs["instance"]["overview"];

/** For the one person who runs this Leadwright: how it is, never what is in it. */
export function InstancePage() {
  const trpc = useTRPC();
  const view = useQuery(trpc.instance.overview.queryOptions(undefined, { refetchInterval: 15_000 }));
  const count = useMutation(trpc.instance.countSizes.mutationOptions({ onSettled: () => void view.refetch() }));
  return (
    <SettingsFrame
      secondary={
        <Button busy={count.isPending} onClick={() => count.mutate()}>
          Count again
        </Button>
      }
    >
      <PageBody>
        <Problem>{count.error && sentenceOf(count.error)}</Problem>
        {view.data ? (
          <Instance view={view.data} />
        ) : view.error ? (
          <BrokenState error={view.error} onRetry={() => void view.refetch()} />
        ) : (
          <SkeletonRows rows={8} label="Loading how this Leadwright is" />
        )}
      </PageBody>
    </SettingsFrame>
  );
}

function Instance({ view }: { view: View }) {
  const { engine, database, disk } = view;
  return (
    <div className="grid gap-8">
      <Section title="How it is">
        {view.findings.length === 0 ? (
          <p className="text-base text-good">✓ All is well.</p>
        ) : (
          <ul className="grid gap-1">
            {view.findings.map((finding) => (
              <li key={finding.id} className={finding.isBad ? "text-base text-bad" : "text-base text-attention"}>
                {finding.isBad ? "✕" : "!"} {finding.sentence}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <div className="grid gap-8 lg:grid-cols-2">
        <Section title="Engine">
          <Terms
            items={[
              { term: "Runs on", value: engine.kind === "embedded" ? "the embedded engine" : "Inngest" },
              { term: "Workers", value: engine.workers },
              {
                term: "Jobs",
                value: `${number(engine.running)} running · ${number(engine.waiting)} waiting · ${number(engine.waitingEvents)} events to hand over`,
              },
              { term: "Oldest waiting", value: engine.lagMs < 1_000 ? "nothing waits" : `${Math.round(engine.lagMs / 1_000)} s` },
              { term: "Last 24 hours", value: `${number(engine.completedInADay)} done · ${number(engine.failedInADay)} failed` },
            ]}
          />
        </Section>
        <Section title="Storage">
          <Terms
            items={[
              { term: "Database", value: bytes(database.bytes) },
              { term: "Schema", value: database.release ?? "unknown" },
              { term: "Disk", value: disk ? `${bytes(disk.freeBytes)} free of ${bytes(disk.totalBytes)}` : "unknown" },
            ]}
          />
        </Section>
      </div>
      <Section title="Workspaces" count={view.workspaces.length}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: nothing in a long list takes the focus, and the page must scroll by keyboard */}
        <section aria-label="Workspaces" tabIndex={0} className="overflow-x-auto">
          <table className="w-full text-sm tabular-nums">
            <thead>
              <tr className="border-b border-line text-left text-xs text-muted">
                <th className="py-2 pr-4 font-normal">Name</th>
                {["Members", "People", "Mails sent", "Answers", "Files"].map((head) => (
                  <th key={head} className="px-3 py-2 text-right font-normal">
                    {head}
                  </th>
                ))}
                <th className="py-2 pl-3 text-right font-normal">Counted</th>
              </tr>
            </thead>
            <tbody>
              {view.workspaces.map(({ id, name, kind, size }) => (
                <tr key={id} className="border-b border-line">
                  <td className="py-2 pr-4">
                    <bdi>{name}</bdi>
                    {kind === "sandbox" && <span className="text-muted"> · pretend</span>}
                  </td>
                  {(size ? [size.members, size.people, size.mails, size.replies] : [null, null, null, null]).map((count, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of columns
                    <td key={at} className="px-3 py-2 text-right">
                      {count === null ? "–" : number(count)}
                    </td>
                  ))}
                  <td className="px-3 py-2 text-right">{size ? bytes(size.fileBytes) : "–"}</td>
                  <td className="py-2 pl-3 text-right text-muted">{size ? <RelativeTime at={size.countedAt} /> : "not yet"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Section>
    </div>
  );
}

const number = (value: number): string => value.toLocaleString("en-GB");

function bytes(value: number): string {
  if (value < 1e6) return `${number(Math.round(value / 1e3))} kB`;
  return value < 1e9 ? `${number(Math.round(value / 1e6))} MB` : `${(value / 1e9).toFixed(1)} GB`;
}
