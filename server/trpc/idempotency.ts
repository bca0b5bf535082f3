import { createHash } from "node:crypto";
import type { KeyHolder } from "#server/auth/queries.ts";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";

const HEADER = "idempotency-key";
/** No call runs so long: whoever claimed the key before was killed. */
const LEASE = "5 minutes";
/** So long is an answer kept; then the key is a new one. server/upkeep clears the rows. */
const KEPT = "24 hours";

type Caller = Pick<KeyHolder, "workspaceId" | "userId" | "scopes">;
type Claim = { workspaceId: WorkspaceId; key: string; claimedAt: string };
/** Writes the answer in the transaction of the change itself: after a kill there are both or neither. */
export type SettleAnswer = (tx: Tx, output: unknown) => Promise<void>;

export type Call = {
  request: Request;
  /** What was sent, or its digest where it is a stream. */
  body: string;
  /** The whole change is one transaction, settled with its answer. Then a claim without an answer has changed nothing. */
  isOneTransaction: boolean;
};

/**
 * Runs an unsafe call once per Idempotency-Key: the same key and body get the stored answer, another body gets 409, and of two at once one
 * runs while the other is told to wait. A call that failed on our side may be tried again. One that was killed may run again when it is
 * certain that it changed nothing; otherwise nobody knows, and that is what is said.
 */
export async function answerOnce(call: Call, caller: Caller, run: (settle?: SettleAnswer) => Promise<Response>): Promise<Response> {
  const key = call.request.headers.get(HEADER);
  if (!key) return run();
  if (key.length > 200) throw new AppError("INVALID_INPUT", "An Idempotency-Key has at most 200 characters.");
  const { workspaceId } = caller;
  const print = fingerprint(call, caller);
  const claimedAt = await takeClaim(workspaceId, key, print, call.isOneTransaction);
  if (claimedAt === null) return storedAnswer(workspaceId, key, print);
  const claim = { workspaceId, key, claimedAt };
  let answer: Response;
  try {
    answer = await run((tx, output) => settle(tx, claim, output));
  } catch (error) {
    await forget(claim);
    throw error;
  }
  if (answer.status >= 500 || answer.status === 429) await forget(claim);
  else await remember(claim, answer);
  return answer;
}

/** Of this person and these rights alone: a stored answer is not shown to who could not have asked for it. A rotated key keeps both. */
function fingerprint({ request, body }: Call, { userId, scopes }: Caller): string {
  const { pathname, search } = new URL(request.url);
  const rights = `${userId} ${[...scopes].sort().join(" ")}`;
  return createHash("sha256").update(`${request.method} ${pathname}${search}\n${rights}\n${body}`).digest("hex");
}

/** @returns since when the claim is this call's, or null when the key is another's. */
async function takeClaim(workspaceId: WorkspaceId, key: string, print: string, mayRunAgain: boolean): Promise<string | null> {
  const [claim] = await inWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw<{ claimedAt: string }[]>`
      insert into idempotency_keys as k (workspace_id, key, fingerprint, created_at) values (${workspaceId}::uuid, ${key}, ${print}, ${tx.now})
      on conflict (workspace_id, key) do update
        set claimed_at = clock_timestamp(), created_at = excluded.created_at, fingerprint = excluded.fingerprint, status = null, response = null
        where k.claimed_at < clock_timestamp() - ${KEPT}::interval
          or (${mayRunAgain} and k.status is null and k.fingerprint = excluded.fingerprint and k.claimed_at < clock_timestamp() - ${LEASE}::interval)
      returning claimed_at::text as "claimedAt"`,
  );
  return claim?.claimedAt ?? null;
}

type Known = { fingerprint: string; status: number | null; response: { body: string; contentType: string } | null; isOver: boolean };

async function storedAnswer(workspaceId: WorkspaceId, key: string, print: string): Promise<Response> {
  const [known] = await inWorkspace(
    workspaceId,
    (tx) => tx.$queryRaw<Known[]>`
      select fingerprint, status, response, claimed_at < clock_timestamp() - ${LEASE}::interval as "isOver"
      from idempotency_keys where workspace_id = ${workspaceId}::uuid and key = ${key}`,
  );
  if (known && known.fingerprint !== print)
    throw new AppError("CONFLICT", "This Idempotency-Key was used for another call. Use a new key for a new call.");
  if (known?.status && known.response)
    return new Response(known.response.body, {
      status: known.status,
      headers: { "content-type": known.response.contentType, "cache-control": "private, no-store", "idempotent-replay": "true" },
    });
  if (known?.isOver)
    throw new AppError(
      "CONFLICT",
      "The first call with this Idempotency-Key was cut off, and nobody knows how far it came. Look at what is there, then use a new key.",
    );
  throw new AppError("CONFLICT", "The first call with this Idempotency-Key is still running. Ask again in a moment.", {
    retryAfterMs: 1_000,
  });
}

/** @throws CONFLICT when the claim was taken over meanwhile, which rolls the change back. */
async function settle(tx: Tx, claim: Claim, output: unknown): Promise<void> {
  const isMine = await write(tx, claim, 200, { body: JSON.stringify(output ?? null), contentType: "application/json" });
  if (!isMine) throw new AppError("CONFLICT", "Another call with this Idempotency-Key took over. Ask again in a moment.");
}

async function remember(claim: Claim, answer: Response): Promise<void> {
  const response = { body: await answer.clone().text(), contentType: answer.headers.get("content-type") ?? "application/json" };
  await inWorkspace(claim.workspaceId, (tx) => write(tx, claim, answer.status, response));
}

async function write(tx: Tx, { key, claimedAt }: Claim, status: number, response: object): Promise<boolean> {
  const rows = await tx.$executeRaw`
    update idempotency_keys set status = ${status}::int, response = ${JSON.stringify(response)}::jsonb
    where workspace_id = ${tx.workspaceId}::uuid and key = ${key} and claimed_at = ${claimedAt}::timestamptz and status is null`;
  return rows === 1;
}

async function forget({ workspaceId, key, claimedAt }: Claim): Promise<void> {
  await inWorkspace(
    workspaceId,
    (tx) => tx.$executeRaw`
      delete from idempotency_keys where workspace_id = ${workspaceId}::uuid and key = ${key} and claimed_at = ${claimedAt}::timestamptz and status is null`,
  );
}
