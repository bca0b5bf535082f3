import type { Tx } from "#server/core/db.ts";

export type StorySums = { sent: number; replies: number; meetings: number; deals: number };

/** What has happened in this workspace so far. Replies are people's; meetings are those that were not cancelled. */
export async function countStory(tx: Tx): Promise<StorySums> {
  const [row] = await tx.$queryRaw<StorySums[]>`
    select (select count(*)::int from messages where workspace_id = ${tx.workspaceId}::uuid and status = 'sent') as sent,
      (select count(*)::int from replies where workspace_id = ${tx.workspaceId}::uuid and not is_automatic and class not in ('bounce', 'automatic', 'away')) as replies,
      (select count(*)::int from meetings where workspace_id = ${tx.workspaceId}::uuid and state <> 'cancelled') as meetings,
      (select count(*)::int from deals where workspace_id = ${tx.workspaceId}::uuid) as deals`;
  return row ?? { sent: 0, replies: 0, meetings: 0, deals: 0 };
}

export function saySums({ sent, replies, meetings, deals }: StorySums): string {
  return `${sent} mails sent, ${replies} replies, ${meetings} meetings, ${deals} deals so far`;
}
