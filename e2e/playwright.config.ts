import { defineConfig } from "playwright/test";

const chromium = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  globalSetup: "./start-product.ts",
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  retries: 0,
  projects: [
    // The claim link works once, and whoever is first claims.
    { name: "claim", testMatch: "claim.setup.ts" },
    // The longest journey begins first, so that it ends with the others.
    { name: "first-run", testMatch: "first-run.spec.ts", dependencies: ["claim"] },
    { name: "rooms", testMatch: "*.spec.ts", testIgnore: ["first-run.spec.ts", "logs.spec.ts"], dependencies: ["claim"] },
    // Reads what all the others left in the log.
    { name: "logs", testMatch: "logs.spec.ts", dependencies: ["first-run", "rooms"] },
  ],
  use: {
    actionTimeout: 20_000,
    locale: "en-GB",
    timezoneId: "Asia/Kolkata",
    viewport: { width: 1280, height: 800 },
    // Without its film: painting and packing a picture for every frame is work that both cores need for the product.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: {
      ...(chromium && { executablePath: chromium }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
