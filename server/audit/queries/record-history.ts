import { can, type Role } from "#server/auth/constants.ts";
import type { Tx } from "#server/core/db.ts";
import { refuseHiddenIn } from "#server/teams/queries/refuse-hidden.ts";
import type { HistoryLine } from "../schema.ts";

const MOST = 100;

/** What the audit alone shows: who is in the workspace, what they may, its settings, keys and jobs. Their ids are known to everybody. */
const OF_THE_AUDIT = ["member", "team", "invitation", "api-key", "workspace", "job"];

/** Who did what to one record, the newest first: the audit's entries about it and every change of its owner. */
export async function getRecordHistory(tx: Tx, input: { id: string; role: Role }): Promise<HistoryLine[]> {
  const hidden = can(input.role, "audit:read") ? [] : OF_THE_AUDIT;
  await refuseHiddenIn(tx, [input.id]);
  return tx.$queryRaw<HistoryLine[]>`
    select * from (
      select a.id, a.at, m.full_name as "byName", a.actor_kind as "actorKind", a.action, coalesce(a.fields, '{}') as fields, null::text as "fromName", null::text as "toName"
      from audit_entries a left join members m on m.workspace_id = a.workspace_id and m.user_id = a.actor_id
      where a.workspace_id = ${tx.workspaceId}::uuid and a.subject_id = ${input.id}::text and a.subject_type <> all(${hidden}::text[])
      union all
      select o.id, o.at, b.full_name, case when o.by_id is null then 'agent' else 'person' end, 'owner.changed', '{}', f.full_name, t.full_name
      from ownership_changes o
      left join members b on b.workspace_id = o.workspace_id and b.user_id = o.by_id
      left join members f on f.workspace_id = o.workspace_id and f.user_id = o.from_id
      left join members t on t.workspace_id = o.workspace_id and t.user_id = o.to_id
      where o.workspace_id = ${tx.workspaceId}::uuid and o.record_id = ${input.id}::uuid
    ) lines order by at desc, id desc limit ${MOST}::int`;
}
