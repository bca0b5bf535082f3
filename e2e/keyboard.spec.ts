import { baseUrl, type E2eWorkspace, expect, test } from "./fixtures.ts";
import { alive } from "./keys.ts";

test("the palette jumps to Deals", async ({ page, live }) => {
  expect(live.slug).not.toBe("");
  await page.goto(`${baseUrl()}/today`);
  await alive(page);
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Search or jump" });
  await expect(field).toBeFocused();
  await page.keyboard.type("deals");
  await expect(page.getByRole("option")).toHaveText(/^Deals/);
  await expect(page.getByRole("option")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Deals" })).toBeVisible();
  await expect(field).toBeHidden();
});

test("letters move through People, and the focus is never lost", async ({ page, live }) => {
  await threePeople(live);
  await page.goto(`${baseUrl()}/today`);
  await alive(page);
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(page.getByRole("heading", { level: 1, name: /^People/ })).toBeVisible();
  const row = (at: number) => page.getByRole("table", { name: "people" }).getByRole("row").nth(at);
  await expect(row(3)).toBeVisible();

  await page.keyboard.press("j");
  await expect(row(1)).toBeFocused();
  await page.keyboard.press("j");
  await expect(row(2)).toBeFocused();
  await expect(row(2).getByRole("cell").nth(1)).not.toHaveCSS("box-shadow", "none");
  await page.keyboard.press("k");
  await expect(row(1)).toBeFocused();
  const name = ((await row(1).getByRole("checkbox").getAttribute("aria-label")) ?? "").replace("Select ", "");

  await page.keyboard.press("x");
  await expect(page.getByRole("toolbar", { name: "Selected people" })).toContainText("1 selected");
  await expect(row(1).getByRole("checkbox")).toBeChecked();
  await page.keyboard.press("x");
  await expect(page.getByRole("toolbar", { name: "Selected people" })).toBeHidden();

  const panel = page.getByRole("complementary", { name: "Person" });
  await page.keyboard.press(" ");
  await expect(panel).toContainText(name);
  await page.keyboard.press("j");
  await expect(panel).not.toContainText(name);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(row(2)).toBeFocused();

  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/leads\/[0-9a-f-]{36}/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
});

test("? lists the keys of the page and gives the focus back", async ({ page, live }) => {
  await threePeople(live);
  await page.goto(`${baseUrl()}/leads`);
  await alive(page);
  await expect(page.getByRole("row").nth(3)).toBeVisible();
  await page.keyboard.press("j");
  await expect(page.getByRole("row").nth(1)).toBeFocused();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keys of this page" });
  await expect(sheet).toBeVisible();
  for (const label of ["Search or jump", "Next", "Select", "Open in full", "Add to campaign", "Deals"])
    await expect(sheet.getByRole("listitem").filter({ hasText: label }).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(page.getByRole("row").nth(1)).toBeFocused();
});

async function threePeople(workspace: E2eWorkspace): Promise<void> {
  for (const fullName of ["Nadia Rossi", "Tom Okafor", "Kim Lund"]) {
    const email = `${fullName.split(" ")[0]?.toLowerCase()}@norvale.example`;
    expect((await workspace.rest("POST", "/leads", { fullName, email })).status).toBe(200);
  }
}
