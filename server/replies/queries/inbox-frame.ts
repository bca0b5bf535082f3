import type { Tx } from "#server/core/db.ts";
import { listVisibleOwners, type Viewer, whereOwner } from "#server/teams/queries.ts";
import type { InboxFrame } from "../schema.ts";

/** What the filters may choose from, and what the empty page says. */
export async function getInboxFrame(tx: Tx, viewer: Viewer): Promise<InboxFrame> {
  const seen = whereOwner(await listVisibleOwners(tx, viewer));
  const campaigns = await tx.campaign.findMany({
    where: { deletedAt: null, ...seen },
    orderBy: { name: "asc" },
    take: 100,
    select: { id: true, name: true },
  });
  const owners = await tx.member.findMany({
    where: { removedAt: null },
    orderBy: { fullName: "asc" },
    take: 200,
    select: { userId: true, fullName: true },
  });
  const mailboxes = await tx.mailbox.findMany({
    where: { removedAt: null, ...seen },
    orderBy: { address: "asc" },
    take: 100,
    select: { id: true, address: true },
  });
  const last = await tx.reply.findFirst({ where: { isAutomatic: false }, orderBy: { receivedAt: "desc" }, select: { receivedAt: true } });
  return {
    campaigns: campaigns.map(({ id, name }) => ({ id, name })),
    owners: owners.map(({ userId, fullName }) => ({ id: userId, name: fullName })),
    mailboxes: mailboxes.map(({ id, address }) => ({ id, name: address })),
    waiting: await tx.enrolment.count({ where: { status: "active" } }),
    lastReplyAt: last?.receivedAt ?? null,
  };
}
