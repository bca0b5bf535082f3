// The web server as two processes that share one port, where the machine has two cores or more: rendering a page is work for one core,
// and a second one would only watch. They keep nothing in memory that the other must know (limits, sessions and runs are in Postgres).
import cluster from "node:cluster";
import { availableParallelism } from "node:os";
import { WEB_FLAGS } from "./web-flags.mjs";

const AT_MOST = 2;
const [port] = process.argv.slice(2);
let isStopping = false;

cluster.setupPrimary({
  exec: "node_modules/next/dist/bin/next",
  args: ["start", "-p", port],
  execArgv: [...WEB_FLAGS, "--import", "./bin/lib/end-with-parent.mjs", "--import", "./bin/lib/web-requests.mjs"],
});

function begin() {
  const began = Date.now();
  const child = cluster.fork({ LEADWRIGHT_SUPERVISOR: String(process.pid) });
  child.process.once("exit", (code, signal) => {
    const isLast = Object.keys(cluster.workers).length <= 1;
    if (isStopping) return isLast && process.exit(0);
    // One that cannot even start is the supervisor's to say and to try again.
    if (Date.now() - began < 5_000) process.exit(code || 1);
    console.error(`A web process ended (${signal ?? code}); starting it again.`);
    begin();
  });
  return child;
}

// The second one starts when the first one answers, so that the first page is not later than it was.
begin().once("listening", () => {
  const more = Math.min(AT_MOST, availableParallelism()) - 1;
  for (let each = 0; each < more; each++) begin();
});

process.on("SIGTERM", () => {
  isStopping = true;
  for (const child of Object.values(cluster.workers)) child.process.kill("SIGTERM");
});
