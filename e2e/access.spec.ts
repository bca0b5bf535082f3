import { randomBytes } from "node:crypto";
import { baseUrl, expect, makeWorkspace, PASSWORD, signIn, test } from "./fixtures.ts";

test("a wrong password says one sentence, the same for an address that nobody has", async ({ page }) => {
  const { email } = await makeWorkspace("live");
  for (const address of [email, "nobody@acme.example"]) {
    await page.goto(`${baseUrl()}/sign-in`);
    await page.getByLabel("E-mail").fill(address);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert").filter({ hasText: /./ })).toHaveText("This address and password do not belong together.");
    expect(page.url()).not.toContain("password");
  }
});

test("records of another workspace do not exist", async ({ page, live }) => {
  test.setTimeout(120_000);
  const other = await makeWorkspace("sandbox");
  expect((await other.rest("POST", "/sandbox/run", { days: 1, start: true })).status).toBe(200);
  const first = async (path: string): Promise<Record<string, string>> => (await (await other.rest("GET", path)).json()).items[0];
  const [lead, campaign, reply] = [await first("/leads?limit=1"), await first("/campaigns"), await first("/replies")];
  const made = await other.rest("POST", "/deals", { title: "Their secret deal", leadId: lead?.id });
  const deal = await made.json();
  const secrets = [lead?.fullName, lead?.email, "First touch", "Their secret deal"].map(String);

  for (const [path, says] of [
    [`/leads/${lead?.id}`, /no longer exists/],
    [`/campaigns/${campaign?.id}`, /no longer exists/],
    [`/deals/${deal.id}`, /does not exist, or you may not see it/],
    [`/inbox?open=${reply?.id}`, /no longer exists/],
  ] as const) {
    await page.goto(`${baseUrl()}${path}`);
    await expect(page.getByRole("main")).toContainText(says);
    const html = await page.content();
    for (const secret of secrets) expect(html, path).not.toContain(secret);
  }
  for (const path of [`/leads/${lead?.id}`, `/campaigns/${campaign?.id}`, `/deals/${deal.id}`, `/replies/${reply?.id}`])
    expect((await live.rest("GET", path)).status, path).toBe(404);
});

test("a newcomer joins as viewer, and what a viewer may not do is absent", async ({ page, live, browser }) => {
  expect((await live.rest("POST", "/leads", { fullName: "Nadia Rossi", email: "nadia@norvale.example" })).status).toBe(200);
  await page.goto(`${baseUrl()}/settings/team`);
  await page.getByRole("button", { name: "Invite a person" }).click();
  const sheet = page.getByRole("dialog", { name: "Invite a person" });
  await sheet.getByRole("radio", { name: /viewer/i }).check();
  await sheet.getByRole("button", { name: "Make the link" }).click();
  const link = await sheet.getByRole("textbox", { name: "Invitation link" }).inputValue();

  const context = await browser.newContext();
  const viewer = await context.newPage();
  await viewer.goto(link);
  await expect(viewer.getByRole("heading", { level: 1 })).toHaveText("Join Acme");
  await viewer.getByLabel("Your name").fill("Vera Lima");
  await viewer.getByLabel("E-mail").fill(`vera.${randomBytes(4).toString("hex")}@acme.example`);
  await viewer.getByLabel("Password").fill(PASSWORD);
  await viewer.getByRole("button", { name: "Join Acme" }).click();
  await viewer.waitForURL((url) => !url.pathname.startsWith("/invitation"));

  await viewer.goto(`${baseUrl()}/leads`);
  await expect(viewer.getByRole("row", { name: /Nadia Rossi/ })).toBeVisible();
  for (const name of ["Add person", "Import"]) await expect(viewer.getByRole("main").getByText(name, { exact: true })).toHaveCount(0);
  await expect(viewer.getByRole("checkbox")).toHaveCount(0);
  await viewer.goto(`${baseUrl()}/campaigns`);
  await expect(viewer.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(viewer.getByText("New campaign", { exact: true })).toHaveCount(0);
  await viewer.goto(`${baseUrl()}/settings/team`);
  await expect(viewer.getByRole("row", { name: /Vera Lima/ })).toContainText("viewer");
  await expect(viewer.getByRole("button", { name: "Invite a person" })).toHaveCount(0);
  await expect(viewer.getByRole("link", { name: "API keys" })).toHaveCount(0);
  await viewer.goto(`${baseUrl()}/settings/workspace`);
  await expect(viewer.getByRole("main")).toContainText("Only admins change the workspace.");

  const again = await context.newPage();
  await again.goto(link);
  await expect(again.getByRole("heading", { level: 1 })).toHaveText("This invitation does not work any more");
  await context.close();
});

test("signing out everywhere ends another browser at its next step", async ({ page, live, browser }) => {
  const context = await browser.newContext();
  const other = await context.newPage();
  await signIn(other, live.email);
  await other.goto(`${baseUrl()}/leads`);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("People");

  await page.goto(`${baseUrl()}/today`);
  await page.getByRole("button", { name: /^Ines / }).click();
  await page.getByRole("menuitem", { name: "Sign out everywhere" }).click();
  await page.waitForURL(/\/sign-in/);

  await other.getByRole("link", { name: "Campaigns" }).first().click();
  await other.waitForURL(/\/sign-in/);
  await expect(other.getByRole("button", { name: "Sign in" })).toBeVisible();
  await context.close();
});

test("a request from another site changes nothing", async ({ page, live }) => {
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const headers = { "content-type": "application/json", cookie: cookies, "x-workspace": live.id };
  const addTeam = async (name: string, more: Record<string, string>): Promise<number> => {
    const body = JSON.stringify({ 0: { json: { name } } });
    const url = `${baseUrl()}/api/trpc/teams.createTeam?batch=1`;
    return (await fetch(url, { method: "POST", headers: { ...headers, ...more }, body })).status;
  };
  expect(await addTeam("Forged", { origin: "https://evil.example", "sec-fetch-site": "cross-site" })).toBe(403);
  expect(await addTeam("Forged", { origin: "https://evil.example" })).toBe(403);
  expect(await addTeam("Our own", { origin: baseUrl() })).toBe(200);
  await page.goto(`${baseUrl()}/settings/team`);
  await page.getByRole("combobox", { name: /^Team of/ }).click();
  await expect(page.getByRole("option", { name: "Our own" })).toBeVisible();
  await expect(page.getByRole("option", { name: "Forged" })).toHaveCount(0);
});

test("pages carry a strict policy of their own and are not kept by caches", async ({ page, live }) => {
  expect(live.slug).not.toBe("");
  const nonces = new Set<string>();
  for (const path of ["/sign-in", "/today", "/leads", "/leads"]) {
    const headers = (await page.goto(`${baseUrl()}${path}`))?.headers() ?? {};
    const policy = headers["content-security-policy"] ?? "";
    const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic'/.exec(policy)?.[1] ?? "";
    expect(nonce, path).not.toBe("");
    nonces.add(nonce);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe-eval");
    expect(headers["cache-control"]).toContain("no-store");
    expect(headers["x-content-type-options"]).toBe("nosniff");
  }
  expect(nonces.size).toBe(4);
});
