import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, it } from "vitest";

const SHARED_FOLDERS = /^server\/(core|trpc|jobs|auth|providers|generated|testing|admin)\//;
const VOCABULARY = ["schema", "constants", "queries", "commands", "router", "jobs"].map((name) => `${name}.ts`);
const BANNED = /(^|[-/])(utils?|helpers?)(\.|-|\/|$)|(^|\/)(common|managers?|info|process)(\.|\/|$)/;
const MAX_LINES = 300;

const sources = ["app", "components", "server", "e2e", "bench"]
  .flatMap((root) => readdirSync(root, { recursive: true, encoding: "utf8" }).map((path) => `${root}/${path}`))
  .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("server/generated/"));
const product = sources.filter((path) => /^(app|components|server)\//.test(path) && !/\.test\.tsx?$|\/testing\//.test(path));

it("keeps product folders to the agreed file names", () => {
  const strays = sources
    .filter((file) => /^server\/[^/]+\/[^/]+$/.test(file) && !SHARED_FOLDERS.test(file))
    .filter((file) => !VOCABULARY.includes(basename(file)) && !file.endsWith(".test.ts"));
  expect(strays, "decisions go in domain/, vendors in providers/, see docs/architecture.md").toEqual([]);
});

it(`keeps every file under ${MAX_LINES} lines`, () => {
  const long = sources.filter((file) => readFileSync(file, "utf8").split("\n").length > MAX_LINES);
  expect(long, "split by idea, not by size").toEqual([]);
});

it("names files for what they are", () => {
  expect(
    sources.filter((file) => BANNED.test(file)),
    "name the thing, not its kind",
  ).toEqual([]);
  expect(
    sources.filter((file) => /[A-Z_]/.test(basename(file))),
    "kebab-case",
  ).toEqual([]);
});

it("asks the workspace's clock, never the machine's, in domain code", () => {
  const impure = product.filter(
    (file) => file.includes("/domain/") && /new Date\(\)|Date\.now\(\)|Math\.random\(\)|\bawait\b|process\.env/.test(code(file)),
  );
  expect(impure, "time, dice and ids arrive as arguments").toEqual([]);
});

it("writes no database time into tenant tables", () => {
  const schemas = readdirSync("prisma/schema").filter((file) => !["workspace.prisma", "record.prisma"].includes(file));
  const withDefaults = schemas.filter((file) => /@default\(now\(\)\)|@updatedAt/.test(readFileSync(`prisma/schema/${file}`, "utf8")));
  expect(withDefaults, "use tx.now").toEqual([]);
});

it("caches no tenant data", () => {
  const cached = product.filter((file) => /unstable_cache|["']use cache["']|cacheLife|revalidateTag/.test(code(file)));
  expect(cached, "workspace pages are dynamic; the database is the cache").toEqual([]);
});

function code(file: string): string {
  return readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}
