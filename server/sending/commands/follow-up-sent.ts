import { advanceAllAfterSend } from "#server/campaigns/commands/advance-after-send.ts";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { failPoint } from "#server/core/fail-point.ts";
import { newId } from "#server/core/ids.ts";
import { readMany } from "#server/core/read-many.ts";
import { sqlList } from "#server/core/sql-list.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { noteMailed } from "#server/leads/commands/note-mailed.ts";

type Sent = { id: string; leadId: string | null; enrolmentId: string | null; stepId: string | null; sentAt: Date };

/**
 * What follows from sent mails, once for each: the person moves on in the campaign, the booked instant counts as used, the timeline and the
 * person's state say so. Apart from the `sent` commit, so that a failure here is done again and never makes a sent mail look unsent.
 * Two workers may call it for the same mails: rows that another one holds are left to it.
 */
export async function followUpSent(workspaceId: WorkspaceId, messageIds: readonly string[]): Promise<number> {
  if (messageIds.length === 0) return 0;
  const done = await inWorkspace(workspaceId, async (tx) => {
    // By id first: an index by state would be read through all that was ever sent.
    const rows = await readMany<Omit<Sent, "sentAt"> & { sentAt: string }>(
      tx,
      Prisma.sql`
      with given as materialized (
        select id, status, followed_up_at, lead_id, enrolment_id, step_id, sent_at from messages
        where workspace_id = ${workspaceId}::uuid and id = any(${sqlList(messageIds, "uuid")}) order by id for update skip locked
      )
      select id, lead_id as "leadId", enrolment_id as "enrolmentId", step_id as "stepId", sent_at as "sentAt" from given
      where status = 'sent' and followed_up_at is null order by sent_at, id`,
    );
    const sent = rows.map((row): Sent => ({ ...row, sentAt: new Date(row.sentAt) }));
    if (sent.length === 0) return 0;
    const steps = sent.flatMap(({ enrolmentId, id, sentAt, stepId }) =>
      enrolmentId && stepId ? [{ enrolmentId, stepId, messageId: id, sentAt }] : [],
    );
    await advanceAllAfterSend(tx, steps);
    await tellTimeline(tx, sent);
    await noteMailed(tx, sent);
    await markUsed(tx, sent);
    return sent.length;
  });
  failPoint("ledger.followed-up");
  return done;
}

/** Marks, in one statement: followed up, the conversation's and the mailbox's last time. */
async function markUsed(tx: Tx, sent: readonly Sent[]): Promise<void> {
  // The mailbox seldom, and right before the commit: claims wait for its row, and to the half minute is exact enough here.
  await tx.$executeRaw`
    with followed as (
      update messages set followed_up_at = ${tx.now} where workspace_id = ${tx.workspaceId}::uuid and id = any(${sqlList(
        sent.map((row) => row.id),
        "uuid",
      )})
      returning thread_id, mailbox_id, sent_at
    ), talked as (
      update threads t set last_at = greatest(t.last_at, f.at) from (select thread_id, max(sent_at) as at from followed group by 1) f
      where t.workspace_id = ${tx.workspaceId}::uuid and t.id = f.thread_id
    )
    update mailboxes b set last_sent_at = greatest(b.last_sent_at, f.at), send_error = null
    from (select mailbox_id, max(sent_at) as at from followed group by 1) f
    where b.workspace_id = ${tx.workspaceId}::uuid and b.id = f.mailbox_id
      and (b.send_error is not null or b.last_sent_at is null or b.last_sent_at < f.at - interval '30 seconds')`;
}

async function tellTimeline(tx: Tx, sent: readonly Sent[]): Promise<void> {
  const told = sent.filter((row) => row.leadId !== null);
  const messageIds = sqlList(
    told.map((row) => row.id),
    "uuid",
  );
  const activityIds = sqlList(
    told.map(() => newId()),
    "uuid",
  );
  await tx.$executeRaw`
    insert into activities (id, workspace_id, kind, lead_id, account_id, campaign_id, detail, occurred_at)
    select g.id, m.workspace_id, 'message/sent', m.lead_id, l.account_id, m.campaign_id,
      jsonb_strip_nulls(jsonb_build_object('messageId', m.id, 'purpose', m.purpose, 'enrolmentId', m.enrolment_id)), m.sent_at
    from unnest(${activityIds}, ${messageIds}) as g(id, message_id)
    join messages m on m.workspace_id = ${tx.workspaceId}::uuid and m.id = g.message_id
    join leads l on l.workspace_id = m.workspace_id and l.id = m.lead_id`;
}
