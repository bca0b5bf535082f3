import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { sandboxRunRequested } from "#server/jobs/events.ts";
import { emit } from "#server/jobs/outbox.ts";
import { finishProgress, isCancelRequested, startProgress } from "#server/progress/commands.ts";
import type { Services } from "#server/services.ts";
import { countStory, saySums } from "../queries/count-story.ts";
import type { RunSandboxInput, RunSandboxOutput } from "../schema.ts";
import { prepareStart } from "./prepare-start.ts";

const HOUR_MS = 3_600_000;
/** From this many hours on a pretend colleague does the rep's part, so that a month tells a whole story. */
const COLLEAGUE_FROM_HOURS = 24 * 7;
const RUN_KIND = "sandbox-run";

/** Starts a run in the background, shown in the activity tray. One at a time. */
export async function requestRun(tx: Tx, input: RunSandboxInput & { byId: string }): Promise<{ progressId: string }> {
  const hours = input.hours ?? (input.days ?? 1) * 24;
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`sandbox ${tx.workspaceId}`}, 0))`;
  const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: tx.workspaceId }, select: { kind: true } });
  if (workspace.kind !== "sandbox") throw new AppError("INVALID_STATE", "Only a pretend workspace has a clock to move.");
  const running = await tx.progress.findFirst({ where: { kind: RUN_KIND, status: "running" }, select: { id: true } });
  if (running) throw new AppError("CONFLICT", "Time is passing already. Wait until that run has ended, or cancel it.");
  const title = input.days
    ? `${input.days} days pass`
    : hours === 24
      ? "1 day passes"
      : `${hours} ${hours === 1 ? "hour passes" : "hours pass"}`;
  const progressId = await startProgress(tx, { kind: RUN_KIND, title, total: hours, startedById: input.byId });
  const until = new Date(tx.now.getTime() + hours * HOUR_MS).toISOString();
  await emit(
    tx,
    sandboxRunRequested.create({
      workspaceId: tx.workspaceId,
      progressId,
      until,
      withColleague: hours >= COLLEAGUE_FROM_HOURS || input.start === true,
    }),
  );
  return { progressId };
}

/** The last step of a run: says what happened. */
export async function endRun(
  workspaceId: WorkspaceId,
  progressId: string,
  cut?: { status: "failed"; result: string } | { status: "cancelled" },
): Promise<void> {
  await inWorkspace(workspaceId, async (tx) => {
    if (cut?.status === "failed") return finishProgress(tx, { id: progressId, ...cut });
    const status = cut || (await isCancelRequested(tx, progressId)) ? "cancelled" : "done";
    await finishProgress(tx, { id: progressId, status, result: saySums(await countStory(tx)), link: "/reports" });
  });
}

/** For programs: answers when the time has passed. @throws CONFLICT when a run is under way, PROVIDER_UNAVAILABLE when it does not end. */
export async function runAndWait(
  services: Services,
  workspaceId: WorkspaceId,
  input: RunSandboxInput & { byId: string },
): Promise<RunSandboxOutput> {
  if (input.start) await prepareStart(services, workspaceId, { byId: input.byId });
  const { progressId } = await inWorkspace(workspaceId, (tx) => requestRun(tx, input));
  const deadline = performance.now() + 15 * 60_000;
  while (performance.now() < deadline) {
    const progress = await inWorkspace(workspaceId, (tx) => tx.progress.findUniqueOrThrow({ where: { id: progressId } }));
    if (progress.status === "failed") throw new AppError("INVALID_STATE", progress.result ?? "The run failed.");
    if (progress.status !== "running") {
      return inWorkspace(workspaceId, async (tx) => ({ now: tx.now.toISOString(), ...(await countStory(tx)) }));
    }
    await new Promise((done) => setTimeout(done, 150));
  }
  throw new AppError("INVALID_STATE", "The run takes longer than a quarter of an hour. It goes on; look at the activity tray.");
}
