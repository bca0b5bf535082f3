import { beforeAll, expect, it } from "vitest";
import type { Role } from "#server/auth/constants.ts";
import { inIdentity } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { services } from "#server/services.ts";
import { testDatabase } from "#server/testing/database.ts";
import { type TestWorkspace, testMember } from "#server/testing/workspace.ts";
import { createCaller } from "#server/trpc/root.ts";
import { createSandbox } from "./commands/create-sandbox.ts";

await testDatabase();
let pretend: Pick<TestWorkspace, "id" | "userId">;
beforeAll(async () => {
  const userId = newId();
  await inIdentity((tx) => tx.user.create({ data: { id: userId, email: "rui@acme.example", fullName: "Rui Alves" } }));
  pretend = { userId, id: (await createSandbox({ ownerId: userId, name: "Pretend", timeZone: "Europe/Lisbon" })).id };
});

async function makeReal(role: Role, { isOperator = false, hasReal = false } = {}): Promise<unknown> {
  const userId = role === "owner" ? pretend.userId : await testMember(pretend, { fullName: "Leo Brandt", role });
  const membership = { workspaceId: pretend.id, name: "Pretend", kind: "sandbox" as const, role };
  const memberships = [membership, ...(hasReal ? [{ ...membership, kind: "live" as const }] : [])];
  const signedIn = {
    userId,
    fullName: "Leo Brandt",
    email: "leo@acme.example",
    isOperator,
    singleKeys: true,
    theme: "system",
    memberships,
  };
  return createCaller({ services, actor: { kind: "person", signedIn, membership } }).sandbox.makeReal({ name: "Acme", timeZone: "UTC" });
}

it("a live workspace is opened by the operator, or as the first one of the pretend workspace's owner", async () => {
  await expect(makeReal("admin")).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(makeReal("owner", { hasReal: true })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await makeReal("owner")).toMatchObject({ slug: expect.any(String) });
  expect(await makeReal("admin", { isOperator: true })).toMatchObject({ slug: expect.any(String) });
});
