import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "playwright/test";
import { claimer, expect, PASSWORD } from "./fixtures.ts";

const claimLink = () => process.env.E2E_CLAIM_LINK ?? readFileSync(join(process.env.E2E_DATA_DIR ?? "", "e2e-claim-link"), "utf8");

test("a newcomer claims the instance with the link that was printed", async ({ page }) => {
  await page.goto(claimLink());
  await page.getByLabel("Your name").fill("Ines Prado");
  await page.getByLabel("E-mail").fill("ines@acme.example");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Claim this Leadwright" }).click();
  await expect(page.getByRole("heading", { name: "How do you want to start?" })).toBeVisible();
  await page.context().storageState({ path: claimer() });
});
