import { type Page, test } from "playwright/test";
import { axeFindings, baseUrl, claimer, expect } from "./fixtures.ts";

// The ten minutes of a newcomer, reading only the screens: from the two doors to the week's numbers and a live workspace.
test.describe.configure({ timeout: 240_000 });
test.use({ storageState: claimer() });

const bar = (page: Page) => page.getByRole("region", { name: "Pretend workspace" });

/** Presses a button of the clock and waits until the time has passed. */
async function pass(page: Page, button: string): Promise<void> {
  await bar(page).getByRole("button", { name: button }).click();
  await expect(bar(page).getByText(/Time passes/)).toBeVisible();
  await expect(bar(page).getByText(/Time passes/)).toBeHidden({ timeout: 120_000 });
}

test("a newcomer's first ten minutes", async ({ page }) => {
  await test.step("takes the pretend people door", async () => {
    await page.goto(`${baseUrl()}/start`);
    await page.getByRole("button", { name: "Try it" }).click();
    await expect(page.getByRole("heading", { name: "Today", level: 1 })).toBeVisible();
    await expect(bar(page)).toContainText("Load the sample list");
    await expect(bar(page)).toContainText("Mon 2 Mar");
  });

  await test.step("imports the sample list, seeing first what it would do", async () => {
    await bar(page).getByRole("button", { name: "Load the sample list" }).click();
    await expect(page.getByText("Nothing has been written yet.")).toBeVisible();
    await expect(page.getByText("repeat a row of this file: joined")).toBeVisible();
    await expect(page.getByText("row has an error")).toBeVisible();
    await page.getByRole("button", { name: "Import 40" }).click();
    await expect(page.getByRole("button", { name: "Undo this import" })).toBeVisible();
  });

  await test.step("sees why Nadia is an A", async () => {
    await expect(bar(page)).toContainText("why Nadia Rossi is an A");
    await bar(page)
      .getByRole("link", { name: /Nadia Rossi/ })
      .click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Nadia Rossi");
    await expect(page.getByText("Title is finance leader").first()).toBeVisible();
    await bar(page).getByRole("button", { name: "Next" }).click();
  });

  await test.step("adds everybody to First touch and starts it", async () => {
    await page.goto(`${baseUrl()}/campaigns`);
    await page.getByRole("main").getByText("First touch", { exact: true }).click();
    await page
      .getByRole("main")
      .getByRole("link", { name: /^People/ })
      .first()
      .click();
    await page.getByRole("button", { name: "Add people" }).first().click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("Who").fill("All free");
    await page.getByRole("option", { name: "All free people" }).click();
    await sheet.getByRole("button", { name: /^Add 40 people/ }).click();
    await expect(page.getByText(/Added 40 people to First touch/)).toBeVisible();
    await page.getByRole("button", { name: "Start campaign" }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Start: 40 people, first mail/ })
      .click();
    await expect(page.getByText(/Started First touch with 40 people/)).toBeVisible();
  });

  await test.step("reads drafts whose every sentence has a source", async () => {
    await page.goto(`${baseUrl()}/campaigns/drafts`);
    await expect(page.getByRole("heading", { name: "Drafts", level: 1 })).toBeVisible();
    const approve = page.getByRole("button", { name: /^Approve \d+ that pass/ });
    await expect(approve).toBeVisible({ timeout: 60_000 });
    await approve.click();
    const dialog = page.getByRole("dialog");
    const last = dialog.getByRole("button", { name: /^Approve \d+ mails/ });
    for (let opened = 0; opened < 6 && !(await last.isVisible()); opened++)
      await dialog.getByRole("button", { name: /^Next: |^Done reading/ }).click();
    await last.click();
    await expect(page.getByText(/^Approved \d+/)).toBeVisible();
  });

  await test.step("lets a day pass: Sofia waits for its public holiday", async () => {
    await pass(page, "+1 day");
    await page.goto(`${baseUrl()}/leads`);
    await expect(page.getByRole("row", { name: /Ivan Petrov/ })).toContainText("next Wed");
  });

  await test.step("finds answers understood in the inbox", async () => {
    await page.goto(`${baseUrl()}/inbox`);
    const nadia = page.getByText("Nadia Rossi").first();
    await expect(nadia).toBeVisible();
    await nadia.click();
    await expect(page.getByText("Can you do Tuesday at 3?").first()).toBeVisible();
    await expect(page.getByText(/Stopped First touch/).first()).toBeVisible();
    await page.getByRole("button", { name: /^Send answer/ }).click();
    await expect(page.getByText("The answer leaves in 10 seconds.")).toBeVisible();
    await pass(page, "+1 hour");
    await page.goto(`${baseUrl()}/meetings`);
    await expect(page.getByText("Nadia Rossi").first()).toBeVisible();
    await page.goto(`${baseUrl()}/deals`);
    await expect(page.getByText("Norvale").first()).toBeVisible();
  });

  await test.step("runs a month, and every number of the week opens its rows", async () => {
    await pass(page, "Run 30 days");
    await page.goto(`${baseUrl()}/reports?from=2020-01-06`);
    await expect(page.getByText("Nothing happened in this week. The last mail left in the week of")).toBeVisible();
    await page.getByRole("button", { name: "Show that week" }).click();
    await expect(page.getByText("Nothing happened in this week.")).toBeHidden();
    await expect(
      page
        .locator("dl")
        .getByRole("link")
        .filter({ hasText: /^[1-9]/ }),
    ).not.toHaveCount(0);
    await expect(bar(page)).toContainText("Make it real");
  });

  await test.step("makes it real: no person comes along", async () => {
    await bar(page).getByRole("button", { name: "Make it real" }).click();
    await page.getByLabel("Name of your company").fill("Acme");
    await page.getByRole("button", { name: "Open the live workspace" }).click();
    await expect(page.getByText("Get ready to send")).toBeVisible();
    await page.goto(`${baseUrl()}/leads`);
    await expect(page.getByText("People you import, find or receive from your CRM appear here.")).toBeVisible();
    await page.goto(`${baseUrl()}/campaigns`);
    await expect(page.getByText("First touch")).toBeVisible();
  });

  await test.step("runs the instance: whoever claimed it sees its health, and nobody's rows", async () => {
    for (const path of ["/settings/instance", "/settings/jobs/engine"]) {
      await page.goto(`${baseUrl()}${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("status", { name: /./ })).toHaveCount(0);
      expect(await axeFindings(page), path).toEqual([]);
    }
    await expect(page.getByRole("main")).not.toContainText("Nadia Rossi");
  });
});
