import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { listVisibleOwners, type Viewer } from "#server/teams/queries.ts";
import type { ListMessagesInput, MessageRow } from "./schema.ts";

const place = z.object({ at: z.iso.datetime().transform((text) => new Date(text)), id: z.uuid() });

const columns = Prisma.sql`m.id, m.purpose, m.status, m.lead_id as "leadId", l.full_name as "leadName", m.campaign_id as "campaignId", c.name as "campaignName",
  m.mailbox_id as "mailboxId", b.address as "from", m.to_address as "to", m.subject, m.due_at as "dueAt", m.sent_at as "sentAt", m.attempt, m.reason`;
const joined = Prisma.sql`messages m
  join mailboxes b on b.workspace_id = m.workspace_id and b.id = m.mailbox_id
  left join leads l on l.workspace_id = m.workspace_id and l.id = m.lead_id
  left join campaigns c on c.workspace_id = m.workspace_id and c.id = m.campaign_id`;

/** The ledger, latest first. */
export async function listMessages(
  tx: Tx,
  viewer: Viewer,
  input: ListMessagesInput,
): Promise<{ items: MessageRow[]; nextCursor?: string }> {
  const { campaignId = null, cursor, leadId = null, limit, mailboxId = null, status = null } = input;
  const list = listName("messages", { campaignId, leadId, mailboxId, status });
  const after = cursor ? openCursor(list, cursor, place) : null;
  const rows = await tx.$queryRaw<MessageRow[]>`
    select ${columns} from ${joined}
    where m.workspace_id = ${tx.workspaceId}::uuid
      and (${status}::text is null or m.status = ${status}) and (${leadId}::uuid is null or m.lead_id = ${leadId}::uuid)
      and (${campaignId}::uuid is null or m.campaign_id = ${campaignId}::uuid) and (${mailboxId}::uuid is null or m.mailbox_id = ${mailboxId}::uuid)
      and (${after === null} or (m.due_at, m.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      ${about(await listVisibleOwners(tx, viewer))}
    order by m.due_at desc, m.id desc limit ${limit + 1}`;
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, ...(last && { nextCursor: sealCursor(list, { at: last.dueAt.toISOString(), id: last.id }) }) };
}

/** Row security says the same; said here, the mails are found by their people instead of looked through one after the other. */
function about(owners: string[] | null): Prisma.Sql {
  return owners === null
    ? Prisma.empty
    : Prisma.sql`and (m.lead_id is null or m.lead_id = any(array(select seen_leads(${owners}::uuid[]))))`;
}

export async function getMessage(tx: Tx, id: string) {
  const [row] = await tx.$queryRaw<(MessageRow & { bodyText: string; messageIdHeader: string })[]>`
    select ${columns}, m.body_text as "bodyText", m.message_id_header as "messageIdHeader" from ${joined}
    where m.workspace_id = ${tx.workspaceId}::uuid and m.id = ${id}::uuid`;
  if (!row) throw new AppError("NOT_FOUND", "This mail does not exist.");
  const attempts = await tx.messageAttempt.findMany({ where: { messageId: id }, orderBy: { attempt: "asc" } });
  return { ...row, attempts };
}
