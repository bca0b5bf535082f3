import { baseUrl, type E2eWorkspace, expect, test } from "./fixtures.ts";

test("an answer that comes while the inbox is read waits until it is asked for", async ({ page, sandbox }) => {
  test.setTimeout(120_000);
  await days(sandbox, 2);
  await page.goto(`${baseUrl()}/inbox?view=all`);
  const replies = page.getByRole("region", { name: "Replies" }).getByRole("listitem");
  const newest = replies.first().locator("bdi").first();
  const before = (await newest.textContent()) ?? "";
  const known = await replies.count();
  await days(sandbox, 3);
  const line = page.getByRole("button", { name: /\d+ new, show/ });
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
    await expect(line).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 45_000 });
  await expect(newest).toHaveText(before);
  await expect(replies).toHaveCount(known);
  const waiting = Number.parseInt((await line.textContent()) ?? "", 10);
  await line.click();
  await expect(line).toBeHidden();
  await expect(replies).toHaveCount(known + waiting);
  await expect(newest).not.toHaveText(before);
});

/** From a Monday morning: Tuesday and Friday bring answers, a weekend brings none. */
async function days(workspace: E2eWorkspace, count: number): Promise<void> {
  expect((await workspace.rest("POST", "/sandbox/run", { days: count, start: true })).status).toBe(200);
}
