import { baseUrl, expect, test } from "./fixtures.ts";

test("long work is in the activity tray, also after a reload, and can be stopped there", async ({ page, sandbox }) => {
  test.setTimeout(120_000);
  expect((await sandbox.rest("POST", "/sandbox/run", { hours: 1, start: true })).status).toBe(200);
  const running = page.getByRole("button", { name: "Activity: 1 running" });
  await page.goto(`${baseUrl()}/today`);
  await page.getByRole("button", { name: "Run 30 days" }).click();
  await expect(running).toBeVisible();

  await page.reload();
  await running.click();
  const work = page.getByRole("dialog").filter({ hasText: "30 days pass" });
  await expect(work.getByRole("progressbar")).toBeVisible();
  await expect(work).toContainText(/30 days pass · \d+ of 720/);
  await work.getByRole("button", { name: "Cancel" }).click();
  await expect(work).toContainText("Cancelled");
  await expect(page.getByRole("button", { name: "Activity", exact: true })).toBeVisible();

  await page.reload();
  await page.getByRole("button", { name: "Activity", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("30 days pass");
});
