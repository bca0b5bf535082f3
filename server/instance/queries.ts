import { statfs } from "node:fs/promises";
import { inOperator } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { isEngineEmbedded } from "#server/jobs/client.ts";
import { judgeHealth } from "./domain/judge-health.ts";
import type { Pulse } from "./domain/judge-pulse.ts";
import type { InstanceView } from "./schema.ts";

type Overview = {
  workers: number;
  waiting: number;
  running: number;
  failed_in_a_day: number;
  completed_in_a_day: number;
  outbox: number;
  lagMs: number;
  bytes: number;
  release: string | null;
};

/** The engine, the machine and how big each workspace is; no row of any of them. */
export async function getInstance(): Promise<InstanceView> {
  const { overview, pulse, workspaces, sizes } = await inOperator(async (tx) => {
    const [overview] = await tx.$queryRaw<Overview[]>`
      select workers, waiting, running, failed_in_a_day, completed_in_a_day, outbox, database_bytes::float8 as bytes, release,
        greatest(0, coalesce(extract(epoch from clock_timestamp() - least(oldest_waiting_at, oldest_event_at)) * 1000, 0))::float8 as "lagMs"
      from engine_overview()`;
    const [pulse] = await tx.$queryRaw<Pulse[]>`
      select worker_started_at as "workerStartedAt", at, latest, gap_from as "gapFrom", gap_to as "gapTo", now, database_started_at as "databaseStartedAt"
      from read_pulse()`;
    const workspaces = await tx.workspace.findMany({
      select: { id: true, name: true, kind: true, createdAt: true },
      orderBy: { createdAt: "asc" },
    });
    return { overview, pulse, workspaces, sizes: await tx.workspaceSize.findMany() };
  });
  const disk = await statfs(env.DATA_DIR)
    .then(({ bavail, blocks, bsize }) => ({ freeBytes: bavail * bsize, totalBytes: blocks * bsize }))
    .catch(() => null);
  const engine = {
    kind: isEngineEmbedded ? ("embedded" as const) : ("inngest" as const),
    workers: overview?.workers ?? 0,
    waiting: overview?.waiting ?? 0,
    running: overview?.running ?? 0,
    failedInADay: overview?.failed_in_a_day ?? 0,
    completedInADay: overview?.completed_in_a_day ?? 0,
    waitingEvents: overview?.outbox ?? 0,
    lagMs: Math.round(overview?.lagMs ?? 0),
  };
  const sizeOf = new Map(sizes.map(({ workspaceId, fileBytes, ...size }) => [workspaceId, { ...size, fileBytes: Number(fileBytes) }]));
  return {
    engine,
    database: { bytes: overview?.bytes ?? 0, release: overview?.release ?? null },
    disk,
    findings: judgeHealth({ ...engine, freeBytes: disk?.freeBytes ?? null, pulse: pulse ?? null, here: new Date() }),
    workspaces: workspaces.map(({ id, name, kind, createdAt }) => ({
      id,
      name,
      kind: kind === "sandbox" ? ("sandbox" as const) : ("live" as const),
      createdAt,
      size: sizeOf.get(id) ?? null,
    })),
  };
}
