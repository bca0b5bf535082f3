#!/usr/bin/env node
// Warns about known advisories of what we depend on. A high or critical one fails only when it was known for 14 days
// and docs/advisories.json has no entry { id, reason, expires } for it that is still good.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const PATIENCE_MS = 14 * 24 * 3600 * 1000;
const SEEN = ".cache/advisories-seen.json";
const entries = existsSync("docs/advisories.json") ? JSON.parse(readFileSync("docs/advisories.json", "utf8")) : [];
const today = new Date().toISOString().slice(0, 10);

const audit = spawnSync("npm", ["audit", "--json", "--omit=dev"], { encoding: "utf8", timeout: 60_000 });
let report;
try {
  report = JSON.parse(audit.stdout);
} catch {
  report = { error: {} };
}
if (report.error || !report.vulnerabilities) {
  console.log("The registry's advisories could not be read; nothing was checked.");
  process.exit(0);
}

const advisories = new Map();
for (const { via } of Object.values(report.vulnerabilities)) {
  for (const cause of via) if (typeof cause === "object") advisories.set(cause.url?.split("/").at(-1) ?? String(cause.source), cause);
}
const seen = existsSync(SEEN) ? JSON.parse(readFileSync(SEEN, "utf8")) : {};
let failed = false;
for (const [id, { severity, title, name }] of advisories) {
  seen[id] ??= new Date().toISOString();
  const entry = entries.find((each) => each.id === id && each.expires >= today);
  const isOld = Date.now() - new Date(entries.find((each) => each.id === id)?.seen ?? seen[id]).getTime() > PATIENCE_MS;
  const isGrave = severity === "high" || severity === "critical";
  console.log(`${severity}: ${name}: ${title} (${id})${entry ? `, accepted until ${entry.expires}: ${entry.reason}` : ""}`);
  if (isGrave && !entry && isOld) failed = true;
}
mkdirSync(".cache", { recursive: true });
writeFileSync(SEEN, JSON.stringify(seen));
console.log(`${advisories.size} advisories`);
process.exit(failed ? 1 : 0);
