import { env } from "./env.ts";

/**
 * Where a test may let the process die, by name: `FAIL_POINT=relay.handed-over`, or `FAIL_POINT=relay.handed-over:3`
 * for the third time it is passed. Without the variable this is one comparison.
 */
export function failPoint(name: string): void {
  if (target === undefined || target.name !== name) return;
  target.passes -= 1;
  if (target.passes <= 0) process.kill(process.pid, "SIGKILL");
}

const target = readTarget(env.FAIL_POINT);

function readTarget(value: string | undefined): { name: string; passes: number } | undefined {
  if (!value) return undefined;
  const [name = "", passes = "1"] = value.split(":");
  return { name, passes: Number(passes) };
}
