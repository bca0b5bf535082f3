#!/usr/bin/env node
// Runs the import rules as errors, and fails when fewer modules were read than source files exist: under typescript 7
// the cruiser silently reads nothing unless it parses with swc.
import { readdirSync } from "node:fs";
import { cruise } from "dependency-cruiser";
import config from "../.dependency-cruiser.mjs";

const roots = ["app", "components", "server", "e2e", "bench"];
const sources = roots.flatMap((root) => list(root)).filter((path) => /\.tsx?$/.test(path) && !path.startsWith("server/generated/"));
const { output } = await cruise(roots, {
  ...config.options,
  ruleSet: { forbidden: config.forbidden },
  validate: true,
  exclude: { path: "^server/generated/" },
});
const read = new Set(output.modules.map((module) => module.source));
const unread = sources.filter((path) => !read.has(path));
for (const { rule, from, to } of output.summary.violations) {
  const comment = config.forbidden.find((each) => each.name === rule.name)?.comment ?? "";
  console.error(`${rule.name}: ${from} → ${to}\n  ${comment}`);
}
if (unread.length > 0) console.error(`${unread.length} source files were not read, the first is ${unread[0]}`);
console.log(`${read.size} modules read, ${output.summary.violations.length} broken rules`);
process.exitCode = output.summary.violations.length > 0 || unread.length > 0 ? 1 : 0;

function list(root) {
  try {
    return readdirSync(root, { recursive: true, encoding: "utf8" }).map((path) => `${root}/${path}`);
  } catch {
    return [];
  }
}
