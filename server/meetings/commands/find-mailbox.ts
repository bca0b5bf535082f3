import type { Tx } from "#server/core/db.ts";

/** The host's own mailbox, else the one that already wrote to them. */
export async function findMailbox(
  tx: Tx,
  meeting: { hostId: string; leadId: string | null },
): Promise<{ id: string; address: string } | null> {
  const usable = { status: { in: ["ready", "cannot_read"] }, removedAt: null };
  const own = await tx.mailbox.findFirst({
    where: { ownerId: meeting.hostId, ...usable },
    orderBy: { createdAt: "asc" },
    select: { id: true, address: true },
  });
  if (own || !meeting.leadId) return own;
  const last = await tx.message.findFirst({
    where: { leadId: meeting.leadId, status: "sent" },
    orderBy: { sentAt: "desc" },
    select: { mailboxId: true },
  });
  return last && tx.mailbox.findFirst({ where: { id: last.mailboxId, ...usable }, select: { id: true, address: true } });
}
