import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashToken } from "#server/auth/queries.ts";
import { newId } from "#server/core/ids.ts";
import { testDatabase } from "#server/testing/database.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { handleRest } from "./rest.ts";

await testDatabase();

async function keyOf(workspace: TestWorkspace, scopes: string[], expiresAt: Date | null = null): Promise<string> {
  const key = `lw_${randomBytes(16).toString("hex")}`;
  await workspace.run((tx) =>
    tx.apiKey.create({
      data: {
        id: newId(),
        workspaceId: workspace.id,
        name: "test",
        keyHash: hashToken(key),
        prefix: key.slice(0, 8),
        scopes,
        createdById: workspace.userId,
        createdAt: tx.now,
        expiresAt,
      },
    }),
  );
  return key;
}
const call = (path: string, init: RequestInit & { key?: string } = {}) =>
  handleRest(
    new Request(`http://localhost/api/v1${path}`, {
      ...init,
      headers: { ...init.headers, ...(init.key && { authorization: `Bearer ${init.key}` }) },
    }),
  );

describe("REST", () => {
  it("answers a call without a key with a problem", async () => {
    const response = await call("/leads");
    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
  });

  it("refuses an expired and a malformed key alike", async () => {
    const workspace = await testWorkspace();
    const key = await keyOf(workspace, ["*"], new Date(Date.now() - 1_000));
    for (const given of [key, "x", `${key}x`, ""]) expect((await call("/leads", { key: given })).status).toBe(401);
  });

  it("says that there is no such call", async () => {
    const key = await keyOf(await testWorkspace(), ["*"]);
    const response = await call("/nowhere", { key });
    expect([response.status, (await response.json()).code]).toEqual([404, "NOT_FOUND"]);
  });
});
