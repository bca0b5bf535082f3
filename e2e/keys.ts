import type { Locator, Page } from "playwright/test";
import { expect } from "./fixtures.ts";

const FURTHEST = 120;

/** Keys work from the moment that the page answers to them; ? is harmless to ask with. */
export async function alive(page: Page): Promise<void> {
  const sheet = page.getByRole("dialog", { name: "Keys of this page" });
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(sheet).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
}

/** Walks with Tab until this has the focus, as somebody without a mouse does; a focus that falls off the page on the way is an error. */
export async function reach(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let steps = 0; steps < FURTHEST; steps++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`No way there by Tab: ${target}`);
}

/** Goes there with Tab and presses Enter. */
export async function press(page: Page, target: Locator): Promise<void> {
  await reach(page, target);
  await page.keyboard.press("Enter");
}

/** After an act the focus is on something that is seen, never on the bare page. */
export async function focusIsKept(page: Page): Promise<void> {
  await expect(async () => {
    const on = await page.evaluate(() => (document.activeElement === document.body ? "the bare page" : "something"));
    expect(on).toBe("something");
  }).toPass({ timeout: 5_000 });
}

/** Jumps by name, from anywhere. */
export async function jump(page: Page, words: string, heading: RegExp | string): Promise<void> {
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Search or jump" })).toBeFocused();
  await page.keyboard.type(words);
  await expect(page.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
}
