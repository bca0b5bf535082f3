import type pg from "pg";
import { rawPool } from "#server/core/db.ts";
import { failPoint } from "#server/core/fail-point.ts";
import { inTransaction } from "#server/core/raw-transaction.ts";
import { inngest, isEngineEmbedded } from "./client.ts";
import type { EngineEvent } from "./engine/schema.ts";

const BATCH = 200;
const AS_ENGINE = "begin; set local role engine_role";

/** How the embedded engine takes events in within the transaction that removes them from the outbox. */
export type TakeEvents = (tx: pg.ClientBase, events: readonly EngineEvent[]) => Promise<unknown>;
let embedded: { pool: pg.Pool; take: TakeEvents } | undefined;

export function attachRelay(to: { pool: pg.Pool; take: TakeEvents } | undefined): void {
  embedded = to;
}

/**
 * Hands over everything in the outbox that has committed, oldest first. Rows are removed one by one, never up to a
 * mark: a transaction that commits late with a lower id is found the next time. Events of a workspace whose
 * sandbox run is under way are left to that run.
 */
export async function relayOnce(): Promise<number> {
  if (isEngineEmbedded && !embedded) return 0;
  let handedOver = 0;
  for (;;) {
    const count = embedded ? await moveToEngine(embedded) : await sendToInngest();
    handedOver += count;
    if (count < BATCH) return handedOver;
  }
}

type Row = { id: string; event_id: string; name: string; data: Record<string, unknown>; created_at: Date };

const WAITING = `select id from outbox o where not exists (
    select 1 from engine.held_workspaces h where h.workspace_id = o.workspace_id and h.until > clock_timestamp())
  order by id limit ${BATCH}`;

async function moveToEngine({ pool, take }: { pool: pg.Pool; take: TakeEvents }): Promise<number> {
  return inTransaction(pool, AS_ENGINE, async (tx) => {
    const { rows } = await tx.query<Row>(`delete from outbox where id in (${WAITING}) returning id, event_id, name, data, created_at`);
    if (rows.length > 0) await take(tx, inOrder(rows));
    failPoint("relay.before-commit");
    return rows.length;
  });
}

/** Send first, remove afterwards: in between a crash sends again, and Inngest counts an event id once. */
async function sendToInngest(): Promise<number> {
  const rows = await inTransaction(rawPool(), AS_ENGINE, async (tx) => {
    const found = await tx.query<Row>(`select id, event_id, name, data, created_at from outbox where id in (${WAITING})`);
    return found.rows;
  });
  if (rows.length === 0) return 0;
  await inngest.send(inOrder(rows));
  failPoint("relay.handed-over");
  await inTransaction(rawPool(), AS_ENGINE, (tx) =>
    tx.query("delete from outbox where id = any($1::bigint[])", [rows.map((row) => row.id)]),
  );
  return rows.length;
}

function inOrder(rows: readonly Row[]): EngineEvent[] {
  return rows
    .toSorted((a, b) => Number(BigInt(a.id) - BigInt(b.id)))
    .map((row) => ({ id: row.event_id, name: row.name, data: row.data, ts: row.created_at.getTime() }));
}
