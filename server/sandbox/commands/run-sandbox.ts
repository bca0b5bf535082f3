import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { settleEvents, withHeldEvents } from "#server/jobs/inline.ts";
import { nextDueAt, runDue } from "#server/jobs/run-due.ts";
import { advanceProgress, isCancelRequested } from "#server/progress/commands.ts";
import type { Services } from "#server/services.ts";
import { actForRep } from "./act-for-rep.ts";
import { planReactions } from "./plan-reactions.ts";

export type SandboxRun = {
  until: Date;
  /** A pretend colleague approves, answers and records outcomes meanwhile. */
  withColleague: boolean;
  progressId: string | null;
  /** Stops after this much real time, so that one call stays short; ask again to go on. */
  budgetMs: number;
};

const HOUR_MS = 3_600_000;
const LOOKS_UP_MS = HOUR_MS / 2;
/** What must be settled at one instant settles in a few rounds; this many is a bug. */
const MOST_ROUNDS = 200;

/**
 * Lets the workspace's time pass: next due instant → set its clock → the same handlers and jobs as everywhere → until nothing is due.
 * The clock is the only state, so a run that was cut off goes on where it stopped.
 * @returns whether `until` was reached
 */
export async function runSandbox(services: Services, workspaceId: WorkspaceId, run: SandboxRun): Promise<{ isDone: boolean }> {
  const began = performance.now();
  const start = await inWorkspace(workspaceId, async (tx) => {
    const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
    if (workspace.kind !== "sandbox") throw new AppError("INVALID_STATE", "Only a pretend workspace has a clock to move.");
    return tx.now;
  });
  return withHeldEvents(workspaceId, async () => {
    let shown = 0;
    for (let now = start; ; ) {
      // The colleague looks up twice an hour, and at the end.
      const stretch = { until: run.until, pauseAt: new Date(Math.min(run.until.getTime(), now.getTime() + LOOKS_UP_MS)) };
      const next = await settle(services, workspaceId, stretch, run.withColleague);
      if (now >= run.until) return { isDone: true };
      now = next;
      if (run.progressId && performance.now() - shown > 500) {
        shown = performance.now();
        if (await showProgress(workspaceId, run.progressId, (run.until.getTime() - now.getTime()) / HOUR_MS)) return { isDone: true };
      }
      if (performance.now() - began > run.budgetMs) return { isDone: false };
    }
  });
}

type Stretch = { until: Date; pauseAt: Date };

/**
 * Everything that is due now, and what it causes, until nothing is left; then the clock goes to the next due instant, in the transaction
 * that found nothing, and so on until `pauseAt` is reached. Only events, reactions and acts make new work at the same instant.
 * @returns the new time of the workspace
 */
async function settle(services: Services, workspaceId: WorkspaceId, stretch: Stretch, looksUp: boolean): Promise<Date> {
  let hasLooked = !looksUp;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const turned: { to: Date | null } = { to: null };
    await runDue(services, workspaceId, {
      whenIdle: async (tx) => {
        await planReactions(tx);
        turned.to = hasLooked ? await turnClock(tx, stretch.until) : null;
        return turned.to && turned.to < stretch.pauseAt ? turned.to : null;
      },
    });
    if (turned.to) return turned.to;
    const events = await settleEvents(workspaceId);
    // What the colleague does may cause more, for them too.
    if (!hasLooked && events === 0) hasLooked = (await actForRep(services, workspaceId)) === 0;
  }
  throw new Error("This pretend workspace does not come to rest.");
}

/** To the next due instant, never backwards: two runs at once move it to the later of both. Null while something is left to do now. */
async function turnClock(tx: Tx, until: Date): Promise<Date | null> {
  const [[waiting], due] = await Promise.all([
    tx.$queryRaw<{ one: number }[]>`select 1 as one from outbox where workspace_id = ${tx.workspaceId}::uuid limit 1`,
    nextDueAt(tx),
  ]);
  if (waiting || (due && due <= tx.now)) return null;
  const next = due && due < until ? due : until;
  const [turned] = await tx.$queryRaw<{ to: Date }[]>`
    update workspaces set clock_at = greatest(clock_at, ${next}) where id = ${tx.workspaceId}::uuid and kind = 'sandbox' returning clock_at as "to"`;
  return turned?.to ?? next;
}

/** Counted from the end: a run goes on in many jobs, and each knows its own beginning only. */
async function showProgress(workspaceId: WorkspaceId, progressId: string, hoursLeft: number): Promise<boolean> {
  return inWorkspace(workspaceId, async (tx) => {
    const { totalCount } = await tx.progress.findUniqueOrThrow({ where: { id: progressId }, select: { totalCount: true } });
    if (totalCount !== null) await advanceProgress(tx, { id: progressId, done: Math.max(0, Math.floor(totalCount - hoursLeft)) });
    return isCancelRequested(tx, progressId);
  });
}
