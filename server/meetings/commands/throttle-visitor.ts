import { RateLimiterMemory } from "rate-limiter-flexible";
import { AppError } from "#server/core/errors.ts";

/** One web process serves an instance, so memory is enough. The second limit holds when somebody forges many origins. */
const perOrigin = new RateLimiterMemory({ points: 20, duration: 3_600 });
const perPage = new RateLimiterMemory({ points: 300, duration: 3_600 });

/** @throws QUOTA_EXCEEDED with the time to wait. */
export async function throttleVisitor(origin: string, page: string): Promise<void> {
  try {
    await perOrigin.consume(origin);
    await perPage.consume(page);
  } catch (limit) {
    const waitMs = (limit as { msBeforeNext?: number }).msBeforeNext ?? 60_000;
    throw new AppError("QUOTA_EXCEEDED", `Too many tries from here. Try again in ${Math.ceil(waitMs / 60_000)} minutes.`, {
      retryAfterMs: waitMs,
    });
  }
}
