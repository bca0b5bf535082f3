import type { Tx } from "#server/core/db.ts";
import { listVisibleOwners, type Viewer, whereOwner } from "#server/teams/queries.ts";

/** What the forms of a campaign choose from. */
export async function getCampaignOptions(tx: Tx, viewer: Viewer) {
  const owners = await listVisibleOwners(tx, viewer);
  const mailboxes = await tx.mailbox.findMany({
    where: { removedAt: null, ...whereOwner(owners) },
    select: { id: true, address: true },
    orderBy: { address: "asc" },
  });
  const offers = await tx.offer.findMany({
    where: { archivedAt: null },
    select: { id: true, name: true },
    orderBy: [{ isDefault: "desc" }, { name: "asc" }],
  });
  const members = await tx.member.findMany({
    where: { removedAt: null },
    select: { userId: true, fullName: true },
    orderBy: { fullName: "asc" },
  });
  const lists = await tx.leadList.findMany({ select: { id: true, name: true }, orderBy: { createdAt: "desc" }, take: 50 });
  const campaigns = await tx.campaign.findMany({
    where: { deletedAt: null, status: { not: "stopped" }, ...whereOwner(owners) },
    select: { id: true, name: true, status: true },
    orderBy: { createdAt: "desc" },
    take: 100,
  });
  return { mailboxes, offers, members: members.map((member) => ({ id: member.userId, fullName: member.fullName })), lists, campaigns };
}
