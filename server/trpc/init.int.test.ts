import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { Membership } from "#server/auth/queries.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { services } from "#server/services.ts";
import { testDatabase } from "#server/testing/database.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import type { Actor } from "./context.ts";
import { createCallerFactory, createRouter, workspaceMutation, workspaceQuery } from "./init.ts";

await testDatabase();

const router = createRouter({
  count: workspaceQuery("team:read")
    .output(z.number())
    .query(({ ctx }) => ctx.tx.team.count()),
  addThenFail: workspaceMutation("team:write")
    .input(z.object({ name: z.string() }))
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      await ctx.tx.team.create({ data: { id: newId(), workspaceId: ctx.workspaceId, name: input.name, createdAt: ctx.tx.now } });
      throw new AppError("INVALID_STATE", "Not now.");
    }),
  add: workspaceMutation("team:write")
    .input(z.object({ name: z.string().min(1, "Enter a name") }))
    .output(z.string())
    .mutation(async ({ ctx, input }) => {
      const team = await ctx.tx.team.create({
        data: { id: newId(), workspaceId: ctx.workspaceId, name: input.name, createdAt: ctx.tx.now },
      });
      return team.id;
    }),
});
const call = (actor: Actor | null) => createCallerFactory(router)({ services, actor });

function personIn(workspace: TestWorkspace, role: Membership["role"]): Actor {
  const membership: Membership = { workspaceId: workspace.id, name: "Acme", kind: "live", role };
  return {
    kind: "person",
    membership,
    signedIn: {
      userId: workspace.userId,
      fullName: "Ines Prado",
      email: "ines@acme.example",
      isOperator: false,
      singleKeys: true,
      theme: "system",
      memberships: [membership],
    },
  };
}

describe("a workspace procedure", () => {
  it("runs inside the caller's workspace", async () => {
    const workspace = await testWorkspace();
    await call(personIn(workspace, "admin")).add({ name: "North" });
    expect(await call(personIn(workspace, "viewer")).count()).toBe(1);
    expect(await call(personIn(await testWorkspace(), "viewer")).count()).toBe(0);
  });

  it("leaves nothing half-written when it fails", async () => {
    const workspace = await testWorkspace();
    await expect(call(personIn(workspace, "admin")).addThenFail({ name: "North" })).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
      message: "Not now.",
    });
    expect(await call(personIn(workspace, "viewer")).count()).toBe(0);
  });

  it("refuses strangers, roles and scopes, in words", async () => {
    const workspace = await testWorkspace();
    await expect(call(null).count()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(call(personIn(workspace, "rep")).add({ name: "North" })).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: "Only admins can do this.",
    });
    const holder = { keyId: newId(), workspaceId: workspace.id, userId: workspace.userId, role: "owner" as const, scopes: ["leads:read"] };
    await expect(call({ kind: "api_key", holder }).count()).rejects.toMatchObject({ message: "This API key lacks the scope team:read." });
  });
});
