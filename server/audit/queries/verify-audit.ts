import { inWorkspace, type Tx } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { signHead } from "../commands/seal-audits.ts";
import { hashEntry, hashPayload } from "../domain/audit-line.ts";

const SLICE = 5_000;

export type AuditVerdict = {
  entries: number;
  /** written in the last second, not chained yet */
  unsealed: number;
  head: string | null;
  /** the first entry that is not as it was sealed */
  bad: { seq: number; id: string | null; problem: string } | null;
};

type Row = {
  seq: number;
  hash: string;
  id: string;
  atMs: number;
  actorId: string | null;
  actorKind: string;
  action: string;
  subjectType: string;
  subjectId: string | null;
  fields: string[];
  payloadId: string | null;
  payloadHash: string | null;
  payload: unknown;
};

/** Recomputes the whole chain of one workspace and compares its end with the signed one. */
export async function verifyAudit(workspaceId: WorkspaceId): Promise<AuditVerdict> {
  return inWorkspace(workspaceId, async (tx) => {
    const unsealed = await tx.auditEntry.count({ where: { seq: null } });
    const signed = await tx.auditHead.findFirst();
    const erased = await erasedPeople(tx);
    let [seq, hash] = [0, ""];
    const verdict = (bad: AuditVerdict["bad"]): AuditVerdict => ({ entries: seq, unsealed, head: seq > 0 ? `${seq}:${hash}` : null, bad });
    for (let rows = await slice(tx, 0); rows.length > 0; rows = await slice(tx, seq)) {
      for (const row of rows) {
        const problem = problemOf(row, { seq, hash }, erased);
        if (problem) return verdict({ seq: problem.seq, id: problem.id, problem: problem.text });
        [seq, hash] = [row.seq, row.hash];
      }
    }
    if (!signed) return verdict(seq > 0 ? { seq, id: null, problem: "The signed end of the chain is missing." } : null);
    if (signed.mac !== signHead(workspaceId, signed))
      return verdict({ seq: Number(signed.seq), id: null, problem: "The end of the chain was signed by somebody else." });
    if (Number(signed.seq) > seq) return verdict({ seq: seq + 1, id: null, problem: "Entries at the end were deleted." });
    if (Number(signed.seq) < seq || signed.hash !== hash)
      return verdict({ seq: Number(signed.seq) + 1, id: null, problem: "Entries were added behind the signed end." });
    return verdict(null);
  });
}

function problemOf(row: Row, before: { seq: number; hash: string }, erased: ReadonlySet<string>) {
  if (row.seq !== before.seq + 1) return { seq: before.seq + 1, id: null, text: "This entry was deleted." };
  if (hashEntry(before.hash, row) !== row.hash)
    return { seq: row.seq, id: row.id, text: "This entry is not as it was sealed: it was changed, inserted or moved." };
  if (row.payloadId === null) return null;
  if (row.payload === null)
    return erased.has(row.subjectId ?? "")
      ? null
      : { seq: row.seq, id: row.id, text: "Its values were deleted, and the person was not erased." };
  return hashPayload(row.payload) === row.payloadHash ? null : { seq: row.seq, id: row.id, text: "Its values were changed." };
}

async function erasedPeople(tx: Tx): Promise<Set<string>> {
  const rows = await tx.auditEntry.findMany({ where: { action: "lead.erased" }, select: { subjectId: true } });
  return new Set(rows.flatMap((row) => (row.subjectId ? [row.subjectId] : [])));
}

function slice(tx: Tx, after: number): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    select a.seq::float8 as seq, a.hash, a.id, (extract(epoch from a.at) * 1000)::float8 as "atMs", a.actor_id as "actorId", a.actor_kind as "actorKind", a.action,
      a.subject_type as "subjectType", a.subject_id as "subjectId", coalesce(a.fields, '{}') as fields, a.payload_id as "payloadId", a.payload_hash as "payloadHash", p.payload
    from audit_entries a left join subject_payloads p on p.workspace_id = a.workspace_id and p.id = a.payload_id
    where a.workspace_id = ${tx.workspaceId}::uuid and a.seq > ${after}::bigint order by a.seq limit ${SLICE}::int`;
}
