import { inWorkspaceRaw, sqlArray, sqlLiteral } from "#server/core/db.ts";
import { failPoint } from "#server/core/fail-point.ts";
import { suppressionHash } from "#server/core/seal.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { type ClaimFacts, judgeClaim, type Verdict } from "../domain/judge-claim.ts";

/** Longer than the transport's patience, so that a lease never ends under a worker that still waits for an answer. */
const LEASE_MS = 180_000;

export type Claim = { kind: "claimed"; attempt: number; now: Date } | { kind: "taken" } | Exclude<Verdict, { kind: "send" }>;

/**
 * reserved → sending for mails that are ready at the same moment: locks what could change the answer, makes every check of each again,
 * commits. Only after this commit may they leave. "taken": another worker has it, or it is no longer reserved. Answers in the given order.
 */
export async function claimMessages(
  workspaceId: WorkspaceId,
  workerId: string,
  messages: readonly { messageId: string; toAddress: string }[],
): Promise<Claim[]> {
  return inWorkspaceRaw(workspaceId, async (scope): Promise<Claim[]> => {
    const [ids, hashes] = [messages.map((one) => one.messageId), messages.map((one) => suppressionHash(one.toAddress))];
    const rows = await scope.read(
      `select message_id, facts from ledger_claim_facts(${sqlArray(ids, "uuid")}, ${sqlArray(hashes, "text")})`,
    );
    const factsOf = new Map(rows.map((row) => [row.message_id as string, row.facts as ClaimFacts]));
    const claims = ids.map((id): Claim => {
      const facts = factsOf.get(id);
      if (!facts) return { kind: "taken" };
      const verdict = judgeClaim(facts);
      return verdict.kind === "send" ? { kind: "claimed", attempt: facts.attempt + 1, now: new Date(facts.now) } : verdict;
    });
    const claimed = ids.filter((_, index) => claims[index]?.kind === "claimed");
    const now = claims.find((claim) => claim.kind === "claimed")?.now;
    if (!now) return claims;
    failPoint("ledger.claiming");
    await scope.finish(
      `select ledger_mark_sending(${sqlArray(claimed, "uuid")}, ${sqlLiteral(workerId)}, ${LEASE_MS}, ${sqlLiteral(now)})`,
    );
    failPoint("ledger.sending");
    return claims;
  });
}
