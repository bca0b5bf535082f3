import { rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { isDeepStrictEqual } from "node:util";
import { Inngest } from "inngest";
import { serve } from "inngest/node";
import { startPostgres } from "../bin/lib/postgres.mjs";
import { scratchFolder } from "../bin/lib/scratch.mjs";

// Plays the same functions on the embedded engine and, when INNGEST_CONFORMANCE_URL names one, on an Inngest server, at the
// same time and in real time, and compares what was seen: results, order of steps, attempts. With INNGEST_EVENT_KEY and
// INNGEST_SIGNING_KEY the server is spoken to as in production, else as a development server.
const url = process.env.INNGEST_CONFORMANCE_URL;
const silent = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const work = (): Promise<void> => pause(300);

type Side = { name: string; seen: Promise<Map<string, unknown>>; stop: () => Promise<void> };

async function embedded(): Promise<Side> {
  const dataDir = scratchFolder("conformance");
  const postgres = await startPostgres({ dataDir });
  const { migrateDatabase } = await import("#server/core/migrate.ts");
  const { runtimeUrl } = await migrateDatabase({ ownerUrl: postgres.url("postgres"), loginPassword: "conformance" });
  Object.assign(process.env, { DATABASE_URL: runtimeUrl, LOG_LEVEL: "error", APP_SECRET: "a check has no secrets but needs one" });
  const { createEnginePool } = await import("#server/core/db.ts");
  const { createEngine } = await import("#server/jobs/engine/engine.ts");
  const pool = createEnginePool(10);
  let answer: typeof fetch = () => Promise.reject(new Error("The engine is not there yet."));
  const client = new Inngest({ id: "conformance", isDev: true, fetch: (...call) => answer(...call), logger: silent, aiMetadata: false });
  const target = await targetOf(client);
  const engine = createEngine({ pool, client, functions: conformanceFunctions(client, target) });
  answer = engine.fetch;
  await engine.start();
  return {
    name: "embedded",
    seen: playAll(target),
    stop: async () => {
      await engine.stop();
      await pool.end();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function inngestServer(baseUrl: string): Promise<Side> {
  const { INNGEST_EVENT_KEY: eventKey, INNGEST_SIGNING_KEY: signingKey } = process.env;
  const client = new Inngest({
    id: "conformance",
    baseUrl,
    logger: silent,
    aiMetadata: false,
    isDev: !signingKey,
    ...(eventKey && { eventKey }),
    ...(signingKey && { signingKey }),
  });
  const target = await targetOf(client);
  const handler = serve({ client, functions: conformanceFunctions(client, target) });
  const server = createServer((request, response) => void handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inngest`;
  const registered = await fetch(endpoint, { method: "PUT" });
  if (!registered.ok)
    throw new Error(`The server at ${baseUrl} did not take the functions: ${registered.status} ${await registered.text()}`);
  return {
    name: baseUrl,
    seen: pause(1_000).then(() => playAll(target)),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const { conformanceFunctions, playAll, scenarios } = await import("../server/testing/conformance/play.ts");
const { createTrace } = await import("../server/testing/conformance/trace.ts");
const { expected } = await import("../server/testing/conformance/expected.ts");

async function targetOf(client: Inngest.Any) {
  return { client, trace: createTrace(Date.now), session: crypto.randomUUID(), pause, work };
}

const sides = [await embedded(), ...(url ? [await inngestServer(url)] : [])];
let differences = 0;
try {
  const seen = await Promise.all(sides.map((side) => side.seen));
  for (const { name } of scenarios) {
    const [ours, theirs] = [seen[0]?.get(name), seen[1]?.get(name)];
    const isAsExpected = isDeepStrictEqual(ours, expected[name]);
    const isAlike = !url || isDeepStrictEqual(ours, theirs);
    if (!isAsExpected || !isAlike) differences++;
    console.log(`${isAsExpected ? "as expected" : "UNEXPECTED "}  ${url ? (isAlike ? "alike    " : "DIFFERENT") : "-"}  ${name}`);
    if (!isAsExpected) console.log(`    expected ${JSON.stringify(expected[name])}`);
    if (!isAsExpected || !isAlike) console.log(`    embedded ${JSON.stringify(ours)}`);
    if (!isAlike) console.log(`    inngest  ${JSON.stringify(theirs)}`);
  }
  console.log(
    `\n${scenarios.length} scenarios, ${differences} differences${url ? ` from ${url}` : "; no Inngest server was named, so only the embedded engine was run"}`,
  );
} finally {
  for (const side of sides) await side.stop();
}
process.exit(differences === 0 ? 0 : 1);
