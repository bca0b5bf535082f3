"use client";
import { useQuery } from "@tanstack/react-query";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { BrokenState } from "@/components/ui/list-states";
import { Section } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { Instant } from "@/components/ui/time/relative-time";
import { actionInWords, actorInWords } from "./audit-words";

type Line = RouterOutputs["audit"]["ofRecord"][number];

/** Who did what to this record. */
export function RecordHistory({ id }: { id: string }) {
  const trpc = useTRPC();
  const history = useQuery(trpc.audit.ofRecord.queryOptions({ id }));
  return (
    <Section title="History" count={history.data?.length}>
      {history.isPending && <Skeleton className="w-3/4" />}
      {history.error && <BrokenState error={history.error} onRetry={() => void history.refetch()} />}
      {history.data?.length === 0 && <p className="text-sm text-muted">Nothing was changed by hand yet.</p>}
      <ol className="grid gap-1 text-sm">
        {history.data?.map((line) => (
          <li key={line.id} className="flex flex-wrap gap-x-3">
            <span className="w-36 shrink-0 text-muted">
              <Instant at={line.at} />
            </span>
            <span className="min-w-0 flex-1">
              <bdi>{actorInWords(line.byName, line.actorKind)}</bdi> <span className="text-muted">· {said(line)}</span>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function said(line: Line): string {
  if (line.action === "owner.changed") return `owner: from ${line.fromName ?? "nobody"} to ${line.toName ?? "nobody"}`;
  const fields = line.fields.length > 0 ? ` (${line.fields.join(", ")})` : "";
  return `${actionInWords(line.action)}${fields}`;
}
