import { baseUrl, expect, test } from "./fixtures.ts";

test("a file that was chosen before the page came alive is taken", async ({ page, live }) => {
  expect(live.slug).not.toBe("");
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await gate;
    await route.continue();
  });
  await page.goto(`${baseUrl()}/leads/import`, { waitUntil: "commit" });
  const field = page.locator("input[type=file]");
  await field.waitFor({ state: "attached" });
  await field.setInputFiles({
    name: "q1-finance.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("Name;E-mail;Company\nPerson 1;one@norvale.example;Norvale\n"),
  });
  open();
  await expect(page.getByRole("button", { name: "Import 1 person" })).toBeEnabled();
  await expect(page.getByText("q1-finance.csv")).toBeVisible();
});
