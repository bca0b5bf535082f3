import { beforeAll, describe, expect, it } from "vitest";
import { inIdentity, inWorkspace } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testKey } from "#server/testing/rest.ts";
import { handleRest } from "#server/trpc/rest.ts";
import { createWorkspace } from "#server/workspaces/commands/create-workspace.ts";

await testDatabase();
const ownerId = newId();
let workspaceId: WorkspaceId;
let authorization: string;
beforeAll(async () => {
  await inIdentity((tx) => tx.user.create({ data: { id: ownerId, email: `rui-${ownerId}@acme.example`, fullName: "Rui Alves" } }));
  workspaceId = (await createWorkspace({ ownerId, name: "Acme", timeZone: "Europe/Lisbon" })).id;
  authorization = `Bearer ${await testKey(workspaceId, ownerId, ["*"])}`;
});

async function call(method: string, path: string, body: object): Promise<{ id: string }> {
  const headers = { authorization, "content-type": "application/json" };
  const response = await handleRest(new Request(`http://localhost/api/v1${path}`, { method, headers, body: JSON.stringify(body) }));
  expect(response.status, await response.clone().text()).toBe(200);
  return response.json();
}
const kindsOf = (action: string) =>
  inWorkspace(workspaceId, async (tx) => (await tx.auditEntry.findMany({ where: { action } })).map((entry) => entry.actorKind));

describe("a change by API key", () => {
  it("is the key's in the audit, whichever command wrote it", async () => {
    const lead = await call("POST", "/leads", { fullName: "Nadia Rossi" });
    const deal = await call("POST", "/deals", { leadId: lead.id, title: "Pilot" });
    await call("PATCH", `/deals/${deal.id}`, { title: "Pilot, longer" });
    await call("POST", "/suppressions", { values: "stop@norvale.example", reason: "customer" });
    for (const action of ["lead/created", "deal.opened", "deal.changed", "suppression.added"])
      expect(await kindsOf(action), action).toEqual(["api_key"]);
    expect(await kindsOf("workspace.created")).toEqual(["person"]);
  });
});
