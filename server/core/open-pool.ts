import pg from "pg";
import { logger } from "./logger.ts";

/**
 * A pool whose connections may die at any moment: idle, in use, or while they change hands, when neither the pool nor who asked for one
 * listens to them yet. Whoever uses one is told by its query; an error that nobody hears would end the process.
 * @param name who uses it, as the log says it
 */
export function openPool(name: string, config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ connectionTimeoutMillis: 5_000, ...config });
  const lost = (error: Error): void => logger.warn({ err: error, pool: name }, "a database connection was lost");
  pool.on("error", lost);
  pool.on("connect", (connection) => connection.on("error", lost));
  return pool;
}
