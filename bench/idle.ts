import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { freePort } from "../bin/lib/postgres.mjs";
import { scratchFolder } from "../bin/lib/scratch.mjs";

// What an idle instance costs: the processor time of the supervisor and all that it started (Postgres, web, worker), over a
// minute in which nobody asks for anything, as a share of one core. From /proc, so on Linux only.
const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== "--"),
  options: { json: { type: "boolean" }, seconds: { type: "string", default: "60" }, settle: { type: "string", default: "45" } },
});
const SECONDS = Number(values.seconds);
const SETTLE = Number(values.settle);
const TICKS_A_SECOND = 100;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type Process = { pid: number; parent: number; name: string; ticks: number };

/** utime, stime, and those of the children that have ended and were waited for. */
function processes(): Process[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((entry) => {
      try {
        const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
        const name = readFileSync(`/proc/${entry}/cmdline`, "utf8").split("\0").filter(Boolean).join(" ").slice(0, 80);
        return [{ pid: Number(entry), parent: Number(fields[1]), name, ticks }];
      } catch {
        return []; // It has ended meanwhile.
      }
    });
}

function treeOf(root: number): Map<number, Process> {
  const all = processes();
  const tree = new Map<number, Process>();
  const add = (pid: number): void => {
    const found = all.find((one) => one.pid === pid);
    if (found) tree.set(pid, found);
    for (const child of all.filter((one) => one.parent === pid)) add(child.pid);
  };
  add(root);
  return tree;
}

const dataDir = scratchFolder("idle");
const env = { ...process.env, DATA_DIR: dataDir, PORT: String(await freePort()), DATABASE_URL: "", LOG_LEVEL: "warn" };
const product = spawn(process.execPath, ["bin/leadwright.mjs", "start"], { env, stdio: ["ignore", "pipe", "inherit"] });
const ended = new Promise((resolve) => product.once("exit", resolve));
try {
  await new Promise<void>((resolve, reject) => {
    product.once("exit", (code) => reject(new Error(`The product ended with ${code}.`)));
    product.stdout.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("claim?token=")) resolve();
    });
  });
  const words = [
    "create-workspace",
    "--name",
    "Idle",
    "--owner-email",
    "ines@acme.example",
    "--owner-password",
    "correct horse battery",
    "--json",
  ];
  await new Promise((resolve) =>
    spawn(process.execPath, ["bin/leadwright.mjs", "admin", ...words], { env, stdio: "ignore" }).once("exit", resolve),
  );
  await pause(SETTLE * 1_000);

  const before = treeOf(product.pid ?? 0);
  const began = performance.now();
  await pause(SECONDS * 1_000);
  const seconds = (performance.now() - began) / 1_000;
  const after = treeOf(product.pid ?? 0);
  const share = (ticks: number): number => Math.round(((ticks / TICKS_A_SECOND / seconds) * 100 + Number.EPSILON) * 100) / 100;
  const parts = [...after.values()]
    .map((one) => ({ name: one.name, percent: share(one.ticks - (before.get(one.pid)?.ticks ?? 0)) }))
    .filter((one) => one.percent > 0)
    .sort((a, b) => b.percent - a.percent);
  const total =
    [...after.values()].reduce((sum, one) => sum + one.ticks, 0) - [...before.values()].reduce((sum, one) => sum + one.ticks, 0);
  if (!values.json) for (const part of parts) console.log(`${part.percent.toFixed(2).padStart(6)} %  ${part.name}`);
  const ours = { percentOfOneCore: share(total), processes: after.size };
  console.log(
    JSON.stringify({ name: "idle", ours, target: { percentOfOneCore: 2 }, seconds: Math.round(seconds), cores: availableParallelism() }),
  );
} finally {
  product.kill("SIGTERM");
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
}
