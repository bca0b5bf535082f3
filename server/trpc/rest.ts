import { createOpenApiFetchHandler } from "trpc-to-openapi";
import * as z from "zod";
import { findKeyHolder, type KeyHolder } from "#server/auth/queries.ts";
import { AppError, type AppErrorCode } from "#server/core/errors.ts";
import { createLimit } from "#server/core/limits.ts";
import { logger } from "#server/core/logger.ts";
import { services } from "#server/services.ts";
import { answerOnce } from "./idempotency.ts";
import { appRouter } from "./root.ts";

const MAX_BODY_BYTES = 1_000_000;
const CALLS_PER_MINUTE = 600;
const calls = createLimit({
  name: "api-key",
  points: CALLS_PER_MINUTE,
  durationS: 60,
  say: () => `This key may be used ${CALLS_PER_MINUTE} times a minute.`,
});

/** tRPC's own codes, in the words that our clients switch on. */
const CODE_OF_TRPC: Record<string, AppErrorCode> = {
  BAD_REQUEST: "INVALID_INPUT",
  PARSE_ERROR: "INVALID_INPUT",
  UNSUPPORTED_MEDIA_TYPE: "INVALID_INPUT",
  METHOD_NOT_SUPPORTED: "NOT_FOUND",
  UNAUTHORIZED: "UNAUTHENTICATED",
  FORBIDDEN: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  CONFLICT: "CONFLICT",
  PRECONDITION_FAILED: "INVALID_STATE",
  PAYLOAD_TOO_LARGE: "TOO_LARGE",
  TOO_MANY_REQUESTS: "QUOTA_EXCEEDED",
  SERVICE_UNAVAILABLE: "DATABASE_UNAVAILABLE",
  BAD_GATEWAY: "PROVIDER_UNAVAILABLE",
};
const STATUS: Partial<Record<AppErrorCode, number>> = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  INVALID_STATE: 412,
  TOO_LARGE: 413,
  QUOTA_EXCEEDED: 429,
  DATABASE_UNAVAILABLE: 503,
  PROVIDER_UNAVAILABLE: 502,
  PROVIDER_REJECTED: 502,
};

/** One REST call: the key, its limit, the body's size, idempotency, then the same procedure that the app calls. */
export async function handleRest(request: Request): Promise<Response> {
  try {
    const holder = await authenticateKey(request);
    const body = await readBody(request);
    const run = () => callProcedure(request, body, holder);
    return await (isUnsafe(request) ? answerOnce(request, body, holder.workspaceId, run) : run());
  } catch (error) {
    return problemOf(error);
  }
}

/** @throws UNAUTHENTICATED, or QUOTA_EXCEEDED when the key was used too often in the last minute. */
export async function authenticateKey(request: Request): Promise<KeyHolder> {
  const [scheme, key] = (request.headers.get("authorization") ?? "").split(" ");
  const holder = scheme?.toLowerCase() === "bearer" && key ? await findKeyHolder(key) : null;
  if (!holder) throw new AppError("UNAUTHENTICATED", "Send a valid API key: Authorization: Bearer <key>.");
  await calls.consume(holder.keyId);
  return holder;
}

function isUnsafe(request: Request): boolean {
  return !["GET", "HEAD", "OPTIONS"].includes(request.method);
}

async function readBody(request: Request): Promise<string> {
  if (!isUnsafe(request)) return "";
  const text = await request.text();
  if (text.length > MAX_BODY_BYTES) throw new AppError("TOO_LARGE", "The body is larger than 1 MB.");
  return text;
}

async function callProcedure(request: Request, body: string, holder: KeyHolder): Promise<Response> {
  const headers = new Headers(request.headers);
  // A call without a body is one with an empty object.
  if (isUnsafe(request) && body === "") headers.set("content-type", "application/json");
  const url = new URL(request.url);
  const forwarded = new Request(url, { method: request.method, headers, ...(isUnsafe(request) && { body: body === "" ? "{}" : body }) });
  const response = await createOpenApiFetchHandler({
    endpoint: "/api/v1",
    req: forwarded,
    router: appRouter,
    createContext: () => ({ services, actor: { kind: "api_key" as const, holder } }),
  });
  return response.status < 400 ? withoutCache(response) : problemOfAnswer(response);
}

const failedAnswer = z.object({
  message: z.string(),
  code: z.string(),
  data: z
    .object({
      appCode: z.string().nullish(),
      issues: z.array(z.object({ path: z.string(), message: z.string() })).nullish(),
      retryAfterMs: z.number().nullish(),
    })
    .nullish(),
});

async function problemOfAnswer(response: Response): Promise<Response> {
  const parsed = failedAnswer.safeParse(await response.json().catch(() => null));
  if (!parsed.success) return problem(response.status, "NOT_FOUND", "There is no such call.");
  const { message, code, data } = parsed.data;
  const stable = data?.appCode ?? CODE_OF_TRPC[code] ?? "INTERNAL";
  return problem(response.status, stable, data?.issues?.[0]?.message ?? message, {
    errors: data?.issues ?? undefined,
    retryAfterMs: data?.retryAfterMs ?? undefined,
  });
}

export function problemOf(error: unknown): Response {
  if (error instanceof AppError) return problem(STATUS[error.code] ?? 500, error.code, error.message, { retryAfterMs: error.retryAfterMs });
  logger.error({ err: error }, "REST call failed");
  return problem(500, "INTERNAL", "Something failed on our side. Nothing was half-written; try again.");
}

/** RFC 9457. */
function problem(
  status: number,
  code: string,
  detail: string,
  extra: { errors?: unknown; retryAfterMs?: number | undefined } = {},
): Response {
  const headers = new Headers({ "content-type": "application/problem+json", "cache-control": "private, no-store" });
  const waits = status === 429 || status === 503;
  if (waits || extra.retryAfterMs) headers.set("retry-after", String(Math.ceil((extra.retryAfterMs ?? 2_000) / 1_000)));
  const body = { type: "about:blank", title: code, status, code, detail, ...(extra.errors !== undefined && { errors: extra.errors }) };
  return new Response(JSON.stringify(body), { status, headers });
}

function withoutCache(response: Response): Response {
  response.headers.set("cache-control", "private, no-store");
  return response;
}
