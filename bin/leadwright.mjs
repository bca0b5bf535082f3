#!/usr/bin/env node
// What npm start, npm test, npm run dev, admin, bench and eval call. Plain JavaScript on Node's built-ins, because it
// runs before anything is installed, on whatever Node the machine has.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { explain } from "./lib/explain.mjs";
import { continueOnPackagedNode, ensureBuilt, ensureGenerated, ensureInstalled, ROOT, runNode, Trouble } from "./lib/prepare.mjs";

const [verb = "", ...args] = process.argv.slice(2);
process.chdir(ROOT);

const verbs = {
  async start() {
    const part = args.find((word) => word !== "--");
    if (part) {
      await checkSettings();
      const { runPart } = await import("./lib/run-part.mjs");
      return runPart(part);
    }
    await ensureGenerated();
    await checkSettings();
    await ensureBuilt();
    const { supervise } = await import("./lib/supervise.mjs");
    return supervise({ mode: "production" });
  },
  async dev() {
    await ensureGenerated();
    await checkSettings();
    const { supervise } = await import("./lib/supervise.mjs");
    return supervise({ mode: "development" });
  },
  async test() {
    await ensureGenerated();
    const { runTests } = await import("./lib/test.mjs");
    return runTests(args);
  },
  async generate() {
    await ensureGenerated({ force: true });
    return 0;
  },
  async build() {
    await ensureGenerated();
    await ensureBuilt();
    return 0;
  },
  /** For hosts that start web by themselves: brings the database to this release, and says on demand what web is to connect with. */
  async migrate() {
    await ensureGenerated();
    await checkSettings();
    if (!process.env.DATABASE_URL) throw new Trouble("Set DATABASE_URL: the embedded database is migrated at each start.", 2);
    const { openDatabase } = await import("./lib/instance.mjs");
    const { env, applied } = await openDatabase();
    console.log(JSON.stringify({ applied: applied.length, ...(args.includes("--show-url") && { databaseUrl: env.DATABASE_URL }) }));
    return 0;
  },
  async admin() {
    await ensureGenerated();
    if (args.find((word) => word !== "--") === "rotate-keys") {
      const { rotateKeys } = await import("./lib/rotate-keys.mjs");
      return rotateKeys(args);
    }
    await checkSettings();
    const { withDatabase, withEmptyDatabase } = await import("./lib/instance.mjs");
    const open = args.find((word) => word !== "--") === "restore" ? withEmptyDatabase : withDatabase;
    return open((env) => runNode(["server/admin/main.ts", ...args], { env }));
  },
  bench: () => runScript("bench", "benchmark"),
  eval: () => runScript("bench", "evaluation", "eval-"),
  async conformance() {
    await ensureGenerated();
    return runNode(["bench/conformance.ts", ...args]);
  },
};

/** One module knows what each setting may be; a wrong one is said before anything is started. */
async function checkSettings() {
  try {
    await import("../server/core/env.ts");
  } catch (error) {
    throw new Trouble(error instanceof Error ? error.message : String(error), 2);
  }
}

async function runScript(folder, what, prefix = "") {
  const words = args[0] === "--" ? args.slice(1) : args;
  const name = words[0] ?? "";
  const file = join(folder, `${prefix}${name}.ts`);
  if (!/^[a-z-]+$/.test(name) || !existsSync(file)) throw new Trouble(`There is no ${what} named "${name}".`, 2);
  await ensureGenerated();
  return runNode([file, ...words.slice(1)]);
}

try {
  if (!Object.hasOwn(verbs, verb)) throw new Trouble(`Usage: leadwright ${Object.keys(verbs).join(" | ")}`, 2);
  await ensureInstalled();
  const elsewhere = await continueOnPackagedNode();
  process.exitCode = elsewhere ?? (await verbs[verb]()) ?? 0;
} catch (error) {
  const trouble = explain(error, { dataDir: process.env.DATA_DIR || ".data" });
  console.error(`\n${trouble.message}`);
  if (process.env.LOG_LEVEL === "debug") console.error(error);
  process.exitCode = trouble.exitCode;
}
