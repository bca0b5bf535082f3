import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";

type Actor = { actorId: string; actorKind: "person" | "api_key" };

/** Stops a run at its next step. What its steps have done stays done. */
export async function cancelJobRun(tx: Tx, input: { runId: string }, actor: Actor): Promise<void> {
  const [row] = await tx.$queryRaw<{ done: boolean }[]>`select cancel_job_run(${input.runId}::uuid) as done`;
  if (!row?.done) throw new AppError("INVALID_STATE", "This job has already ended.");
  await recordAudit(tx, { ...actor, action: "job.cancelled", subjectType: "job", subjectId: input.runId });
}

/** Goes on from the step that failed. */
export async function retryJobRun(tx: Tx, input: { runId: string }, actor: Actor): Promise<void> {
  const [row] = await tx.$queryRaw<{ done: boolean }[]>`select retry_job_run(${input.runId}::uuid) as done`;
  if (!row?.done) throw new AppError("INVALID_STATE", "Only a job that failed or was cancelled can be tried again.");
  await recordAudit(tx, { ...actor, action: "job.retried", subjectType: "job", subjectId: input.runId });
}
