/** Codes are part of the API: clients switch on them, never on messages. */
export const appErrorCodes = [
  "INVALID_INPUT",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "INVALID_STATE",
  "QUOTA_EXCEEDED",
  "TOO_LARGE",
  "DATABASE_UNAVAILABLE",
  "PROVIDER_UNAVAILABLE",
  "PROVIDER_REJECTED",
] as const;
export type AppErrorCode = (typeof appErrorCodes)[number];

/**
 * An expected failure. `message` is safe to show to a user; anything private
 * goes in `cause`, which is logged and never serialised.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: AppErrorCode, message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** Only a failing outside party is worth another attempt: rules do not change by retrying. */
  get isRetryable(): boolean {
    return this.code === "PROVIDER_UNAVAILABLE" || this.code === "DATABASE_UNAVAILABLE";
  }
}
