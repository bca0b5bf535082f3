import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";

/**
 * One booking of a host at a time, until the transaction ends. The exclusion constraint alone would do, but two concurrent inserts
 * under it can wait for each other and end as a deadlock; in a queue the second one simply sees the first.
 */
export async function lockHost(tx: Tx, hostId: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${tx.workspaceId}:${hostId}`}, 4711))`;
}

/** What is said about one meeting is said one after the other: the second sees the first. Taken before the host's. */
export async function lockMeeting(tx: Tx, id: string): Promise<void> {
  await tx.$queryRaw`select id from meetings where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid for update`;
}

type Occupied = { hostId: string; meetingId: string; startsAt: Date; endsAt: Date; bufferMs: number };

/** Buffer included: the block ends when the next meeting may start. */
export async function occupy(tx: Tx, block: Occupied): Promise<void> {
  const end = new Date(block.endsAt.getTime() + block.bufferMs);
  await tx.$executeRaw`
    insert into busy_blocks (id, workspace_id, host_id, meeting_id, during)
    values (${newId()}::uuid, ${tx.workspaceId}::uuid, ${block.hostId}::uuid, ${block.meetingId}::uuid, tstzrange(${block.startsAt}, ${end}))`;
}

export async function release(tx: Tx, meetingId: string): Promise<void> {
  await tx.$executeRaw`
    update busy_blocks set released_at = ${tx.now}
    where workspace_id = ${tx.workspaceId}::uuid and meeting_id = ${meetingId}::uuid and released_at is null`;
}
