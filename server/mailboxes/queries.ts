import type { Tx } from "#server/core/db.ts";
import { unseal } from "#server/core/seal.ts";
import type { MailAccount, MailServer } from "#server/providers/mail-transport/port.ts";
import { REPLIES_READ_WITHIN_MS } from "#server/sending/domain/judge-claim.ts";
import { mailboxStatusText } from "./domain/mailbox-status.ts";
import { paceInWords, paceOn } from "./domain/pace.ts";
import { type MailboxRow, mailboxHours, mailboxSecret, mailboxStatus, mailServerSettings, proofSteps } from "./schema.ts";

type Sealed = { id: string; smtp: unknown; imap: unknown; secret: Uint8Array | null };

/** The servers of one mailbox with their opened passwords; null for a mailbox of a pretend workspace. */
export function openServers(tx: Tx, row: Sealed): { smtp: MailServer; imap: MailServer } | null {
  if (!row.secret || !row.smtp || !row.imap) return null;
  const passwords = mailboxSecret.parse(
    JSON.parse(unseal(row.secret, { workspaceId: tx.workspaceId, table: "mailboxes", column: "secret", rowId: row.id })),
  );
  return {
    smtp: { ...mailServerSettings.parse(row.smtp), password: passwords.smtpPassword },
    imap: { ...mailServerSettings.parse(row.imap), password: passwords.imapPassword },
  };
}

/** What a transport needs of these mailboxes. Removed ones are answered too: the ledger refuses them itself. */
export async function mailAccounts(tx: Tx, mailboxIds: readonly string[]): Promise<Map<string, MailAccount>> {
  if (mailboxIds.length === 0) return new Map();
  const rows = await tx.mailbox.findMany({
    where: { id: { in: [...mailboxIds] } },
    select: { id: true, address: true, displayName: true, smtp: true, imap: true, secret: true },
  });
  return new Map(
    rows.map((row) => [
      row.id,
      { mailboxId: row.id, address: row.address, displayName: row.displayName, server: openServers(tx, row)?.smtp ?? null },
    ]),
  );
}

/** Whether answers would be seen: a mailbox that was not read for 15 minutes sends first mails only. A pretend one is always read. */
function canReadReplies(mailbox: { kind: string; lastReadAt: Date | null }, now: Date): boolean {
  if (mailbox.kind === "sandbox") return true;
  return mailbox.lastReadAt !== null && now.getTime() - mailbox.lastReadAt.getTime() <= REPLIES_READ_WITHIN_MS;
}

type Counted = {
  id: string;
  sentToday: number;
  sent30d: number;
  bounces30d: number;
  campaigns: { id: string; name: string; isWaiting: boolean }[];
};

