import { publicUrl } from "#server/compliance/domain/public-url.ts";
import { publicBase } from "#server/compliance/queries/public-base.ts";
import { unsubscribeTokenFor } from "#server/compliance/queries.ts";
import type { Tx } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { setDue } from "#server/jobs/due.ts";
import { withFooter } from "../domain/mail-footer.ts";
import { withoutBookingLink } from "../domain/without-booking-link.ts";
import type { MessagePurpose, MessageStatus } from "../schema.ts";

export type NewMessage = {
  purpose: MessagePurpose;
  /** `campaign:<step lineage>:<lead>` | `reply:<action>` | `meeting:<meeting>:<sequence>` | `report:<date>:<recipient>` | `proof:<id>` */
  dedupeKey: string;
  mailboxId: string;
  to: string;
  subject: string;
  /** What was written. A campaign mail gets signature, postal address and the way to opt out below it. */
  bodyText: string;
  bodyHtml?: string | null;
  /** text/calendar of a meeting mail */
  calendarPart?: string | null;
  /** When it is due; at most 60 s from now. Default: now. */
  dueAt?: Date;
  leadId?: string | null;
  enrolmentId?: string | null;
  campaignId?: string | null;
  stepId?: string | null;
  draftId?: string | null;
  replyId?: string | null;
  meetingId?: string | null;
  /** Continue this conversation. Default: the enrolment's, else a new one. */
  threadId?: string | null;
  /** A mail of this cause that was refused before this instant is over: whoever comes in again after it may have another address. */
  refusedBefore?: Date;
  /** A new conversation although the enrolment has one. */
  newThread?: boolean;
};

export type Reserved = { messageId: string; status: MessageStatus; isNew: boolean };

const MOST_AHEAD_MS = 60_000;

/**
 * The only door to the ledger. The same dedupe key is one message for ever: asked again, the answer is the first one. Only a key whose
 * messages were all cancelled before sending (a pause, a moved plan), or refused in an earlier stay, may be reserved again, as the next run.
 */
export async function reserveMessage(tx: Tx, input: NewMessage): Promise<Reserved> {
  const dueAt = input.dueAt ?? tx.now;
  if (dueAt.getTime() - tx.now.getTime() > MOST_AHEAD_MS)
    throw new AppError("INVALID_STATE", "A mail is reserved at most a minute before it is due.");
  const [[first], sender] = await Promise.all([
    tx.$queryRaw<{ id: string; status: MessageStatus; runs: number; isOver: boolean }[]>`
      select id, status, (count(*) over ())::int as runs,
        coalesce(status = 'cancelled' or (status = 'failed' and reserved_at < ${input.refusedBefore ?? null}::timestamptz), false) as "isOver" from messages
      where workspace_id = ${tx.workspaceId}::uuid and (dedupe_key = ${input.dedupeKey} or (dedupe_key >= ${`${input.dedupeKey}:`} and dedupe_key < ${`${input.dedupeKey};`}))
      order by "isOver", id desc limit 1`,
    loadSender(tx, input.mailboxId),
  ]);
  if (first && !first.isOver) return { messageId: first.id, status: first.status, isNew: false };

  const id = newId();
  if (!sender) throw new AppError("NOT_FOUND", "This mailbox is no longer connected.");
  const thread = await conversation(tx, input);
  await tx.message.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      dedupeKey: first ? `${input.dedupeKey}:${first.runs + 1}` : input.dedupeKey,
      purpose: input.purpose,
      status: "reserved",
      leadId: input.leadId ?? null,
      enrolmentId: input.enrolmentId ?? null,
      campaignId: input.campaignId ?? null,
      stepId: input.stepId ?? null,
      draftId: input.draftId ?? null,
      replyId: input.replyId ?? null,
      meetingId: input.meetingId ?? null,
      mailboxId: input.mailboxId,
      threadId: thread.id,
      toAddress: input.to,
      subject: oneLine(input.subject),
      bodyText: await composedBody(tx, input, { messageId: id, sender }),
      bodyHtml: input.bodyHtml ?? null,
      calendarPart: input.calendarPart ?? null,
      messageIdHeader: `<${id}@${sender.address.slice(sender.address.lastIndexOf("@") + 1)}>`,
      inReplyTo: thread.references.at(-1) ?? null,
      references: thread.references,
      dueAt,
      reservedAt: tx.now,
    },
  });
  await setDue(tx, { kind: "message", subjectId: id, dueAt });
  return { messageId: id, status: "reserved", isNew: true };
}

