"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { QueueHealth } from "#server/jobs/schema.ts";
import { SettingsFrame } from "@/components/settings/settings-frame";
import { useCan, useSession } from "@/components/shell/session";
import { useTRPC } from "@/components/trpc/client";
import { ForbiddenState, Notice } from "@/components/ui/list-states";
import { Tabs } from "@/components/ui/tabs";

const LAG_MS = 30_000;

/** The parts of the Jobs page, and over each of them whether the queue is behind. */
export function JobsFrame({ children }: { children: ReactNode }) {
  const mayRead = useCan("jobs:read");
  const { isOperator } = useSession();
  if (!mayRead) {
    return (
      <SettingsFrame>
        <ForbiddenState>Only admins see the jobs.</ForbiddenState>
      </SettingsFrame>
    );
  }
  const parts = [
    { href: "/settings/jobs", label: "Runs" },
    { href: "/settings/jobs/functions", label: "Kinds" },
    ...(isOperator ? [{ href: "/settings/jobs/engine", label: "Engine" }] : []),
  ];
  return (
    <SettingsFrame>
      <Tabs label="Jobs" tabs={parts} />
      <Health />
      {children}
    </SettingsFrame>
  );
}

function Health() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.jobs.health.queryOptions(undefined, { refetchInterval: 10_000 }));
  // The line keeps its place while it loads.
  if (!data) return <p className="h-9 px-6 phone:px-4" />;
  const isLate = data.engine === "embedded" && (data.workers === 0 || data.lagMs > LAG_MS);
  if (isLate) {
    return (
      <div className="px-6 pt-3 phone:px-4">
        <Notice>
          {data.workers === 0
            ? "No worker is running: nothing is sent or read until it is back. It is started again by itself."
            : `The oldest waiting job has waited ${inSeconds(data.lagMs)}.`}
        </Notice>
      </div>
    );
  }
  return <p className="flex h-9 items-center px-6 text-xs text-muted phone:px-4">{inWords(data)}</p>;
}

function inWords({ engine, workers, waitingEvents, waitingRuns, lagMs }: QueueHealth): string {
  const waiting = waitingRuns + waitingEvents;
  const line = waiting === 0 ? "nothing waits" : `${waiting.toLocaleString("en-GB")} waiting, the oldest for ${inSeconds(lagMs)}`;
  if (engine === "inngest") return `Inngest runs the jobs and shows them on its own pages · here ${line}`;
  return `${workers === 1 ? "1 worker" : `${workers} workers`} · ${line}`;
}

export function inSeconds(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
}
