import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import type * as z from "zod";
import type { Membership } from "#server/auth/queries.ts";
import { inWorkspace } from "#server/core/db.ts";
import { services } from "#server/services.ts";
import { callProcedure } from "#server/trpc/rest-calls.ts";
import { appRouter } from "#server/trpc/root.ts";
import { testDatabase } from "./database.ts";
import { idFor, populated, type Side } from "./populated.ts";
import { sampleInput } from "./sample-input.ts";
import { guardSockets } from "./socket-guard.ts";

/**
 * A pretend workspace is sealed off: with a model, system mail and real mailboxes configured, its whole story and every procedure open no
 * socket and ask for no name, but for the database.
 */
await vi.hoisted(async () => {
  // Before the adapters are made.
  const { env } = await import("#server/core/env.ts");
  env.OPENAI_API_KEY = "sk-test";
  env.OPENAI_BASE_URL = "http://127.0.0.1:9/v1";
  env.SYSTEM_MAIL_URL = "smtp://127.0.0.1:9";
  env.SYSTEM_MAIL_FROM = "Leadwright <no-reply@leadwright.example>";
  env.ALLOW_LOOPBACK_MAIL = true;
});
const { owner } = await testDatabase();
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { inputs: z.ZodType[] } }>)
  .map(([path, procedure]) => ({ path, inputs: procedure._def.inputs }))
  // Those of auth belong to the person and the instance, never to a workspace; the run itself is the story below.
  .filter(({ path }) => !path.startsWith("auth.") && path !== "sandbox.run");

const guard = guardSockets([Number(new URL(inject("ownerUrl")).port)]);
afterAll(() => guard.release());

let side: Side;
beforeAll(async () => {
  side = await populated(owner, "2026-03-03T18:00:00Z");
}, 240_000);

describe("the guard", () => {
  it("hears a connection, a look-up and a fetch", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    await expect(fetch("https://elsewhere.example/")).rejects.toThrow();
    server.close();
    expect(guard.attempts.splice(0)).toEqual([`127.0.0.1:${port}`, expect.stringContaining("elsewhere.example")]);
  });
});

describe("a pretend workspace", () => {
  it("has real adapters beside it", () => {
    expect([services.languageModel, services.systemMail].every(Boolean)).toBe(true);
  });

  it("has lived through days of mails and replies without a socket", async () => {
    expect(await inWorkspace(side.id, (tx) => tx.message.count({ where: { status: "sent" } }))).toBeGreaterThan(0);
    expect(guard.attempts).toEqual([]);
  });

  it("opens none when a real mailbox is connected and its servers are all that it knows", async () => {
    for (const path of ["mailboxes.guess", "mailboxes.connect", "mailboxes.prove"])
      await call(path, (field) => idFor(side, "mailboxes", field));
    expect(guard.attempts).toEqual([]);
  });

  it.each(procedures)("$path opens none", async ({ path }) => {
    await call(path, (field) => idFor(side, path.split(".")[0] ?? "", field));
    expect(guard.attempts.splice(0)).toEqual([]);
  });
});

async function call(path: string, pick: (field: string) => string): Promise<void> {
  const inputs = procedures.find((each) => each.path === path)?.inputs ?? [];
  const input =
    inputs.length === 0 ? undefined : Object.assign({}, ...inputs.map((schema) => sampleInput(schema, pick, { optional: true })));
  const membership: Membership = { workspaceId: side.id, name: "Acme", kind: "sandbox", role: "owner" };
  const signedIn = {
    userId: side.ownerId,
    fullName: "Ines Prado",
    email: "ines@acme.example",
    isOperator: false,
    singleKeys: true,
    theme: "system",
    memberships: [membership],
  };
  await callProcedure(path, { services, actor: { kind: "person", signedIn, membership } }, input).catch(() => undefined);
}
