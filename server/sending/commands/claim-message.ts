import { inWorkspaceRaw, sqlLiteral } from "#server/core/db.ts";
import { failPoint } from "#server/core/fail-point.ts";
import { suppressionHash } from "#server/core/seal.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { type ClaimFacts, judgeClaim, type Verdict } from "../domain/judge-claim.ts";

/** Longer than the transport's patience, so that a lease never ends under a worker that still waits for an answer. */
const LEASE_MS = 180_000;

export type Claim = { kind: "claimed"; attempt: number; now: Date } | { kind: "taken" } | Exclude<Verdict, { kind: "send" }>;

/**
 * reserved → sending: locks what could change the answer, makes every check again, commits. Only after this commit may a mail leave.
 * "taken": another worker has it, or it is no longer reserved.
 */
export async function claimMessage(
  workspaceId: WorkspaceId,
  input: { messageId: string; toAddress: string; workerId: string },
): Promise<Claim> {
  return inWorkspaceRaw(workspaceId, async (scope): Promise<Claim> => {
    const id = sqlLiteral(input.messageId);
    const [row] = await scope.read(`select ledger_claim_facts(${id}, ${sqlLiteral(suppressionHash(input.toAddress))}) as facts`);
    const facts = row?.facts as ClaimFacts | null | undefined;
    if (!facts) return { kind: "taken" };
    const verdict = judgeClaim(facts);
    if (verdict.kind !== "send") return verdict;
    failPoint("ledger.claiming");
    await scope.finish(`select ledger_mark_sending(${id}, ${sqlLiteral(input.workerId)}, ${LEASE_MS}, ${sqlLiteral(facts.now)})`);
    failPoint("ledger.sending");
    return { kind: "claimed", attempt: facts.attempt + 1, now: new Date(facts.now) };
  });
}
