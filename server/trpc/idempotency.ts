import { createHash } from "node:crypto";
import type { KeyHolder } from "#server/auth/queries.ts";
import { inWorkspace, isUniqueViolation } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";

const HEADER = "idempotency-key";

/**
 * Runs an unsafe call once per Idempotency-Key: the same key and body get the stored answer, another body gets 409, and of
 * two at once one runs while the other is told to wait. A call that failed on our side may be tried again.
 */
export async function answerOnce(
  request: Request,
  body: string,
  { workspaceId, userId, scopes }: Pick<KeyHolder, "workspaceId" | "userId" | "scopes">,
  run: () => Promise<Response>,
): Promise<Response> {
  const key = request.headers.get(HEADER);
  if (!key) return run();
  if (key.length > 200) throw new AppError("INVALID_INPUT", "An Idempotency-Key has at most 200 characters.");
  const { pathname, search } = new URL(request.url);
  // Of this person and these rights alone: a stored answer is not shown to who could not have asked for it. A rotated key keeps both.
  const caller = `${userId} ${[...scopes].sort().join(" ")}`;
  const fingerprint = createHash("sha256").update(`${request.method} ${pathname}${search}\n${caller}\n${body}`).digest("hex");

  const stored = await claim(workspaceId, key, fingerprint);
  if (stored) return stored;
  let answer: Response;
  try {
    answer = await run();
  } catch (error) {
    await forget(workspaceId, key);
    throw error;
  }
  if (answer.status >= 500 || answer.status === 429) await forget(workspaceId, key);
  else await remember(workspaceId, key, answer);
  return answer;
}

/** @returns the stored answer, or null when this call may run. */
async function claim(workspaceId: WorkspaceId, key: string, fingerprint: string): Promise<Response | null> {
  try {
    await inWorkspace(workspaceId, (tx) => tx.idempotencyKey.create({ data: { workspaceId, key, fingerprint, createdAt: tx.now } }));
    return null;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
  const known = await inWorkspace(workspaceId, (tx) => tx.idempotencyKey.findUnique({ where: { workspaceId_key: { workspaceId, key } } }));
  if (known && known.fingerprint !== fingerprint)
    throw new AppError("CONFLICT", "This Idempotency-Key was used for another call. Use a new key for a new call.");
  if (!known?.status)
    throw new AppError("CONFLICT", "The first call with this Idempotency-Key is still running. Ask again in a moment.", {
      retryAfterMs: 1_000,
    });
  const { body, contentType } = known.response as { body: string; contentType: string };
  return new Response(body, {
    status: known.status,
    headers: { "content-type": contentType, "cache-control": "private, no-store", "idempotent-replay": "true" },
  });
}

async function remember(workspaceId: WorkspaceId, key: string, answer: Response): Promise<void> {
  const body = await answer.clone().text();
  const response = { body, contentType: answer.headers.get("content-type") ?? "application/json" };
  await inWorkspace(workspaceId, (tx) =>
    tx.idempotencyKey.update({ where: { workspaceId_key: { workspaceId, key } }, data: { status: answer.status, response } }),
  );
}

async function forget(workspaceId: WorkspaceId, key: string): Promise<void> {
  await inWorkspace(workspaceId, (tx) => tx.idempotencyKey.delete({ where: { workspaceId_key: { workspaceId, key } } }));
}
