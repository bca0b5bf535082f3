import type pg from "pg";

/** One transaction on a connection of its own. A connection whose transaction could not be rolled back is thrown away. */
export async function inTransaction<T>(pool: pg.Pool, begin: string, work: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  const tx = await pool.connect();
  try {
    await tx.query(begin);
    const result = await work(tx);
    await tx.query("commit");
    tx.release();
    return result;
  } catch (error) {
    await tx.query("rollback").then(
      () => tx.release(),
      () => tx.release(true),
    );
    throw error;
  }
}
