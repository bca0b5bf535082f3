import { axeFindings, baseUrl, expect, test } from "./fixtures.ts";

const PHONE = { viewport: { width: 390, height: 844 }, locale: "en-GB", timezoneId: "Asia/Kolkata", isMobile: true, hasTouch: true };

test("a visitor books on a phone, and cancels with their own link", async ({ page, live, browser }) => {
  await page.goto(`${baseUrl()}/meetings/booking-pages`);
  const link = await page.getByRole("link", { name: /^\/book\// }).getAttribute("href");
  expect(live.slug).not.toBe("");

  const context = await browser.newContext(PHONE);
  const visitor = await context.newPage();
  await visitor.goto(`${baseUrl()}${link}`);
  await expect(visitor.getByRole("heading", { name: "Pick a time" })).toBeVisible();
  // The page finds the visitor's zone by itself.
  await expect(visitor.getByLabel("Times in")).toHaveValue(/Asia\/(Kolkata|Calcutta)/);
  expect(await axeFindings(visitor)).toEqual([]);
  const overflow = await visitor.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBe(0);

  const slot = visitor
    .getByRole("main")
    .getByRole("listitem")
    .getByRole("link", { name: /^\d\d:\d\d$/ })
    .first();
  const time = (await slot.textContent()) ?? "";
  await slot.click();
  await expect(visitor.getByRole("heading", { level: 2 })).toContainText(time);
  await visitor.getByLabel("Your name").fill("Nadia Rossi");
  await visitor.getByLabel(/^E-mail/).fill("nadia@norvale.example");
  await visitor.getByRole("button", { name: "Confirm meeting" }).click();
  await expect(visitor.getByRole("status")).toHaveText("Your meeting is booked. The invitation is on its way to you.");
  await expect(visitor.getByRole("heading", { level: 2 })).toContainText(time);
  expect(await axeFindings(visitor)).toEqual([]);

  await page.goto(`${baseUrl()}/meetings`);
  await expect(page.getByRole("main")).toContainText("Nadia Rossi");

  await visitor.getByRole("link", { name: "Cancel meeting" }).click();
  await expect(visitor.getByText("Cancel this meeting?")).toBeVisible();
  await visitor.getByRole("button", { name: "Cancel meeting" }).click();
  await expect(visitor.getByRole("status")).toHaveText("Your meeting is cancelled. Nobody waits for you.");
  await expect(visitor.getByRole("link", { name: "Book another time" })).toBeVisible();
  const { items } = await (await live.rest("GET", "/meetings")).json();
  expect(items.map((meeting: { state: string }) => meeting.state)).toEqual(["cancelled"]);
  await context.close();
});

test("a link that is none of ours says so", async ({ page }) => {
  for (const path of ["/u/not-a-token", "/book/not-a-page", "/book/manage/not-a-token"]) {
    const answer = await page.goto(`${baseUrl()}${path}`);
    expect(answer?.headers()["cache-control"], path).toContain("no-store");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^(This link does not work|Book a meeting|Your meeting)$/);
    await expect(page.getByRole("main")).toContainText(/may have been cut off|There is no booking page|does not belong/);
    expect(await axeFindings(page), path).toEqual([]);
  }
});
