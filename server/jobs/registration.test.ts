import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { env } from "#server/core/env.ts";
import { envAsBefore } from "#server/testing/env-as-before.ts";
import { keepRegistered, servedAt, workerHost } from "./registration.ts";

afterEach(envAsBefore());

describe("where the worker can be reached", () => {
  it("is this machine alone, unless calls are signed", () => {
    expect(workerHost()).toBe("127.0.0.1");
    Object.assign(env, { WORKER_HOST: "0.0.0.0", INNGEST_EVENT_KEY: "a-key" });
    expect(workerHost).toThrow("INNGEST_SIGNING_KEY");
    Object.assign(env, { INNGEST_SIGNING_KEY: "signkey-test-00" });
    expect(workerHost()).toBe("0.0.0.0");
  });

  it("is said to the Inngest server: itself, its public address, or the product's", () => {
    Object.assign(env, { APP_URL: "https://leads.acme.example/" });
    expect(servedAt()).toEqual({ serveOrigin: "https://leads.acme.example" });
    Object.assign(env, { INNGEST_BASE_URL: "http://127.0.0.1:8288" });
    expect(servedAt()).toEqual({});
    Object.assign(env, { WORKER_URL: "http://worker:3001" });
    expect(servedAt()).toEqual({ serveOrigin: "http://worker:3001" });
  });
});

describe("registration", () => {
  it("asks the SDK's own endpoint once it listens, and stops when told", async () => {
    const asked: string[] = [];
    const heard = Promise.withResolvers<void>();
    const server: Server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end("{}");
      heard.resolve();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    expect((server.address() as AddressInfo).port).toBeGreaterThan(0);
    const registration = keepRegistered(server);
    await heard.promise;
    registration.stop();
    expect(asked).toEqual(["PUT /api/inngest"]);
    server.closeAllConnections();
    server.close();
  });
});
