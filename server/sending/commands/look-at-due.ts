import { publicUrl } from "#server/compliance/domain/public-url.ts";
import { unsubscribeTokenFor } from "#server/compliance/queries.ts";
import type { Tx } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { readMany } from "#server/core/read-many.ts";
import { sqlList } from "#server/core/sql-list.ts";
import { type Message, Prisma } from "#server/generated/prisma/client.ts";
import { setDue } from "#server/jobs/due.ts";
import { mailAccounts } from "#server/mailboxes/queries.ts";
import { expireLeases } from "./record-outcome.ts";
import type { Loaded } from "./send-message.ts";

const COLUMNS = Prisma.sql`
  id, status, purpose, lead_id as "leadId", enrolment_id as "enrolmentId", campaign_id as "campaignId", mailbox_id as "mailboxId", to_address as "toAddress",
  subject, body_text as "bodyText", body_html as "bodyHtml", calendar_part as "calendarPart", message_id_header as "messageIdHeader",
  in_reply_to as "inReplyTo", "references", due_at as "dueAt", reserved_at as "reservedAt"`;

type Row = Pick<Message, "id" | "status" | "purpose" | "leadId" | "enrolmentId" | "campaignId" | "mailboxId" | "toAddress" | "subject"> &
  Pick<Message, "bodyText" | "bodyHtml" | "calendarPart" | "messageIdHeader" | "inReplyTo" | "references"> & {
    dueAt: string;
    reservedAt: string;
  };

export type Look = { ready: Loaded[]; toFollowUp: string[]; isSandbox: boolean };

/** What these messages need now, whatever state they are in: reserved ones may be sent, sent ones may want what follows; the rest is set to be looked at again. */
export async function lookAtDue(tx: Tx, ids: readonly string[]): Promise<Look> {
  const [workspace] = await Promise.all([
    tx.workspace.findFirstOrThrow({ where: { id: tx.workspaceId }, select: { kind: true, publicUrlProvenAt: true } }),
    expireLeases(tx, ids),
    tx.$executeRaw`
      update messages set status = 'reserved' where workspace_id = ${tx.workspaceId}::uuid and id = any(${sqlList(ids, "uuid")}) and status = 'deferred' and due_at <= ${tx.now}`,
  ]);
  const rows = await readMany<Row>(
    tx,
    Prisma.sql`select ${COLUMNS} from messages where workspace_id = ${tx.workspaceId}::uuid and id = any(${sqlList(ids, "uuid")})
      and (status in ('reserved', 'sending', 'deferred') or (status = 'sent' and followed_up_at is null)) order by due_at, id`,
  );
  for (const row of rows) {
    if (row.status === "sending") await lookAgainAfterLease(tx, row.id);
    if (row.status === "deferred") await setDue(tx, { kind: "message", subjectId: row.id, dueAt: new Date(row.dueAt) });
  }
  const reserved = rows.filter((row) => row.status === "reserved");
  const accounts = await mailAccounts(tx, [...new Set(reserved.map((row) => row.mailboxId))]);
  const link = publicUrl(env.APP_URL, workspace.publicUrlProvenAt);
  const ready = reserved.flatMap((row): Loaded[] => {
    const account = accounts.get(row.mailboxId);
    if (!account) return [];
    const token = row.leadId ? unsubscribeTokenFor({ workspaceId: tx.workspaceId, leadId: row.leadId, messageId: row.id }) : null;
    return [
      {
        messageId: row.id,
        reservedAt: new Date(row.reservedAt),
        leadId: row.leadId,
        enrolmentId: row.enrolmentId,
        campaignId: row.campaignId,
        toAddress: row.toAddress,
        account,
        mail: {
          to: row.toAddress,
          subject: row.subject,
          text: row.bodyText,
          html: row.bodyHtml,
          calendar: row.calendarPart,
          messageId: row.messageIdHeader,
          inReplyTo: row.inReplyTo,
          references: row.references,
          unsubscribe:
            row.purpose === "campaign" && token
              ? { mailto: `${account.address}?subject=unsubscribe%20${token}`, url: link ? `${link}/u/${token}` : null }
              : null,
          isAutomatic: row.purpose === "report" || row.purpose === "proof",
        },
      },
    ];
  });
  return { ready, toFollowUp: rows.filter((row) => row.status === "sent").map((row) => row.id), isSandbox: workspace.kind === "sandbox" };
}

/** Another worker is sending it, or died doing so: the lease, by the database's clock, says when that is decided. */
async function lookAgainAfterLease(tx: Tx, id: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ waitMs: number }[]>`
    select greatest(extract(epoch from lease_until - clock_timestamp()) * 1000, 0)::float8 as "waitMs" from messages
    where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid`;
  await setDue(tx, { kind: "message", subjectId: id, dueAt: new Date(tx.now.getTime() + Math.ceil(row?.waitMs ?? 0) + 1_000) });
}
