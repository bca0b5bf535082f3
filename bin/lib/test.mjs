// npm test: every gate, one after the other, then one line with the sum.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { ensureChromium } from "./chromium.mjs";
import { ensureBuilt, ROOT, run } from "./prepare.mjs";

/** Tests start hundreds of processes that load the same modules: compiled by the first, they are read from here by the others. */
const COMPILED = { NODE_COMPILE_CACHE: join(ROOT, "node_modules/.cache/compiled") };

const bin = (name) => join("node_modules/.bin", name);

export async function runTests(args) {
  const only = args.filter((word) => !word.startsWith("-"));
  const sum = { passed: 0, failed: 0 };
  const broken = [];
  const stages = {
    format: () => gate(bin("biome"), ["check", "."]),
    types: () => gate(bin("tsc"), ["--noEmit"]),
    boundaries: () => gate(process.execPath, ["scripts/check-boundaries.mjs"]),
    unused: () => gate(bin("knip"), []),
    advisories: () => gate(process.execPath, ["scripts/check-advisories.mjs"]),
    unit: () => vitest("unit"),
    integration: () => vitest("integration"),
    "postgres-15": async () => {
      if (existsSync("/usr/lib/postgresql/15/bin/postgres")) return vitest("postgres-15");
      console.log("Debian's Postgres 15 is not installed here: isolation and migrations were tested on the embedded one only.");
      return { passed: 0, failed: 0 };
    },
    build: async () => {
      await ensureBuilt();
      return { passed: 1, failed: 0 };
    },
    e2e: () => playwright(),
  };
  for (const [name, stage] of Object.entries(stages)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const began = Date.now();
    console.log(`\n── ${name}`);
    const { passed, failed, names } = await stage().catch((error) => {
      console.error(error.message ?? error);
      return { passed: 0, failed: 1 };
    });
    sum.passed += passed;
    sum.failed += failed;
    if (failed > 0) broken.push(...(names?.length ? names : ["failed as a whole"]).map((one) => `${name}: ${one}`));
    console.log(`── ${name}: ${passed} passed, ${failed} failed, ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
  // Thousands of lines lie between a failure and the end: what is wrong is said once more, where people look.
  if (broken.length > 0) console.log(`\n${broken.join("\n\n")}`);
  console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed > 0 ? 1 : 0;
}

async function gate(command, args) {
  const { code } = await run(command, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function vitest(project) {
  const report = join(tmpdir(), `leadwright-${project}-${process.pid}.json`);
  const words = ["run", "--project", project, "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  const { code } = await run(bin("vitest"), words, { env: COMPILED });
  const counted = readReport(report, (json) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests + failedSuites(json).length,
    names: [...failedSuites(json).map((file) => saidOf(file.name, [file.message])), ...failedTests(json)],
  }));
  // A run that broke without a failed test is a failure all the same.
  return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

const failedSuites = (json) => json.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);

const failedTests = (json) =>
  json.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => test.status === "failed")
      .map((test) => saidOf(`${relative(ROOT, file.name)} › ${test.fullName}`, test.failureMessages)),
  );

/** A name and the first lines of what was wrong. */
function saidOf(name, messages) {
  const ours = messages
    .join("\n")
    .split("\n")
    .filter((line) => !/node_modules|new Promise \(<anonymous>\)/.test(line));
  return [name, ...ours.slice(0, 12).map((line) => `    ${line.slice(0, 300)}`)].join("\n");
}

async function playwright() {
  const chromium = await ensureChromium();
  const report = join(tmpdir(), `leadwright-e2e-${process.pid}.json`);
  const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const { code } = await run(
    process.execPath,
    ["node_modules/playwright/cli.js", "test", "-c", "e2e/playwright.config.ts", "--reporter=line,json"],
    { env },
  );
  const counted = readReport(report, ({ stats, suites, errors }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    names: [...suites.flatMap(failedSpecs), ...errors.map((error) => saidOf("before any test", [error.message ?? ""]))],
  }));
  return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

const failedSpecs = (suite) => [
  ...(suite.suites ?? []).flatMap(failedSpecs),
  ...(suite.specs ?? [])
    .filter((spec) => !spec.ok)
    .map((spec) => {
      const results = spec.tests.flatMap((test) => test.results);
      return saidOf(`${spec.file} › ${spec.title}`, results.at(-1)?.errors.map((error) => error.message ?? "") ?? []);
    }),
];

function readReport(file, count) {
  try {
    return count(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(file, { force: true });
  }
}
