import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { type Changed, type ChangePeople, removePeople } from "./change-people.ts";

/**
 * Undoes an add: everybody is taken out, and whom the campaign had never had before and has no mail for in the ledger is as if never added,
 * so that a later add takes them and no number counts them. The history keeps what was done.
 */
export async function undoAdd(tx: Tx, input: ChangePeople): Promise<Changed> {
  const taken = await removePeople(tx, input);
  const workspace = Prisma.sql`${tx.workspaceId}::uuid`;
  // A row that a writer of drafts holds at this moment is left as one that was taken out: waiting for it could be waiting in a circle.
  const fresh = await tx.$queryRaw<{ id: string }[]>`
    select e.id from enrolments e
    where e.workspace_id = ${workspace} and e.id = any(${taken.enrolmentIds}::uuid[])
      and not exists (select 1 from messages m where m.workspace_id = ${workspace} and m.enrolment_id = e.id)
      and not exists (select 1 from replies r where r.workspace_id = ${workspace} and r.enrolment_id = e.id)
      and (select count(*) from activities a where a.workspace_id = ${workspace} and a.lead_id = e.lead_id and a.kind = 'campaign/person.added'
        and a.detail ->> 'enrolmentId' = e.id::text) = 1
    order by e.id for update of e skip locked`;
  const ids = fresh.map((row) => row.id);
  await tx.$executeRaw`delete from send_slots where workspace_id = ${workspace} and enrolment_id = any(${ids}::uuid[])`;
  // Replaced by now: they stay for the history, which is of the person.
  await tx.$executeRaw`
    update drafts set enrolment_id = null, status = 'replaced' where workspace_id = ${workspace} and enrolment_id = any(${ids}::uuid[])`;
  await tx.$executeRaw`delete from enrolments where workspace_id = ${workspace} and id = any(${ids}::uuid[])`;
  return taken;
}
