import { inWorkspaceRaw, type RawScope, sqlArray, sqlLiteral } from "#server/core/db.ts";
import { failPoint } from "#server/core/fail-point.ts";
import { gather } from "#server/core/gather.ts";
import { suppressionHash } from "#server/core/seal.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { type ClaimFacts, judgeClaim, type Verdict } from "../domain/judge-claim.ts";

/** Longer than the transport's patience, so that a lease never ends under a worker that still waits for an answer. */
const LEASE_MS = 180_000;

export type ToClaim = { messageId: string; toAddress: string };
export type Claim = { kind: "claimed"; attempt: number; now: Date } | { kind: "taken" } | Exclude<Verdict, { kind: "send" }>;
export type Accepted = { messageId: string; attempt: number; at: Date; response: string; providerId: string | null };

/**
 * The two commits of a mail: `claim` (reserved → sending; only after it may the mail leave) and `recordSent` (sending → sent). Mails that
 * wait for the disk at the same moment share one transaction, so a group costs what one did; no mail waits for another one's mail server.
 */
export type Ledger = {
  /** How many send through it, one mail after the other: when each of them waits for a claim, nobody else will come. */
  lanes: number;
  claim: (message: ToClaim) => Promise<Claim>;
  recordSent: (accepted: Accepted) => Promise<boolean>;
};

/** A turn costs Postgres and the worker much, and each mail in it little: with servers that answer at once it pays to wait for the other lanes. */
const PATIENCE_MS = 5;

export function openLedger(workspaceId: WorkspaceId, workerId: string): Ledger {
  type Entry = { claim: ToClaim } | { sent: Accepted };
  const answer = async (entries: readonly Entry[]): Promise<(Claim | boolean)[]> => {
    const { claims, settled } = await turnLedger(workspaceId, workerId, {
      toClaim: entries.flatMap((entry) => ("claim" in entry ? [entry.claim] : [])),
      accepted: entries.flatMap((entry) => ("sent" in entry ? [entry.sent] : [])),
    });
    return entries.map((entry) =>
      "claim" in entry ? (claims.get(entry.claim.messageId) ?? { kind: "taken" }) : settled.has(entry.sent.messageId),
    );
  };
  const isWhole = (entries: readonly Entry[]) => entries.filter((entry) => "claim" in entry).length >= ledger.lanes;
  const turn = gather<Entry, Claim | boolean>(answer, { isWhole, patienceMs: PATIENCE_MS });
  const ledger: Ledger = {
    lanes: 0,
    claim: async (message) => (await turn({ claim: message })) as Claim,
    recordSent: async (accepted) => (await turn({ sent: accepted })) as boolean,
  };
  return ledger;
}

/**
 * One transaction: locks what could change the answer for each mail to claim, makes every check of each again, marks those that may leave,
 * writes down those that left, commits. Not among the claims: taken by another worker, or no longer reserved.
 */
export async function turnLedger(
  workspaceId: WorkspaceId,
  workerId: string,
  group: { toClaim: readonly ToClaim[]; accepted: readonly Accepted[] },
): Promise<{ claims: Map<string, Claim>; settled: Set<string> }> {
  return inWorkspaceRaw(workspaceId, async (scope) => {
    const claims = await judgeAll(scope, group.toClaim);
    const may = [...claims].flatMap(([id, claim]) => (claim.kind === "claimed" ? [{ id, now: claim.now }] : []));
    const writes: string[] = [];
    if (may[0]) {
      failPoint("ledger.claiming");
      const ids = may.map((one) => one.id);
      writes.push(`select ledger_mark_sending(${sqlArray(ids, "uuid")}, ${sqlLiteral(workerId)}, ${LEASE_MS}, ${sqlLiteral(may[0].now)})`);
    }
    const hasLeft = group.accepted.length > 0;
    if (hasLeft) {
      failPoint("ledger.recording");
      writes.push(`select ledger_record_sent(${recordColumns(group.accepted)}) as id`);
    }
    const rows = writes.length > 0 ? await scope.finish(writes.join("; ")) : [];
    if (may[0]) failPoint("ledger.sending");
    if (hasLeft) failPoint("ledger.sent");
    return { claims, settled: new Set(hasLeft ? rows.map((row) => row.id as string) : []) };
  });
}

async function judgeAll(scope: RawScope, toClaim: readonly ToClaim[]): Promise<Map<string, Claim>> {
  if (toClaim.length === 0) return new Map();
  const ids = toClaim.map((one) => one.messageId);
  const hashes = toClaim.map((one) => suppressionHash(one.toAddress));
  const rows = await scope.read(`select message_id, facts from ledger_claim_facts(${sqlArray(ids, "uuid")}, ${sqlArray(hashes, "text")})`);
  return new Map(
    rows.map((row): [string, Claim] => {
      const facts = row.facts as ClaimFacts;
      const verdict = judgeClaim(facts);
      const claim: Claim = verdict.kind === "send" ? { kind: "claimed", attempt: facts.attempt + 1, now: new Date(facts.now) } : verdict;
      return [row.message_id as string, claim];
    }),
  );
}

function recordColumns(accepted: readonly Accepted[]): string {
  const column = (read: (one: Accepted) => string | number | Date | null, type: "uuid" | "int" | "timestamptz" | "text") =>
    sqlArray(accepted.map(read), type);
  return [
    column((one) => one.messageId, "uuid"),
    column((one) => one.attempt, "int"),
    column((one) => one.at, "timestamptz"),
    column((one) => one.response, "text"),
    column((one) => one.providerId, "text"),
  ].join(", ");
}
