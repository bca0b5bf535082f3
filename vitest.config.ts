import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    // A half-hour zone, so that code which leans on the machine's own zone shows.
    env: { TZ: "Asia/Kolkata", NODE_ENV: "test" },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["server/**/*.test.ts", "components/**/*.test.{ts,tsx}", "bin/**/*.test.ts"],
          exclude: ["**/*.int.test.ts"],
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
