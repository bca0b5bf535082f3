#!/usr/bin/env node
// Prints the SQL between two states of the Prisma schema, by the WebAssembly build of Prisma's own schema engine:
// no downloaded binary and no database are needed.
//   node scripts/prisma-diff.mjs                       from nothing to prisma/schema
//   node scripts/prisma-diff.mjs --from <file|folder>  from another schema to prisma/schema
//   node scripts/prisma-diff.mjs --to <file|folder>    to another schema
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const fromAt = process.argv.indexOf("--from");
const toAt = process.argv.indexOf("--to");
const engine = await loadEngine();
const schemaEngine = await engine.SchemaEngine.new({ datamodels: undefined }, () => {}, offlineAdapter());
const { stdout } = await schemaEngine.diff({
  from: fromAt === -1 ? { tag: "empty" } : datamodel(process.argv[fromAt + 1]),
  to: datamodel(toAt === -1 ? "prisma/schema" : process.argv[toAt + 1]),
  script: true,
  shadowDatabaseUrl: null,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
});
process.stdout.write(stdout ?? "");

function datamodel(path) {
  const paths = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => name.endsWith(".prisma"))
        .sort()
        .map((name) => join(path, name))
    : [path];
  return { tag: "schemaDatamodel", files: paths.map((file) => ({ path: file, content: readFileSync(file, "utf8") })) };
}

async function loadEngine() {
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bindings = await import(pathToFileURL(file).href);
  const wasm = readFileSync(file.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) };
  return bindings;
}

/** The engine asks only for the server's version when it compares two schema files. */
function offlineAdapter() {
  const answer = { columnNames: ["version"], columnTypes: [7], rows: [["PostgreSQL 18.0"]] };
  const settled = (value) => ({ ok: true, value, map: (f) => settled(f(value)), flatMap: (f) => f(value) });
  const offline = async () => {
    throw new Error("no database is connected");
  };
  const connection = {
    provider: "postgres",
    adapterName: "offline",
    errorRegistry: { consumeError: () => undefined },
    queryRaw: async () => settled(answer),
    executeRaw: async () => settled(0),
    executeScript: async () => settled(undefined),
    startTransaction: offline,
    dispose: async () => settled(undefined),
    getConnectionInfo: () => settled({ schemaName: "public", supportsRelationJoins: true }),
  };
  const connect = async () => settled(connection);
  return {
    provider: "postgres",
    adapterName: "offline",
    errorRegistry: { consumeError: () => undefined },
    connect,
    connectToShadowDb: connect,
  };
}
