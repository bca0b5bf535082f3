import { NonRetriableError, RetryAfterError } from "inngest";
import { AppError } from "#server/core/errors.ts";

/** The single place where our failures become the job runner's retry decisions. */
export async function withRetryPolicy<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { retryAfterMs } = error;
    if (!error.isRetryable) throw new NonRetriableError(error.message, { cause: error });
    if (retryAfterMs !== undefined) throw new RetryAfterError(error.message, retryAfterMs, { cause: error });
    throw error;
  }
}
