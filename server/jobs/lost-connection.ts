/** The last two are the queue's: it gave up without the database, says so to nobody, and names no cause. The next instance takes its jobs up. */
const LOST =
  /ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|connection terminated|terminating connection|database system is|not queryable|timeout exceeded|returning jobs from local queue|batcher has been released/i;
/**
 * What a write says that meets a server which has just gone: Node's sentences for these name no state. Then classes of Postgres' own: the
 * connection failed, no connection is free, the server goes down or comes up.
 */
const LOST_CODE =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ERR_STREAM_(DESTROYED|WRITE_AFTER_END)|08\w{3}|53300|57P0[1-3]|DATABASE_UNAVAILABLE)$/;

/** A failure after which whoever needs a connection connects again; anything else is a mistake of ours. */
export function isLostConnection(reason: unknown): boolean {
  if (!(reason instanceof Error)) return false;
  if (reason instanceof AggregateError && reason.errors.some(isLostConnection)) return true;
  const { code } = reason as { code?: unknown };
  return LOST.test(reason.message) || (typeof code === "string" && LOST_CODE.test(code)) || isLostConnection(reason.cause);
}
