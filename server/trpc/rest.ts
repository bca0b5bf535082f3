import { TRPCError } from "@trpc/server";
import * as z from "zod";
import { findKeyHolder, type KeyHolder } from "#server/auth/queries.ts";
import { AppError, type AppErrorCode } from "#server/core/errors.ts";
import { createLimit } from "#server/core/limits.ts";
import { logger } from "#server/core/logger.ts";
import { readAtMost } from "#server/core/read-at-most.ts";
import { note } from "#server/core/wide-event.ts";
import { services } from "#server/services.ts";
import { answerOnce, type SettleAnswer } from "./idempotency.ts";
import { callProcedure, findRestCall } from "./rest-calls.ts";
import { isRecord, readAs, readQuery } from "./rest-input.ts";

const MAX_BODY_BYTES = 1_000_000;
const CALLS_PER_MINUTE = 600;
const calls = createLimit({
  name: "api-key",
  points: CALLS_PER_MINUTE,
  durationS: 60,
  say: () => `This key may be used ${CALLS_PER_MINUTE} times a minute.`,
});

/** tRPC's own codes, in the words that our clients switch on. */
const CODE_OF_TRPC: Partial<Record<TRPCError["code"], AppErrorCode>> = {
  BAD_REQUEST: "INVALID_INPUT",
  PARSE_ERROR: "INVALID_INPUT",
  UNAUTHORIZED: "UNAUTHENTICATED",
  FORBIDDEN: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
};
export const STATUS: Record<AppErrorCode, number> = {
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
    // What the procedure refuses is an answer too: the same call with the same key is refused alike.
    const run = (settle?: SettleAnswer) => answer(request, body, holder, settle).catch(problemOf);
    const isOneTransaction = callOf(request)?.call.isOneTransaction ?? false;
    return await (isUnsafe(request) ? answerOnce({ request, body, isOneTransaction }, holder, run) : run());
  } catch (error) {
    return problemOf(error);
  }
}

/** @throws UNAUTHENTICATED, or QUOTA_EXCEEDED when the key was used too often in the last minute. */
export async function authenticateKey(request: Request): Promise<KeyHolder> {
  const [scheme, key] = (request.headers.get("authorization") ?? "").split(" ");
  const holder = scheme?.toLowerCase() === "bearer" && key ? await findKeyHolder(key) : null;
  if (!holder) throw new AppError("UNAUTHENTICATED", "Send a valid API key: Authorization: Bearer <key>.");
  note({ keyId: holder.keyId, workspaceId: holder.workspaceId });
  await calls.consume(holder.keyId);
  return holder;
}

function hasBody(request: Request): boolean {
  return isUnsafe(request) && request.method !== "DELETE";
}

function isUnsafe(request: Request): boolean {
  return !["GET", "HEAD", "OPTIONS"].includes(request.method);
}

async function readBody(request: Request): Promise<string> {
  if (!isUnsafe(request)) return "";
  const body = await readAtMost(request, MAX_BODY_BYTES);
  if (!body) throw new AppError("TOO_LARGE", "The body is larger than 1 MB.");
  // As request.text() does: without the mark that some editors put first.
  return new TextDecoder().decode(body);
}

function callOf(request: Request): ReturnType<typeof findRestCall> {
  return findRestCall(request.method === "HEAD" ? "GET" : request.method, new URL(request.url).pathname.slice("/api/v1".length));
}

async function answer(request: Request, body: string, holder: KeyHolder, settle?: SettleAnswer): Promise<Response> {
  const found = callOf(request);
  if (!found) throw new AppError("NOT_FOUND", "There is no such call.");
  const { call, places } = found;
  const from = hasBody(request) ? "json" : "query";
  const said = from === "json" ? readJson(request, body) : readQuery(new URL(request.url).searchParams);
  const input = call.inputs.reduce<unknown>((read, schema) => readAs(schema, read, from), { ...said, ...places });
  const output = await callProcedure(
    call.name,
    { services, actor: { kind: "api_key", holder }, settle },
    call.inputs.length > 0 ? input : undefined,
  );
  return Response.json(output ?? null, { headers: { "cache-control": "private, no-store" } });
}

/** A call without a body is one with an empty object. */
function readJson(request: Request, body: string): Record<string, unknown> {
  if (body === "") return {};
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? ""))
    throw new AppError("INVALID_INPUT", "Send the body as Content-Type: application/json.");
  let said: unknown;
  try {
    said = JSON.parse(body);
  } catch (cause) {
    throw new AppError("INVALID_INPUT", "The body is not JSON.", { cause });
  }
  if (!isRecord(said)) throw new AppError("INVALID_INPUT", "The body is a JSON object.");
  return said;
}

export function problemOf(error: unknown): Response {
  const known = error instanceof AppError ? error : error instanceof TRPCError && error.cause instanceof AppError ? error.cause : null;
  if (known) return problem(STATUS[known.code], known.code, known.message, { retryAfterMs: known.retryAfterMs });
  if (error instanceof TRPCError && error.cause instanceof z.ZodError && error.code === "BAD_REQUEST") {
    const errors = error.cause.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
    return problem(400, "INVALID_INPUT", errors[0]?.message ?? "The input is not valid.", { errors });
  }
  const code = error instanceof TRPCError ? CODE_OF_TRPC[error.code] : undefined;
  if (code && error instanceof TRPCError) return problem(STATUS[code], code, error.message);
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
