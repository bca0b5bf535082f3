import { Middleware } from "inngest";
import { logger } from "#server/core/logger.ts";
import { note, withEvent } from "#server/core/wide-event.ts";

/**
 * One line per run of a job function, whichever engine calls it: which function, which run, which attempt, how long, how it ended. A call in
 * between (a step is done and the rest follows in another call) is written for debugging only.
 */
export class LogRuns extends Middleware.BaseMiddleware {
  override readonly id = "log-runs";

  override async wrapRequest({ fn, next, runId }: Middleware.WrapRequestArgs): Promise<Middleware.Response> {
    const began = performance.now();
    return withEvent({ runId }, async (event) => {
      const finish = (status: number): void => {
        const { notes, transactions, databaseMs } = event;
        const outcome = notes.outcome ?? (status < 400 ? "goes-on" : "not-run");
        const fields = {
          kind: "job",
          function: fn?.id() ?? "(none)",
          ms: Math.round(performance.now() - began),
          ...(transactions > 0 && { transactions, databaseMs: Math.round(databaseMs) }),
          ...notes,
          outcome,
        };
        const level = outcome === "failed" ? "error" : outcome === "goes-on" ? "debug" : outcome === "done" ? "info" : "warn";
        logger[level](fields, "job");
      };
      try {
        const answer = await next();
        finish(answer.status);
        return answer;
      } catch (error) {
        finish(500);
        throw error;
      }
    });
  }

  override onMemoizationEnd({ ctx }: Middleware.OnMemoizationEndArgs): void {
    note({ attempt: ctx.attempt });
  }

  override onStepError({ error, isFinalAttempt }: Middleware.OnStepErrorArgs): void {
    note({ outcome: isFinalAttempt ? "step-failed" : "step-retried", problem: error.name });
  }

  override onRunComplete(): void {
    note({ outcome: "done" });
  }

  override onRunError({ error, isFinalAttempt }: Middleware.OnRunErrorArgs): void {
    note({ outcome: isFinalAttempt ? "failed" : "tried-again-later", problem: error.name });
  }
}
