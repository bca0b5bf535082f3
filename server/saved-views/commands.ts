import { can } from "#server/auth/constants.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { plainQuery } from "./constants.ts";
import type { ViewPage } from "./schema.ts";

/** Saved under a name that this person uses already, it replaces what stood there. */
export async function saveView(
  tx: Tx,
  input: { page: ViewPage; name: string; query: string; isShared: boolean },
  by: Viewer,
): Promise<{ id: string }> {
  const { page, name, isShared: shared } = input;
  const query = plainQuery(input.query);
  const mine = { ownerId: by.userId, page };
  const same = await tx.savedView.findFirst({ where: { ...mine, name }, select: { id: true } });
  if (same) {
    await tx.savedView.updateMany({ where: { id: same.id }, data: { query, shared } });
    return same;
  }
  if ((await tx.savedView.count({ where: mine })) >= 100)
    throw new AppError("QUOTA_EXCEEDED", "You have 100 views of this list. Remove one first.");
  const id = newId();
  await tx.savedView.create({ data: { id, workspaceId: tx.workspaceId, ...mine, name, query, shared, createdAt: tx.now } });
  return { id };
}

/** One's own; an admin also removes what somebody else shares. */
export async function removeView(tx: Tx, id: string, by: Viewer): Promise<void> {
  const view = await tx.savedView.findFirst({ where: { id } });
  const isVisible = view && (view.ownerId === by.userId || view.shared);
  if (!isVisible) throw new AppError("NOT_FOUND", "This view was removed.");
  if (view.ownerId !== by.userId && !can(by.role, "settings:write"))
    throw new AppError("FORBIDDEN", "Only who saved this view, or an admin, removes it.");
  await tx.savedView.deleteMany({ where: { id } });
}
