// The browser of the end-to-end tests: the system's, else Debian's package, else Playwright's own.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run, step, Trouble } from "./prepare.mjs";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** @returns the path of a Chromium, installing one where that is possible; "" when Playwright has its own. */
export async function ensureChromium() {
  const found = [process.env.CHROMIUM_PATH, ...PLACES].find((path) => path && existsSync(path));
  if (found) return found;
  return step("Installing Chromium", async () => {
    if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
      await run("apt-get", ["update", "-qq"], { quiet: true });
      const { code, output } = await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
        quiet: true,
        env: { DEBIAN_FRONTEND: "noninteractive" },
      });
      if (code === 0 && existsSync(PLACES[0])) return PLACES[0];
      console.error(output.trim().split("\n").slice(-3).join("\n"));
    }
    const { code } = await run(process.execPath, [join(ROOT, "node_modules/playwright/cli.js"), "install", "chromium"], { quiet: true });
    if (code === 0) return "";
    throw new Trouble("The end-to-end tests need Chromium: install it (Debian: apt-get install chromium), or set CHROMIUM_PATH.");
  });
}
