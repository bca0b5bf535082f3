import { setImmediate as nextTurn } from "node:timers/promises";
import { inWorkspace, joinKeyOf, joinWorkspace, type Tx } from "./db.ts";
import { AppError } from "./errors.ts";
import type { WorkspaceId } from "./tenancy.ts";

/**
 * The reads of one HTTP request in one transaction: a page that asks six questions takes one connection, and sees one state of the
 * workspace. Made once per request; `read` joins the open transaction, or opens one that the next reads join.
 */
export type SharedReads = { read: <T>(workspaceId: WorkspaceId, work: (tx: Tx) => Promise<T>) => Promise<T> };

type Shared = {
  key: string;
  tx: Promise<Tx>;
  active: number;
  /** a statement failed, after which Postgres answers no other one of this transaction */
  isBroken: boolean;
  end: () => void;
};

export function createSharedReads(): SharedReads {
  let open: Shared | undefined;

  function join(workspaceId: WorkspaceId): Shared {
    const key = joinKeyOf(workspaceId);
    if (open && open.key === key && !open.isBroken) return open;
    const entered = Promise.withResolvers<Tx>();
    const ended = Promise.withResolvers<void>();
    const shared: Shared = { key, tx: entered.promise, active: 0, isBroken: false, end: ended.resolve };
    const closed = inWorkspace(
      workspaceId,
      async (tx) => {
        entered.resolve(inTurns(tx));
        await ended.promise;
      },
      { isReadOnly: true },
    );
    closed.catch((error: unknown) => {
      shared.isBroken = true;
      if (open === shared) open = undefined;
      entered.reject(error);
    });
    open = shared;
    return shared;
  }

  function leave(shared: Shared): void {
    shared.active -= 1;
    // A turn later, so that the questions that this answer leads to still find it open.
    setImmediate(() => {
      if (shared.active > 0) return;
      if (open === shared) open = undefined;
      shared.end();
    });
  }

  return {
    async read(workspaceId, work) {
      const shared = join(workspaceId);
      shared.active += 1;
      try {
        const tx = await shared.tx;
        return await joinWorkspace(tx, () => work(tx));
      } catch (error) {
        const failedAfterAnother = shared.isBroken && !(error instanceof AppError);
        if (!(error instanceof AppError)) shared.isBroken = true;
        if (!failedAfterAnother) throw error;
        // Another read of this request failed and took the transaction with it: this one is asked again, alone.
        return await inWorkspace(workspaceId, work, { isReadOnly: true });
      } finally {
        leave(shared);
      }
    },
  };
}

/**
 * Each raw statement in a turn of its own. Those that the page's reads ask in one turn Prisma takes for a batch, asks one after the other,
 * and compiles anew each time where one of them is no raw one; like this they are on their way together.
 */
function inTurns(tx: Tx): Tx {
  const $queryRaw = (...asked: Parameters<Tx["$queryRaw"]>) => nextTurn().then(() => tx.$queryRaw(...asked));
  return new Proxy({} as Tx, { get: (_, key) => (key === "$queryRaw" ? $queryRaw : Reflect.get(tx, key)) });
}