/** The conversation that it continues, with the Message-IDs said in it so far (the last ten). */
async function conversation(tx: Tx, input: NewMessage): Promise<{ id: string; references: string[] }> {
  const known =
    input.threadId ?? (input.newThread || !input.enrolmentId ? null : await threadOfEnrolment(tx, input.enrolmentId, input.mailboxId));
  if (known) {
    const said = await tx.$queryRaw<{ header: string }[]>`
      select header from (
        select message_id_header as header, sent_at as at from messages
        where workspace_id = ${tx.workspaceId}::uuid and thread_id = ${known}::uuid and status in ('sent', 'uncertain', 'sending')
        union all
        select i.message_id_header, r.received_at from replies r join inbound_mails i on i.workspace_id = r.workspace_id and i.id = r.inbound_id
        where r.workspace_id = ${tx.workspaceId}::uuid and r.thread_id = ${known}::uuid and i.message_id_header is not null
        union all
        select message_id_header, sent_at from handwritten_mails
        where workspace_id = ${tx.workspaceId}::uuid and thread_id = ${known}::uuid and message_id_header is not null
      ) said order by at desc nulls first limit 10`;
    return { id: known, references: said.map((row) => row.header).reverse() };
  }
  const id = newId();
  await tx.thread.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      leadId: input.leadId ?? null,
      mailboxId: input.mailboxId,
      subject: oneLine(input.subject),
      createdAt: tx.now,
      lastAt: tx.now,
    },
  });
  return { id, references: [] };
}

async function threadOfEnrolment(tx: Tx, enrolmentId: string, mailboxId: string): Promise<string | null> {
  const last = await tx.message.findFirst({
    where: { enrolmentId, mailboxId, status: { in: ["sent", "uncertain"] }, threadId: { not: null } },
    orderBy: { dueAt: "desc" },
    select: { threadId: true },
  });
  return last?.threadId ?? null;
}

type Sender = { address: string; signature: string; postalAddress: string | null; publicUrlProvenAt: Date | null };

/** What a mail from this mailbox carries; its own signature before its owner's. */
async function loadSender(tx: Tx, mailboxId: string): Promise<Sender | undefined> {
  const [sender] = await tx.$queryRaw<Sender[]>`
    select b.address, coalesce(nullif(b.signature, ''), o.signature, '') as signature, w.postal_address as "postalAddress",
      w.public_url_proven_at as "publicUrlProvenAt"
    from mailboxes b join workspaces w on w.id = b.workspace_id left join members o on o.workspace_id = b.workspace_id and o.user_id = b.owner_id
    where b.workspace_id = ${tx.workspaceId}::uuid and b.id = ${mailboxId}::uuid and b.removed_at is null`;
  return sender;
}

async function composedBody(tx: Tx, input: NewMessage, { messageId, sender }: { messageId: string; sender: Sender }): Promise<string> {
  // Written while our address could be reached; where it cannot any more, nobody could open the link.
  const without = withoutBookingLink(input.bodyText);
  const written = without === input.bodyText || (await publicBase(tx)) ? input.bodyText : without;
  if (input.purpose !== "campaign") return written;
  const base = publicUrl(env.APP_URL, sender.publicUrlProvenAt);
  const token = base && input.leadId ? unsubscribeTokenFor({ workspaceId: tx.workspaceId, leadId: input.leadId, messageId }) : null;
  return withFooter(written, {
    signature: sender.signature,
    postalAddress: sender.postalAddress,
    unsubscribeUrl: token ? `${base}/u/${token}` : null,
  });
}

/** A header is one line, whatever was typed or generated. */
function oneLine(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, " ")
    .trim()
    .slice(0, 900);
}
