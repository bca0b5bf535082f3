import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";

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
  const ids = list.map((event) => `${tx.workspaceId}:${event.id ?? newId()}`);
  const workspaces = list.map((event) => event.data.workspaceId);
  const names = list.map((event) => event.name);
  const payloads = list.map((event) => JSON.stringify(event.data));
  await tx.$executeRaw`
    insert into outbox (workspace_id, event_id, name, data)
    select workspace_id, event_id, name, payload::jsonb
    from unnest(${workspaces}::uuid[], ${ids}::text[], ${names}::text[], ${payloads}::text[]) with ordinality as e(workspace_id, event_id, name, payload, place)
    order by place
    on conflict (event_id) do nothing`;
}
