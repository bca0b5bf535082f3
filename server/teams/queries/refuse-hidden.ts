import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MOST_DEPTH = 12;

/**
 * A change by somebody who may not see everything: nothing that its input names may be hidden from them. What it then does (stop a
 * colleague's mails, keep an owner, refresh a company) reaches everything that it concerns.
 * @throws NOT_FOUND, as for a record that does not exist.
 */
export async function refuseHidden(workspaceId: WorkspaceId, input: unknown): Promise<void> {
  const ids = [...new Set(idsIn(input, 0))];
  if (ids.length === 0) return;
  await inWorkspace(workspaceId, (tx) => refuseHiddenIn(tx, ids));
}

/** The same inside a transaction that has begun; it asks nothing for somebody who sees everything. */
export async function refuseHiddenIn(tx: Tx, ids: readonly string[]): Promise<void> {
  const rows = await tx.$queryRaw<{ hidden: boolean }[]>`
    select nullif(current_setting('app.viewer_id', true), '') is not null and names_hidden(${[...ids]}::uuid[]) as hidden`;
  if (rows[0]?.hidden) throw new AppError("NOT_FOUND", "This does not exist, or it belongs to somebody whose work you do not see.");
}

function idsIn(value: unknown, depth: number): string[] {
  if (typeof value === "string") return UUID.test(value) ? [value.toLowerCase()] : [];
  if (typeof value !== "object" || value === null || depth > MOST_DEPTH) return [];
  return Object.values(value).flatMap((each) => idsIn(each, depth + 1));
}
