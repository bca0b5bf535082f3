"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef } from "react";
import type { ProgressItem } from "#server/progress/schema.ts";
import { useTRPC } from "@/components/trpc/client";
import { cx } from "@/components/ui/class-names";
import { Popover } from "@/components/ui/popover";
import { ProgressBar } from "@/components/ui/progress-bar";
import { State } from "@/components/ui/state";
import { RelativeTime } from "@/components/ui/time/relative-time";
import { useCan } from "./session";

const FAST_MS = 1_000;
const SLOW_MS = 15_000;

/** Work over two seconds: how far it is, and how it ended. Survives a reload, because it lives in the database. */
export function ActivityTray({ folded }: { folded: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const progress = useQuery(
    trpc.progress.list.queryOptions(undefined, { refetchInterval: (query) => (query.state.data?.running.length ? FAST_MS : SLOW_MS) }),
  );
  const running = progress.data?.running ?? [];
  const recent = progress.data?.recent ?? [];
  const before = useRef(0);
  useEffect(() => {
    // Something ended: whatever it changed is on the screen somewhere.
    if (running.length < before.current) void queryClient.invalidateQueries();
    before.current = running.length;
  }, [running.length, queryClient]);
  if (running.length + recent.length === 0) return null;

  return (
    <Popover
      title="Activity"
      side="right"
      align="end"
      trigger={
        <button
          type="button"
          data-ring="inside"
          className={cx(
            "flex h-8 min-w-0 items-center gap-2 rounded-control px-2 text-left text-sm hover:bg-hover",
            folded && "justify-center px-0",
          )}
        >
          <Activity className={cx("size-4 shrink-0", running.length > 0 ? "text-accent" : "text-muted")} />
          <span className={folded ? "sr-only" : "min-w-0 flex-1 truncate"}>
            Activity{running.length > 0 && `: ${running.length} running`}
          </span>
        </button>
      }
    >
      <div className="grid w-80 max-w-full gap-3">
        {running.map((item) => (
          <Running key={item.id} item={item} />
        ))}
        {recent.map((item) => (
          <Ended key={item.id} item={item} />
        ))}
      </div>
    </Popover>
  );
}

export function Running({ item }: { item: ProgressItem }) {
  const trpc = useTRPC();
  const mayCancel = useCan("tasks:write");
  const cancel = useMutation(trpc.progress.cancel.mutationOptions());
  const count =
    item.total === null
      ? item.done.toLocaleString("en-GB")
      : `${item.done.toLocaleString("en-GB")} of ${item.total.toLocaleString("en-GB")}`;
  const stopping = item.cancelRequested || cancel.isPending || cancel.isSuccess;
  return (
    <ProgressBar
      label={`${item.title} · ${count}`}
      done={item.done}
      total={item.total}
      {...(stopping ? { remaining: "stopping" } : {})}
      onCancel={mayCancel && !stopping ? () => cancel.mutate({ id: item.id }) : undefined}
    />
  );
}

const TONE = { done: "good", failed: "bad", cancelled: "muted" } as const;
const WORD = { done: "Done", failed: "Failed", cancelled: "Cancelled" };

function Ended({ item }: { item: ProgressItem }) {
  const status = item.status === "running" ? "done" : item.status;
  return (
    <div className="border-t border-line pt-2 text-sm first:border-t-0 first:pt-0">
      <div className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate">
          {item.link ? (
            <Link href={item.link} className="text-accent hover:underline">
              {item.title}
            </Link>
          ) : (
            item.title
          )}
        </span>
        <span className="shrink-0 text-xs text-muted">{item.finishedAt && <RelativeTime at={item.finishedAt} />}</span>
      </div>
      <div className="flex items-baseline gap-2">
        <State tone={TONE[status]}>{WORD[status]}</State>
        {item.result && <span className="min-w-0 text-muted [overflow-wrap:anywhere]">{item.result}</span>}
      </div>
    </div>
  );
}
