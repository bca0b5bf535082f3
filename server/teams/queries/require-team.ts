import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";

/** Held until the end, so that nobody is put into a team that a colleague removes at this moment. */
export async function requireTeam(tx: Tx, id: string): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from teams where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid for key share`;
  if (rows.length === 0) throw new AppError("NOT_FOUND", "This team no longer exists.");
}
