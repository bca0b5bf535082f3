import { inSweep, inWorkspace } from "#server/core/db.ts";
import { signLasting } from "#server/core/seal.ts";
import { provenWorkspace, type WorkspaceId } from "#server/core/tenancy.ts";

/** Chains what has committed since the last time, workspace by workspace. Each second in the worker, each minute where there is none. */
export async function sealAudits(): Promise<number> {
  const waiting = await inSweep((tx) => tx.$queryRaw<{ id: string }[]>`select id from unsealed_workspaces()`);
  let sealed = 0;
  for (const { id } of waiting) sealed += await sealAudit(provenWorkspace(id));
  return sealed;
}

async function sealAudit(workspaceId: WorkspaceId): Promise<number> {
  return inWorkspace(workspaceId, async (tx) => {
    const [head] = await tx.$queryRaw<{ sealed: number; seq: bigint; hash: string }[]>`
      select sealed, last_seq as seq, last_hash as hash from seal_audit()`;
    if (!head || head.sealed === 0) return 0;
    const data = { seq: head.seq, hash: head.hash, mac: signHead(workspaceId, head) };
    await tx.auditHead.upsert({ where: { workspaceId }, create: { workspaceId, ...data }, update: data });
    return head.sealed;
  });
}

/** Under the key that is never rotated and never in the database: whoever owns the database cannot write a chain anew. */
export function signHead(workspaceId: string, head: { seq: bigint | number; hash: string }): string {
  return signLasting("audit-head", Buffer.from(`${workspaceId} ${head.seq} ${head.hash}`)).toString("hex");
}
