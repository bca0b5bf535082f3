import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import type { Whose } from "../queries.ts";
import type { TodayItem } from "../schema.ts";

const MOST_CAMPAIGNS = 20;
const SAYS: Record<string, string> = {
  cannot_send: "cannot send",
  cannot_read: "cannot read replies",
  stopped: "stopped itself",
};

/** The same things as `listHealth` shows, as one number for a larger statement. */
export function countHealth(tx: Tx, whose: Whose): Prisma.Sql {
  return Prisma.sql`(select count(*) from mailboxes b where b.workspace_id = ${tx.workspaceId}::uuid
      and b.owner_id = any(${whose.userIds}::uuid[]) and b.removed_at is null and b.status = any(${Object.keys(SAYS)}))
    + (select least(count(*), ${MOST_CAMPAIGNS}) from campaigns c where c.workspace_id = ${tx.workspaceId}::uuid
      and c.owner_id = any(${whose.userIds}::uuid[]) and c.status = 'stopped' and c.stop_reason is not null and c.finished_at is null
      and c.deleted_at is null)`;
}

/** What is broken and whose it is: mailboxes, and campaigns that stopped themselves. */
export async function listHealth(tx: Tx, whose: Whose): Promise<TodayItem[]> {
  const mailboxes = await tx.mailbox.findMany({
    where: { ownerId: { in: whose.userIds }, removedAt: null, status: { in: Object.keys(SAYS) } },
    orderBy: { address: "asc" },
  });
  const campaigns = await tx.campaign.findMany({
    where: { ownerId: { in: whose.userIds }, status: "stopped", stopReason: { not: null }, finishedAt: null, deletedAt: null },
    orderBy: { name: "asc" },
    take: MOST_CAMPAIGNS,
  });
  const broken = mailboxes.map((box) => ({
    key: `mailbox:${box.id}`,
    subjectId: box.id,
    title: box.address,
    detail: [SAYS[box.status], box.status === "cannot_read" ? box.readError : (box.stopReason ?? box.sendError)].filter(Boolean).join(": "),
    state: box.status,
    why: "What waits for this mailbox is sent when it works again.",
    href: `/mailboxes/${box.id}`,
    ownerId: box.ownerId,
  }));
  const stopped = campaigns.map((campaign) => ({
    key: `campaign:${campaign.id}`,
    subjectId: campaign.id,
    title: campaign.name,
    detail: `stopped itself: ${campaign.stopReason}`,
    state: "stopped",
    why: "It stopped before it could do harm. Nobody in it gets a mail until you look at it.",
    href: `/campaigns/${campaign.id}`,
    ownerId: campaign.ownerId,
  }));
  return [...broken, ...stopped].map((each) => ({
    ...each,
    kind: "health" as const,
    company: null,
    grade: null,
    leadId: null,
    at: null,
    endsAt: null,
    zone: null,
    count: 1,
    ownerName: null,
    task: null,
  }));
}
