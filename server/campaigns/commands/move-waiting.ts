import type { Tx } from "#server/core/db.ts";
import { waitingFor } from "../queries/count-waiting.ts";
import { waitOf } from "../queries/wait-of.ts";
import { replanEnrolments } from "./replan-enrolments.ts";

type Waiting = {
  id: string;
  status: string;
  lastSentAt: Date;
  rules: unknown;
  country: string | null;
  zone: string | null;
  mailboxZone: string | null;
};

/** People who wait for this mail wait so many working days since their last one, and are planned again. What leaves this minute leaves. */
export async function moveWaiting(tx: Tx, stepId: string, workingDays: number): Promise<void> {
  const ids = (await tx.enrolment.findMany({ where: waitingFor(stepId), select: { id: true } })).map((row) => row.id);
  const people = await tx.$queryRaw<Waiting[]>`
    select e.id, e.status, e.last_sent_at as "lastSentAt", c.rules, upper(coalesce(l.country, a.country)) as country,
      coalesce(l.time_zone, a.time_zone) as zone, b.time_zone as "mailboxZone"
    from enrolments e
    join campaigns c on c.workspace_id = e.workspace_id and c.id = e.campaign_id
    join leads l on l.workspace_id = e.workspace_id and l.id = e.lead_id
    left join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
    left join mailboxes b on b.workspace_id = e.workspace_id and b.id = e.mailbox_id
    where e.workspace_id = ${tx.workspaceId}::uuid and e.id = any(${ids}::uuid[]) order by e.id for no key update of e`;
  const until = people.map((person) => new Date(waitOf(person, person.lastSentAt.getTime(), workingDays).notBefore));
  await tx.$executeRaw`
    update enrolments e set not_before = g.not_before from unnest(${people.map((person) => person.id)}::uuid[], ${until}::timestamptz[]) as g(id, not_before)
    where e.workspace_id = ${tx.workspaceId}::uuid and e.id = g.id`;
  await replanEnrolments(tx, {
    enrolmentIds: people.filter((person) => person.status === "active").map((person) => person.id),
    cause: "edited",
    reason: "The wait was changed",
  });
}
