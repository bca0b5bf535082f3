import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** A fresh clone knows no durations: left to itself, the longest would begin last and be waited for with one core idle. */
const LONGEST = ["plans", "kill", "crash", "crash-flow", "visibility", "canary", "rest-fuzz", "sandbox", "erase-lead", "sealed-sandbox"];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.int.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    // A half-hour zone, so that code which leans on the machine's own zone shows.
    env: { TZ: "Asia/Kolkata", NODE_ENV: "test" },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["server/**/*.test.ts", "components/**/*.test.{ts,tsx}", "bin/**/*.test.ts"],
          exclude: ["**/*.int.test.ts"],
          // They hold no connection and no state of the process: what they import is read once per worker, not once per file.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["server/**/*.int.test.ts"],
          globalSetup: ["server/testing/cluster.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 4,
        },
      },
      {
        extends: true,
        test: {
          // What keeps tenants apart, and what changes the schema, on Debian's Postgres and owned by a user that is no superuser.
          name: "postgres-15",
          include: [
            "server/core/*.int.test.ts",
            "server/upkeep/*.int.test.ts",
            "server/backup/*.int.test.ts",
            "server/testing/*.int.test.ts",
          ],
          // How lists are read is a question to the planner of the Postgres that we bring along.
          exclude: ["server/testing/plans.int.test.ts"],
          globalSetup: ["server/testing/cluster-15.ts"],
          testTimeout: 60_000,
          hookTimeout: 90_000,
          maxWorkers: 4,
        },
      },
    ],
  },
});
