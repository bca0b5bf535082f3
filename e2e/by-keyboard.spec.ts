import type { Page } from "playwright/test";
import { baseUrl, expect, test } from "./fixtures.ts";
import { alive, focusIsKept, jump, press, reach } from "./keys.ts";

const bar = (page: Page) => page.getByRole("region", { name: "Pretend workspace" });

// From a list of people to a meeting that was held, and nobody touches a mouse: there is no click in this file.
test("the whole job by keyboard", async ({ page, sandbox }) => {
  test.setTimeout(180_000);
  expect(sandbox.slug).not.toBe("");
  const dialog = page.getByRole("dialog");

  await test.step("imports", async () => {
    await page.goto(`${baseUrl()}/today`);
    await alive(page);
    await press(page, bar(page).getByRole("button", { name: "Load the sample list" }));
    await expect(page.getByText("Nothing has been written yet.")).toBeVisible();
    await press(page, page.getByRole("button", { name: "Import 40" }));
    await expect(page.getByRole("button", { name: "Undo this import" })).toBeVisible();
    await focusIsKept(page);
  });

  await test.step("asks why", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await expect(page.getByRole("heading", { level: 1, name: /^People/ })).toBeVisible();
    await page.keyboard.press("j");
    await expect(page.getByRole("table", { name: "people" }).getByRole("row").nth(1)).toBeFocused();
    await page.keyboard.press("w");
    await expect(page.getByText(/Title is/).first()).toBeVisible();
    await page.keyboard.press("Escape");
    await focusIsKept(page);
  });

  await test.step("adds everybody and starts", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await expect(page.getByRole("heading", { level: 1, name: /^Campaigns/ })).toBeVisible();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "First touch" })).toBeVisible();
    await press(page, page.getByRole("main").getByRole("link", { name: /^People/ }));
    await press(page, page.getByRole("button", { name: "Add people" }).first());
    await reach(page, dialog.getByLabel("Who"));
    await page.keyboard.type("All free");
    await expect(page.getByRole("option", { name: "All free people" })).toBeVisible();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await press(page, dialog.getByRole("button", { name: /^Add 40 people/ }));
    await expect(page.getByText(/Added 40 people to First touch/)).toBeVisible();
    await focusIsKept(page);
    await press(page, page.getByRole("button", { name: "Start campaign" }));
    await press(page, dialog.getByRole("button", { name: /^Start: 40 people, first mail/ }));
    await expect(page.getByText(/Started First touch with 40 people/)).toBeVisible();
    await focusIsKept(page);
  });

  await test.step("reads the drafts and approves", async () => {
    await jump(page, "drafts", "Drafts");
    const approve = page.getByRole("button", { name: /^Approve \d+ that pass/ });
    await expect(approve).toBeVisible({ timeout: 60_000 });
    await press(page, approve);
    const last = dialog.getByRole("button", { name: /^Approve \d+ mails/ });
    for (let opened = 0; opened < 6 && !(await last.isVisible()); opened++)
      await press(page, dialog.getByRole("button", { name: /^Next: |^Done reading/ }));
    await press(page, last);
    await expect(page.getByText(/^Approved \d+/)).toBeVisible();
    await focusIsKept(page);
  });

  await test.step("lets time pass and answers", async () => {
    await pass(page, "+1 day");
    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await expect(page.getByRole("heading", { level: 1, name: /^Inbox/ })).toBeVisible();
    const conversation = page.getByRole("region", { name: "Conversation" });
    const hers = conversation.getByRole("button", { name: /Nadia Rossi <nadia/ });
    for (let read = 0; read < 20 && !(await hers.isVisible()); read++) {
      await page.keyboard.press("j");
      await expect(conversation.getByRole("heading", { level: 2 })).toBeVisible();
    }
    await expect(conversation.getByRole("region", { name: "Suggested answer" })).toContainText("Nadia,");
    await page.keyboard.press("a");
    await expect(page.getByText("The answer leaves in 10 seconds.")).toBeVisible();
    await focusIsKept(page);
    await pass(page, "+1 hour");
  });

  await test.step("finds the meeting, says how it was, and moves the deal", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("m");
    await expect(page.getByText("Nadia Rossi").first()).toBeVisible();
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await expect(page.getByRole("heading", { level: 1, name: /^Deals/ })).toBeVisible();
    const stage = page.getByRole("region", { name: "Qualified" });
    await expect(async () => {
      await page.keyboard.press("j");
      await expect(page.locator("[data-deal]:focus")).toBeVisible({ timeout: 500 });
    }).toPass();
    await page.keyboard.press("m");
    await press(page, dialog.getByRole("button", { name: /^Qualified/ }));
    await expect(stage.locator("[data-deal]")).toHaveCount(1);
    await focusIsKept(page);
  });

  await test.step("reads the week", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await press(page, page.getByRole("main").getByRole("link", { name: /^\d+/ }).first());
    await page.waitForURL(/reports\/rows/);
  });
});

async function pass(page: Page, button: string): Promise<void> {
  await press(page, bar(page).getByRole("button", { name: button }));
  await expect(bar(page).getByText(/Time passes/)).toBeVisible();
  await expect(bar(page).getByText(/Time passes/)).toBeHidden({ timeout: 120_000 });
}
