import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { env } from "#server/core/env.ts";
import { newId } from "#server/core/ids.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testWorkspace } from "#server/testing/workspace.ts";

const database = await testDatabase();

/** Speaks the one call of an Inngest server that the relay makes. */
const received: { path: string; events: { id: string; name: string }[] }[] = [];
let isDown = false;
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (isDown) return void response.writeHead(400).end(JSON.stringify({ error: "not now", status: 400 }));
  const events = JSON.parse(Buffer.concat(chunks).toString());
  received.push({ path: request.url ?? "", events });
  response
    .writeHead(200, { "content-type": "application/json" })
    .end(JSON.stringify({ ids: events.map((event: { id: string }) => event.id), status: 200 }));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => server.close());

env.INNGEST_EVENT_KEY = "a-key";
env.INNGEST_BASE_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const { emit } = await import("./outbox.ts");
const { messageSent } = await import("./events.ts");
const { relayOnce } = await import("./relay.ts");
const left = async () => Number((await database.owner.query("select count(*) from outbox")).rows[0].count);

describe("with an Inngest elsewhere", () => {
  it("sends events there with their own ids, and removes them only afterwards", async () => {
    const acme = await testWorkspace();
    const messageId = newId();
    await acme.run((tx) => emit(tx, messageSent.create({ workspaceId: acme.id, messageId }, { id: `sent:${messageId}` })));
    isDown = true;
    await expect(relayOnce()).rejects.toThrow();
    expect(await left()).toBe(1);
    isDown = false;
    expect(await relayOnce()).toBe(1);
    expect(await left()).toBe(0);
    expect(received).toEqual([
      {
        path: "/e/a-key",
        events: [
          expect.objectContaining({ id: `${acme.id}:sent:${messageId}`, name: "message/sent", data: { workspaceId: acme.id, messageId } }),
        ],
      },
    ]);
  });
});