/** Every connected mailbox that this person may see, with what it did today and who uses it. One statement counts for all of them. */
export async function listMailboxes(tx: Tx, input: { ownerIds?: readonly string[] | null } = {}): Promise<MailboxRow[]> {
  const rows = await tx.mailbox.findMany({
    where: { removedAt: null, ...(input.ownerIds && { ownerId: { in: [...input.ownerIds] } }) },
    orderBy: [{ address: "asc" }, { id: "asc" }],
  });
  const people = await tx.member.findMany({ select: { userId: true, fullName: true } });
  const nameOf = new Map(people.map((person) => [person.userId, person.fullName]));
  const counted = new Map(
    (
      await countFor(
        tx,
        rows.map((row) => row.id),
      )
    ).map((row) => [row.id, row]),
  );
  return rows.map((row): MailboxRow => {
    const counts = counted.get(row.id);
    const today = new Intl.DateTimeFormat("sv-SE", { timeZone: row.timeZone }).format(tx.now);
    const pace = paceOn(today, { dailyCap: row.dailyCap, rampFrom: row.rampFrom ? row.rampFrom.toISOString().slice(0, 10) : null });
    const status = mailboxStatus.parse(row.status);
    const isRead = canReadReplies(row, tx.now);
    const sentToday = counts?.sentToday ?? 0;
    const said = mailboxStatusText({
      status,
      isPaused: row.pausedAt !== null,
      pausedByName: row.pausedById ? (nameOf.get(row.pausedById) ?? null) : null,
      stopReason: row.stopReason,
      canReadReplies: isRead,
      sentToday,
      pace,
    });
    return {
      id: row.id,
      address: row.address,
      displayName: row.displayName,
      kind: row.kind === "sandbox" ? "sandbox" : "smtp",
      ownerId: row.ownerId,
      ownerName: nameOf.get(row.ownerId) ?? "Somebody who left",
      status: row.pausedAt ? "paused" : status,
      statusText: said.text,
      tone: said.tone,
      sends: status === "ready" || status === "cannot_read",
      reads: isRead && status !== "cannot_read" && status !== "connecting",
      canReadReplies: isRead,
      lastReadAt: row.lastReadAt,
      sendError: row.sendError,
      readError: row.readError,
      sentToday,
      capToday: pace.cap,
      pace: paceInWords(pace),
      bounces30d: counts?.bounces30d ?? 0,
      sent30d: counts?.sent30d ?? 0,
      campaigns: counts?.campaigns ?? [],
      timeZone: row.timeZone,
      hours: mailboxHours.catch({ days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" }).parse(row.hours),
      signature: row.signature,
      dailyCap: row.dailyCap,
      gapMinMinutes: Math.round(row.gapMinSeconds / 60),
      gapMaxMinutes: Math.round(row.gapMaxSeconds / 60),
      isBuildingUp: row.rampFrom !== null,
      proof: proofSteps.catch([]).parse(row.proof),
      smtp: mailServerSettings.nullable().catch(null).parse(row.smtp),
      imap: mailServerSettings.nullable().catch(null).parse(row.imap),
      sentFolder: row.sentFolder,
    };
  });
}

async function countFor(tx: Tx, ids: readonly string[]): Promise<Counted[]> {
  if (ids.length === 0) return [];
  return tx.$queryRaw<Counted[]>`
    with latest as (
      select mailbox_id, true as is_sent, sending_at from messages
      where workspace_id = ${tx.workspaceId}::uuid and purpose = 'campaign' and status = 'sent' and sent_at > ${tx.now}::timestamptz - interval '30 days'
      union all
      select mailbox_id, false, sending_at from messages where workspace_id = ${tx.workspaceId}::uuid and purpose = 'campaign' and status = 'uncertain'
    ), sent as (
      select l.mailbox_id, (count(*) filter (where l.is_sent))::int as in_30_days,
        (count(*) filter (where l.sending_at >= date_trunc('day', ${tx.now}::timestamptz at time zone b.time_zone) at time zone b.time_zone))::int as today
      from latest l join mailboxes b on b.workspace_id = ${tx.workspaceId}::uuid and b.id = l.mailbox_id group by 1
    ), bounced as (
      select m.mailbox_id, count(distinct v.message_id)::int as in_30_days
      from mail_events v join messages m on m.workspace_id = ${tx.workspaceId}::uuid and m.id = v.message_id
      where v.workspace_id = ${tx.workspaceId}::uuid and v.kind = 'bounced' and v.occurred_at > ${tx.now}::timestamptz - interval '30 days' group by 1
    )
    select b.id, coalesce(s.today, 0) as "sentToday", coalesce(s.in_30_days, 0) as "sent30d", coalesce(x.in_30_days, 0) as "bounces30d",
      (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'isWaiting', b.paused_at is not null or b.status <> 'ready') order by c.name), '[]'::jsonb)
        from campaigns c where c.workspace_id = b.workspace_id and c.status = 'running' and c.deleted_at is null
          and exists (select 1 from enrolments e where e.workspace_id = c.workspace_id and e.campaign_id = c.id and e.mailbox_id = b.id and e.status = 'active')) as campaigns
    from mailboxes b left join sent s on s.mailbox_id = b.id left join bounced x on x.mailbox_id = b.id
    where b.workspace_id = ${tx.workspaceId}::uuid and b.id = any(${[...ids]}::uuid[])`;
}
