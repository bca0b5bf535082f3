import { baseUrl, type E2eWorkspace, expect, test } from "./fixtures.ts";

test("a view is saved once the address differs, opened again, and removed", async ({ page, live }) => {
  await add(live, "Nadia Rossi");
  await page.goto(`${baseUrl()}/leads`);
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("button", { name: "Save view" })).toBeHidden();
  await page.goto(`${baseUrl()}/leads?state=free&sort=name`);
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Free by name");
  await page.getByRole("checkbox", { name: /Share with colleagues/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save view" }).click();
  const menu = page.getByRole("button", { name: /^View:/ });
  await expect(menu).toHaveText("View: Free by name");

  await menu.click();
  await page.getByRole("menuitem", { name: "Everything" }).click();
  await expect(page).toHaveURL(/\/leads$/);
  await menu.click();
  await page.getByRole("menuitem", { name: "Free by name", exact: true }).click();
  await expect(page).toHaveURL(/sort=name&state=free/);
  await menu.click();
  await page.getByRole("menuitem", { name: "Remove the view Free by name" }).click();
  await expect(page.getByRole("button", { name: "Save view" })).toBeVisible();
});

test("rows never jump: what is new waits until it is asked for", async ({ page, live }) => {
  await add(live, "Nadia Rossi");
  await page.goto(`${baseUrl()}/leads?sort=added`);
  const first = page.getByRole("row").nth(1);
  await expect(first).toContainText("Nadia Rossi");
  await add(live, "Tom Okafor");
  await add(live, "Kim Lund");
  const line = page.getByRole("button", { name: "2 new, show" });
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
    await expect(line).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 45_000 });
  await expect(first).toContainText("Nadia Rossi");
  await line.click();
  await expect(first).toContainText("Kim Lund");
  await expect(page.getByRole("row")).toHaveCount(4);
});

test("a note is written, read and taken back", async ({ page, live }) => {
  const id = await add(live, "Person 1");
  await page.goto(`${baseUrl()}/leads/${id}?tab=notes`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Person 1");
  await expect(page.getByText("Next best:")).toBeVisible();
  await page.getByLabel("New note").fill("Prefers calls before ten.");
  await page.getByRole("button", { name: "Add note" }).click();
  const note = page.getByRole("listitem").filter({ hasText: "Prefers calls before ten." });
  await expect(note).toBeVisible();
  await note.getByRole("button", { name: "Remove" }).click();
  await expect(note).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(note).toBeVisible();
});

async function add(workspace: E2eWorkspace, fullName: string): Promise<string> {
  const email = `${fullName.toLowerCase().replace(/\W+/g, ".")}@norvale.example`;
  const response = await workspace.rest("POST", "/leads", { fullName, email });
  expect(response.status).toBe(200);
  return (await response.json()).id;
}
