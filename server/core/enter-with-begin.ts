import type { Socket } from "node:net";
import type pg from "pg";

/** What a transaction becomes by its first statement: its role, its workspace. `entered` is that statement's answer, once it was sent. */
export type Entrance = { statement: pg.QueryConfig; entered?: Promise<pg.QueryResult> };

/**
 * Prisma waits for the answer to BEGIN before it hands a transaction out. On these connections the entrance follows BEGIN at once, without
 * waiting: one round trip for both, and one less through Prisma. Were BEGIN ever missed, the transaction would have no rights at all.
 */
export function enterWithBegin(pool: pg.Pool, current: () => Entrance | undefined): void {
  pool.on("connect", (connection) => {
    const query = connection.query.bind(connection) as (statement: pg.QueryConfig) => Promise<pg.QueryResult>;
    const { stream } = (connection as unknown as { connection: { stream: Socket } }).connection;
    const queryOrEnter = (statement: pg.QueryConfig): Promise<pg.QueryResult> => {
      const entrance = statement.text === "BEGIN" ? current() : undefined;
      if (!entrance) return query(statement);
      // Both in one piece: each costs a system call, and wakes the server.
      stream.cork();
      const answer = query(statement);
      entrance.entered = query(entrance.statement);
      stream.uncork();
      // When BEGIN itself fails, nobody asks for this answer.
      entrance.entered.catch(() => undefined);
      return answer;
    };
    connection.query = queryOrEnter as typeof connection.query;
  });
}
