import { workspaceNow } from "./db.ts";
import type { WorkspaceId } from "./tenancy.ts";

/**
 * The only time in product code. Inside a transaction use `tx.now`; use cases ask here.
 * In a sandbox it is the workspace's virtual clock.
 */
export const clock = {
  now: (workspaceId: WorkspaceId): Promise<Date> => workspaceNow(workspaceId),
};
