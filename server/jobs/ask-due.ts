import { inSweep } from "#server/core/db.ts";
import { inngest } from "./client.ts";
import { dueHandlers } from "./due-handlers.ts";
import { dueReached } from "./events.ts";

/** A run that was asked for and has not ended after this long is asked for again. */
const ASK_AGAIN_S = 60;

/**
 * Finds what is due in live workspaces and asks for one run per workspace and kind. Sandboxes are left out: their clock
 * stands still until their own run moves it.
 */
export async function askForDue(): Promise<number> {
  const kinds = Object.keys(dueHandlers);
  if (kinds.length === 0) return 0;
  const asked = await inSweep(
    (tx) => tx.$queryRaw<{ workspaceId: string; kind: string; askedAt: Date }[]>`
      insert into engine.due_wakes as w (workspace_id, kind, asked_at)
      select d.workspace_id, d.kind, clock_timestamp() from due d join workspaces s on s.id = d.workspace_id
      where s.kind = 'live' and d.due_at <= clock_timestamp() and d.kind = any(${kinds}::text[])
        and not exists (select 1 from engine.due_wakes a where a.workspace_id = d.workspace_id and a.kind = d.kind
                        and a.asked_at > clock_timestamp() - make_interval(secs => ${ASK_AGAIN_S}))
      group by d.workspace_id, d.kind
      on conflict (workspace_id, kind) do update set asked_at = excluded.asked_at
      returning workspace_id as "workspaceId", kind, asked_at as "askedAt"`,
  );
  if (asked.length === 0) return 0;
  await inngest.send(
    asked.map(({ workspaceId, kind, askedAt }) => {
      const lane = `${workspaceId}:${kind}`;
      return dueReached.create({ workspaceId, kind, lane }, { id: `due:${lane}:${askedAt.getTime()}` });
    }),
  );
  return asked.length;
}

/** The run is at its end: whatever becomes due from here on asks for another. */
export async function endAskedDue(workspaceId: string, kind: string): Promise<void> {
  await inSweep((tx) => tx.$executeRaw`delete from engine.due_wakes where workspace_id = ${workspaceId}::uuid and kind = ${kind}`);
}
