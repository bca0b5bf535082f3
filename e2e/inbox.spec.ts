import type { Locator, Page } from "playwright/test";
import { baseUrl, type E2eWorkspace, expect, test } from "./fixtures.ts";

test("what comes while the inbox is read waits until it is asked for", async ({ page, sandbox }) => {
  await pass(sandbox, { days: 2 });
  await page.goto(`${baseUrl()}/inbox?view=all`);
  const replies = page.getByRole("region", { name: "Replies" }).getByRole("listitem");
  const newest = replies.first().locator("bdi").first();
  const before = (await newest.textContent()) ?? "";
  const known = await replies.count();
  await pass(sandbox, { days: 3 });
  const line = await waitingLine(page);
  await expect(newest).toHaveText(before);
  await expect(replies).toHaveCount(known);
  const waiting = Number.parseInt((await line.textContent()) ?? "", 10);
  await line.click();
  await expect(line).toBeHidden();
  await expect(replies).toHaveCount(known + waiting);
  await expect(newest).not.toHaveText(before);
});

test("answers that come while the day is read wait above what stood there", async ({ page, sandbox }) => {
  await pass(sandbox, { hours: 1 });
  await page.goto(`${baseUrl()}/today`);
  const things = page.locator("[data-today]");
  await expect(things.first()).toBeVisible();
  const keys = () => things.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-today")));
  const stood = await keys();
  await pass(sandbox, { hours: 6 });
  const line = await waitingLine(page);
  const waiting = Number.parseInt((await line.textContent()) ?? "", 10);
  const stands = await keys();
  expect(stands.slice(0, stood.length)).toEqual(stood);
  await line.click();
  await expect(line).toBeHidden();
  await expect(things).toHaveCount(stands.length + waiting);
  expect((await keys()).slice(0, stood.length)).not.toEqual(stood);
});

/** Both pages look again every half minute, and at once when somebody comes back to them. */
async function waitingLine(page: Page): Promise<Locator> {
  const line = page.getByRole("button", { name: /\d+ new, show/ });
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
    await expect(line).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
  return line;
}

/** From Monday 09:00: the first answers come that afternoon, more on Tuesday and Friday, none at the weekend. */
async function pass(workspace: E2eWorkspace, time: { hours: number } | { days: number }): Promise<void> {
  expect((await workspace.rest("POST", "/sandbox/run", { ...time, start: true })).status).toBe(200);
}
