import type { Tx } from "#server/core/db.ts";
import type { Whose } from "../queries.ts";
import type { TodayView } from "../schema.ts";

/** For an empty queue: what happens next by itself. */
export async function whatComesNext(tx: Tx, whose: Whose): Promise<TodayView["next"]> {
  const [mail] = await tx.$queryRaw<{ at: Date | null; mails: number }[]>`
    with coming as (
      select e.planned_at from enrolments e join campaigns c on c.workspace_id = ${tx.workspaceId}::uuid and c.id = e.campaign_id
      where e.workspace_id = ${tx.workspaceId}::uuid and e.status = 'active' and c.status = 'running' and e.plan_kind = 'exact' and e.planned_at > ${whose.now}
        and coalesce(e.sender_id, c.owner_id) = any(${whose.userIds}::uuid[]))
    select min(planned_at) as at, (count(*) filter (where planned_at < (select min(planned_at) from coming) + interval '1 hour'))::int as mails from coming`;
  const meeting = await tx.meeting.findFirst({
    where: { hostId: { in: whose.userIds }, state: "confirmed", startsAt: { gt: whose.now } },
    orderBy: { startsAt: "asc" },
    select: { startsAt: true },
  });
  return { mailsAt: mail?.at ?? null, mails: mail?.mails ?? 0, meetingAt: meeting?.startsAt ?? null };
}
