import { seesEverything } from "#server/auth/constants.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { countToday } from "#server/today/queries.ts";
import type { FrameView } from "./schema.ts";

const ATTENTION = ["cannot_send", "cannot_read", "stopped"];

type Row = {
  workspaceName: string;
  workspaceZone: string;
  visibility: string;
  clockAt: Date | null;
  setupHiddenAt: Date | null;
  pausedAt: Date | null;
  pausedBy: string | null;
  pauseReason: string | null;
  zone: string;
  inbox: number;
  drafts: number;
  hasBrokenMailbox: boolean;
};

/** What stands around every page. Asked with each of them, so it is a few statements, not one for each line. */
export async function getFrame(tx: Tx, input: Viewer): Promise<FrameView> {
  const rows = await tx.$queryRaw<Row[]>`
    select w.name as "workspaceName", w.time_zone as "workspaceZone", w.visibility, w.clock_at as "clockAt",
      w.setup_hidden_at as "setupHiddenAt", w.sending_paused_at as "pausedAt", w.sending_pause_reason as "pauseReason",
      (select p.full_name from members p where p.workspace_id = w.id and p.user_id = w.sending_paused_by_id) as "pausedBy",
      coalesce((select m.time_zone from members m where m.workspace_id = w.id and m.user_id = ${input.userId}::uuid and m.removed_at is null),
        w.time_zone) as zone,
      (select count(*)::int from replies r where r.workspace_id = w.id and r.status = 'needs_me'
        and (r.owner_id = ${input.userId}::uuid or r.owner_id is null)) as inbox,
      (select count(*)::int from drafts d where d.workspace_id = w.id and d.status in ('ready', 'needs_look') and d.purpose = 'campaign') as drafts,
      exists (select 1 from mailboxes b where b.workspace_id = w.id and b.removed_at is null and b.status = any(${ATTENTION})) as "hasBrokenMailbox"
    from workspaces w where w.id = ${tx.workspaceId}::uuid`;
  const row = rows[0];
  if (!row) throw new AppError("NOT_FOUND", "This workspace is gone.");

  return {
    now: tx.now,
    isRunning: row.clockAt === null,
    zone: row.zone,
    workspaceName: row.workspaceName,
    workspaceZone: row.workspaceZone,
    sendingPause: row.pausedAt && { at: row.pausedAt, by: row.pausedBy, reason: row.pauseReason },
    counts: { today: await countToday(tx, input, row.zone), inbox: row.inbox, drafts: row.drafts },
    mailboxesNeedAttention: row.hasBrokenMailbox,
    isSetupDone: row.setupHiddenAt !== null,
    sees: seesEverything(input.role) || row.visibility === "all" ? null : row.visibility === "own" ? "own" : "team",
  };
}
