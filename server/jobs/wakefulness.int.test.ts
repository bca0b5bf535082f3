import { connect, createServer, type Socket } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { createEnginePool } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { newId } from "#server/core/ids.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testEngine } from "#server/testing/engine.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { attachEngine } from "./client.ts";
import { messageSent } from "./events.ts";
import { emit } from "./outbox.ts";
import { attachRelay } from "./relay.ts";
import { startWakefulness } from "./wakefulness.ts";

const database = await testDatabase();
const left = async () => Number((await database.owner.query("select count(*) from outbox")).rows[0].count);

/** The line between the worker and the database, to be cut. */
async function startLine(to: URL) {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(Number(to.port), to.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on("error", () => {}).on("close", () => other.destroy());
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = new URL(to);
  url.hostname = "127.0.0.1";
  url.port = String(typeof address === "object" && address ? address.port : 0);
  return {
    url: url.toString(),
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    mend: () => {
      isCut = false;
    },
    close: () => server.close(),
  };
}

describe("a worker that is cut off from the database", () => {
  it("hands over what was written meanwhile as soon as the line is back", { timeout: 30_000 }, async () => {
    const acme = await testWorkspace();
    const write = () => acme.run((tx) => emit(tx, messageSent.create({ workspaceId: acme.id, messageId: newId() })));
    const line = await startLine(new URL(database.runtimeUrl));
    const seen: string[] = [];
    const engine = await testEngine((client) => [
      client.createFunction({ id: "sent", triggers: [messageSent] }, ({ event }) => void seen.push(event.data.messageId)),
    ]);
    const direct = env.DATABASE_URL;
    env.DATABASE_URL = line.url;
    const pool = createEnginePool(4);
    env.DATABASE_URL = direct;
    pool.on("error", () => {});
    attachEngine(engine.fetch);
    attachRelay({ pool, take: engine.take });
    const wakefulness = startWakefulness(pool);
    afterAll(async () => {
      await wakefulness.stop();
      attachRelay(undefined);
      attachEngine(undefined);
      await pool.end().catch(() => {});
      line.close();
    });
    const handedOver = async (withinMs: number): Promise<number> => {
      const began = Date.now();
      while ((await left()) > 0 && Date.now() - began < withinMs) await new Promise((resolve) => setTimeout(resolve, 20));
      return left();
    };
    await write();
    expect(await handedOver(10_000)).toBe(0);
    line.cut();
    await write();
    await write();
    // Long enough for a relay that does not notice to lose them.
    expect(await handedOver(700)).toBe(2);
    line.mend();
    expect(await handedOver(10_000)).toBe(0);
    await engine.drain();
    expect(seen).toHaveLength(3);
  });
});
