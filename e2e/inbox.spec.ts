import type { Locator, Page } from "playwright/test";
import { baseUrl, type E2eWorkspace, expect, test } from "./fixtures.ts";

test("what comes while the inbox or the day is read waits until it is asked for", async ({ page, context, sandbox }) => {
  test.setTimeout(120_000);
  await days(sandbox, 2);
  await page.goto(`${baseUrl()}/inbox?view=all`);
  const replies = page.getByRole("region", { name: "Replies" }).getByRole("listitem");
  const newest = replies.first().locator("bdi").first();
  const before = (await newest.textContent()) ?? "";
  const known = await replies.count();
  const day = await context.newPage();
  await day.goto(`${baseUrl()}/today`);
  const things = day.locator("[data-today]");
  await expect(things.first()).toBeVisible();
  const keys = () => things.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-today")));
  const stood = await keys();
  await days(sandbox, 3);
  const line = await waitingLine(page);
  await expect(newest).toHaveText(before);
  await expect(replies).toHaveCount(known);
  const waiting = Number.parseInt((await line.textContent()) ?? "", 10);
  await line.click();
  await expect(line).toBeHidden();
  await expect(replies).toHaveCount(known + waiting);
  await expect(newest).not.toHaveText(before);

  const dayLine = await waitingLine(day);
  const stands = await keys();
  const kept = stood.filter((key) => stands.includes(key));
  expect(stands.slice(0, kept.length)).toEqual(kept);
  await dayLine.click();
  await expect(dayLine).toBeHidden();
  expect((await keys()).slice(0, kept.length)).not.toEqual(kept);
});

/** Both pages look again every half minute, and at once when somebody comes back to them. */
async function waitingLine(page: Page): Promise<Locator> {
  const line = page.getByRole("button", { name: /\d+ new, show/ });
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
    await expect(line).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 45_000 });
  return line;
}

/** From a Monday morning: Tuesday and Friday bring answers, a weekend brings none. */
async function days(workspace: E2eWorkspace, count: number): Promise<void> {
  expect((await workspace.rest("POST", "/sandbox/run", { days: count, start: true })).status).toBe(200);
}
