import { randomBytes } from "node:crypto";
import { hashToken } from "#server/auth/queries.ts";
import { inWorkspace } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";

/** An API key of this workspace, made without the procedure that shows it once. */
export async function testKey(workspaceId: WorkspaceId, userId: string, scopes: string[], expiresAt: Date | null = null): Promise<string> {
  const key = `lw_${randomBytes(16).toString("hex")}`;
  await inWorkspace(workspaceId, (tx) =>
    tx.apiKey.create({
      data: {
        id: newId(),
        workspaceId,
        name: "test",
        keyHash: hashToken(key),
        prefix: key.slice(0, 8),
        scopes,
        createdById: userId,
        createdAt: tx.now,
        expiresAt,
      },
    }),
  );
  return key;
}
