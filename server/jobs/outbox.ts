import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { Prisma } from "#server/generated/prisma/client.ts";

/** What `someEvent.create(data, { id? })` returns. */
export type OutgoingEvent = {
  name: string;
  data: { workspaceId: string };
  /** The cause, where it has a natural name ("message-sent:<id>"): emitting it twice is then one event. */
  id?: string;
  validate?: () => Promise<void>;
};

/**
 * Writes events in the transaction that causes them. The relay hands them over after the commit, at least once;
 * consumers are idempotent. An event of another workspace is refused by row security.
 */
export async function emit(tx: Tx, events: OutgoingEvent | readonly OutgoingEvent[]): Promise<void> {
  const list = "name" in events ? [events] : events;
  if (list.length === 0) return;
  // A wrong payload fails its own cause, here, and not a job later.
  for (const event of list) await event.validate?.();
  const rows = list.map(
    (event) =>
      Prisma.sql`(${event.data.workspaceId}::uuid, ${`${tx.workspaceId}:${event.id ?? newId()}`}, ${event.name}, ${JSON.stringify(event.data)}::jsonb)`,
  );
  await tx.$executeRaw`
    insert into outbox (workspace_id, event_id, name, data) values ${Prisma.join(rows)} on conflict (event_id) do nothing`;
}
