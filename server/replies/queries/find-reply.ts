import * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { listVisibleOwners, type Viewer } from "#server/teams/queries.ts";
import { doneAction, evidence, referral, replyClass, replyStatuses } from "../schema.ts";

const status = z.enum(replyStatuses);

/** One reply that this person may see, its JSON columns read. What they may not see does not exist for them. */
export async function requireReply(tx: Tx, viewer: Viewer, id: string, options: { lock?: boolean } = {}) {
  if (options.lock) await tx.$queryRaw`select id from replies where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid for update`;
  const row = await tx.reply.findFirst({ where: { id } });
  const owners = row ? await listVisibleOwners(tx, viewer) : null;
  if (!row || (owners !== null && row.ownerId !== null && !owners.includes(row.ownerId)))
    throw new AppError("NOT_FOUND", "This reply no longer exists.");
  return {
    ...row,
    class: replyClass.parse(row.class),
    status: status.parse(row.status),
    actions: z.array(doneAction).parse(row.actions),
    evidence: z.array(evidence).parse(row.evidence),
    referral: row.referral === null ? null : referral.parse(row.referral),
  };
}
export type FoundReply = Awaited<ReturnType<typeof requireReply>>;
