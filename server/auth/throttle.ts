import { RateLimiterMemory } from "rate-limiter-flexible";
import { AppError } from "#server/core/errors.ts";

/** Guesses are counted per address and per origin. One web process serves an instance, so memory is enough. */
const perAddress = new RateLimiterMemory({ points: 8, duration: 15 * 60 });
const perOrigin = new RateLimiterMemory({ points: 40, duration: 15 * 60 });

/** @throws QUOTA_EXCEEDED with the time to wait. Call `forgiveAddress` after a success. */
export async function countGuess(email: string, origin: string): Promise<void> {
  try {
    await Promise.all([perAddress.consume(email), perOrigin.consume(origin)]);
  } catch (limit) {
    const waitMs = (limit as { msBeforeNext?: number }).msBeforeNext ?? 60_000;
    throw new AppError("QUOTA_EXCEEDED", `Too many attempts. Try again in ${Math.ceil(waitMs / 60_000)} minutes.`, {
      retryAfterMs: waitMs,
    });
  }
}

export async function forgiveAddress(email: string): Promise<void> {
  await perAddress.delete(email);
}
