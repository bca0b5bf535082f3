import type { Page } from "playwright/test";
import { baseUrl, expect, test } from "./fixtures.ts";

/** Opens a page as the server drew it: its scripts wait until the answer is called. */
async function notYetAlive(page: Page, path: string): Promise<() => void> {
  const gate = Promise.withResolvers<void>();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await gate.promise;
    await route.continue();
  });
  await page.goto(`${baseUrl()}${path}`, { waitUntil: "commit" });
  return gate.resolve;
}

test("a file that was chosen before the page came alive is taken", async ({ page, live }) => {
  expect(live.slug).not.toBe("");
  const wake = await notYetAlive(page, "/leads/import");
  const field = page.locator("input[type=file]");
  await field.waitFor({ state: "attached" });
  await field.setInputFiles({
    name: "q1-finance.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("Name;E-mail;Company\nPerson 1;one@norvale.example;Norvale\n"),
  });
  wake();
  await expect(page.getByRole("button", { name: "Import 1 person" })).toBeEnabled();
  await expect(page.getByText("q1-finance.csv")).toBeVisible();
});

test("a button that was pressed before the page came alive does what it says, once", async ({ page, live }) => {
  expect(live.slug).not.toBe("");
  const wake = await notYetAlive(page, "/settings/team");
  const button = page.getByRole("button", { name: "Invite a person" });
  for (const _press of [1, 2, 3]) await button.click();
  const sheet = page.getByRole("dialog", { name: "Invite a person" });
  await expect(sheet).toBeHidden();
  wake();
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
});

test("a press is kept while another part of the page has not come", async ({ page, live }) => {
  expect(live.slug).not.toBe("");
  const gate = Promise.withResolvers<void>();
  let isHeld = false;
  await page.route("**/_next/static/**/*.js", async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    if (script.includes("Change the password")) {
      isHeld = true;
      await gate.promise;
    }
    await route.fulfill({ response, body: script });
  });
  await page.goto(`${baseUrl()}/settings/signing-in`, { waitUntil: "commit" });
  const button = page.getByRole("button", { name: "Set up the second step" });
  await expect.poll(() => button.evaluate((element) => Object.keys(element).some((key) => key.startsWith("__reactProps")))).toBe(true);
  await button.click();
  expect(isHeld).toBe(true);
  await expect(page.getByRole("textbox", { name: "Key for the app" })).toBeHidden();
  gate.resolve();
  await expect(page.getByRole("textbox", { name: "Key for the app" })).toBeVisible();
});
