import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import type { MailReading } from "../domain/read-mail.ts";
import { countsAgainstAddress, isWornOut, SOFT_BOUNCES, SOFT_CAUSE_WORDS, type SoftCause } from "../domain/soft-bounces.ts";
import type { ReadReply } from "./classify-mail.ts";

type Report = { inboundId: string; reading: MailReading; read: ReadReply };

/** Bounces and complaints count for the mailbox's health, once per mail of ours and report. */
export async function recordMailEvent(tx: Tx, input: Report, occurredAt: Date): Promise<void> {
  const { reading, read } = input;
  const isFailed = reading.kind === "bounce" && reading.bounce.outcome === "failed";
  if (!isFailed && reading.kind !== "complaint") return;
  const messageId = read.context.message?.id ?? null;
  const kind = isFailed ? "bounced" : "complained";
  const key = `${kind}:${messageId ?? input.inboundId}:${read.isHardBounce ? "hard" : "soft"}`;
  const { count } = await tx.ingestKey.createMany({
    data: [{ workspaceId: tx.workspaceId, key, createdAt: tx.now }],
    skipDuplicates: true,
  });
  if (count === 0) return;
  await tx.mailEvent.create({
    data: {
      id: newId(),
      workspaceId: tx.workspaceId,
      messageId,
      leadId: read.context.lead?.id ?? null,
      kind,
      isHuman: reading.kind === "complaint",
      detail: isFailed
        ? { hardness: read.isHardBounce ? "hard" : "soft", ...(read.softCause && { cause: read.softCause }) }
        : { feedback: reading.kind === "complaint" ? reading.complaint.feedback : "" },
      occurredAt,
    },
  });
}

/**
 * The reason to give an address up after soft bounces, in words, or null. Counted are those of mails to the address that the person has now,
 * since they last wrote to us, and only those that say something about the address.
 */
export async function wornOutBecause(tx: Tx, read: ReadReply): Promise<string | null> {
  const { lead } = read.context;
  if (!lead?.email || !read.softCause || !countsAgainstAddress(read.softCause)) return null;
  const rows = await tx.$queryRaw<{ at: Date; cause: SoftCause | null }[]>`
    select e.occurred_at as at, e.detail ->> 'cause' as cause
    from mail_events e join messages m on m.workspace_id = e.workspace_id and m.id = e.message_id
    where e.workspace_id = ${tx.workspaceId}::uuid and m.lead_id = ${lead.id}::uuid and m.to_address = ${lead.email}
      and e.kind = 'bounced' and e.detail ->> 'hardness' = 'soft' and e.occurred_at >= ${new Date(tx.now.getTime() - SOFT_BOUNCES.days * 86_400_000)}
      and not exists (
        select 1 from replies r where r.workspace_id = ${tx.workspaceId}::uuid and r.lead_id = ${lead.id}::uuid
          and r.class not in ('bounce') and r.from_address = ${lead.email} and r.received_at > e.occurred_at)
    order by e.occurred_at`;
  const counted = rows.filter((row) => row.cause !== null && countsAgainstAddress(row.cause));
  if (
    !isWornOut(
      counted.map((row) => row.at),
      tx.now,
    )
  )
    return null;
  return `${counted.length} mails within ${SOFT_BOUNCES.days} days came back, the last one because ${SOFT_CAUSE_WORDS[read.softCause]}`;
}
