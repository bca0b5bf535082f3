import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { TOTP } from "otpauth";
import type { Browser, Page } from "playwright/test";
import { admin, axeFindings, baseUrl, expect, makeWorkspace, PASSWORD, signIn, test } from "./fixtures.ts";

const codeFor = (secret: string, steps = 0) => new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });

/** Invites somebody by link and joins as them in a browser of their own. */
async function join(page: Page, browser: Browser, role: "rep" | "viewer" | "manager") {
  await page.goto(`${baseUrl()}/settings/team`);
  const sheet = page.getByRole("dialog", { name: "Invite a person" });
  await page.getByRole("button", { name: "Invite a person" }).click();
  await sheet.getByRole("radio", { name: new RegExp(role, "i") }).check();
  await sheet.getByRole("button", { name: "Make the link" }).click();
  const link = await sheet.getByRole("textbox", { name: "Invitation link" }).inputValue();
  await sheet.getByRole("button", { name: "Done" }).click();
  const context = await browser.newContext();
  const theirs = await context.newPage();
  const email = `leo.${randomBytes(4).toString("hex")}@acme.example`;
  await theirs.goto(link);
  await theirs.getByLabel("Your name").fill("Leo Faber");
  await theirs.getByLabel("E-mail").fill(email);
  await theirs.getByLabel("Password").fill(PASSWORD);
  await theirs.getByRole("button", { name: /^Join / }).click();
  await theirs.waitForURL((url) => !url.pathname.startsWith("/invitation"));
  return { theirs, email, context };
}

test("a second step is set up, asked at the next sign-in, and a recovery code works once", async ({ page, live, browser }) => {
  await page.goto(`${baseUrl()}/settings/signing-in`);
  await page.getByRole("button", { name: "Set up the second step" }).click();
  const secret = await page.getByRole("textbox", { name: "Key for the app" }).inputValue();
  await expect(page.getByRole("img", { name: /Picture to scan/ })).toBeVisible();
  await page.getByLabel("The six digits that it shows").fill(codeFor(secret, -1));
  await page.getByRole("button", { name: "Turn it on" }).click();
  const listed = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(listed).toHaveCount(10);
  const codes = await listed.allTextContents();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByRole("main")).toContainText("10 of 10 recovery codes are left");

  const context = await browser.newContext();
  const other = await context.newPage();
  const begin = async () => {
    await other.goto(`${baseUrl()}/sign-in`);
    await other.getByLabel("E-mail").fill(live.email);
    await other.getByLabel("Password").fill(PASSWORD);
    await other.getByRole("button", { name: "Sign in" }).click();
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("Enter your code");
  };
  await begin();
  expect(await axeFindings(other)).toEqual([]);
  await other.goto(`${baseUrl()}/leads`);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Enter your code");
  await other.getByLabel("Code").fill("000000");
  await other.getByRole("button", { name: "Continue" }).click();
  await expect(other.getByRole("alert").filter({ hasText: /./ })).toContainText("This code is not right");
  await other.getByLabel("Code").fill(codes[0] ?? "");
  await other.getByRole("button", { name: "Continue" }).click();
  await other.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await expect(other.getByRole("link", { name: "Today" }).first()).toBeVisible();

  // Away from the page first: signed out, it goes to the sign-in page by itself, into the middle of our own going there.
  await other.goto("about:blank");
  await context.clearCookies();
  await begin();
  await other.getByLabel("Code").fill(codes[0] ?? "");
  await other.getByRole("button", { name: "Continue" }).click();
  await expect(other.getByRole("alert").filter({ hasText: /./ })).toContainText("used already");
  await other.getByLabel("Code").fill(codeFor(secret));
  await other.getByRole("button", { name: "Continue" }).click();
  await other.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await context.close();
});

test("a workspace that asks for a second step is shut until it is set up", async ({ page, live, browser }) => {
  const { theirs, context } = await join(page, browser, "rep");
  expect((await live.rest("POST", "/leads", { fullName: "Nadia Rossi", email: "nadia@norvale.example" })).status).toBe(200);
  await page.goto(`${baseUrl()}/settings/team`);
  await page.getByRole("switch", { name: /second step/ }).click();
  await expect(async () => {
    await theirs.goto(`${baseUrl()}/leads`);
    await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("Acme asks for a second step", { timeout: 1_000 });
  }).toPass();
  expect(await theirs.content()).not.toContain("Nadia");
  const refused = await theirs.evaluate(async (id) => {
    const input = encodeURIComponent(JSON.stringify({ 0: { json: {} } }));
    return (await fetch(`/api/trpc/leads.list?batch=1&input=${input}`, { headers: { "x-workspace": id } })).status;
  }, live.id);
  expect(refused).toBe(403);
  await theirs.getByRole("button", { name: "Set up the second step" }).click();
  const secret = await theirs.getByRole("textbox", { name: "Key for the app" }).inputValue();
  await theirs.getByLabel("The six digits that it shows").fill(codeFor(secret));
  await theirs.getByRole("button", { name: "Turn it on" }).click();
  await theirs.getByRole("button", { name: "I have kept them" }).click();
  await theirs.goto(`${baseUrl()}/leads`);
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("People");
  await context.close();
});

test("an admin's link opens a new password once, and ends every session", async ({ page, live, browser }) => {
  expect(live.slug).not.toBe("");
  const { theirs, email, context } = await join(page, browser, "rep");
  await page.goto(`${baseUrl()}/settings/team`);
  await page.getByRole("row", { name: /Leo Faber/ }).hover();
  await page
    .getByRole("row", { name: /Leo Faber/ })
    .getByRole("button", { name: /Leo Faber|More|verbs/i })
    .last()
    .click();
  await page.getByRole("menuitem", { name: "Make a password link" }).click();
  const sheet = page.getByRole("dialog", { name: /Password link/ });
  await sheet.getByRole("button", { name: "Make the link" }).click();
  const link = await sheet.getByRole("textbox", { name: "Password link" }).inputValue();

  const fresh = await (await browser.newContext()).newPage();
  await fresh.goto(link);
  await fresh.getByLabel("New password").fill("an entirely new password");
  await fresh.getByRole("button", { name: "Choose this password" }).click();
  await expect(fresh.getByRole("main")).toContainText(email);
  await theirs.goto(`${baseUrl()}/leads`);
  await theirs.waitForURL(/\/sign-in/);
  await signIn(fresh, email, "an entirely new password");
  await fresh.goto(link);
  await expect(fresh.getByRole("heading", { level: 1 })).toHaveText("This link does not work any more");
  await fresh.context().close();
  await context.close();
});

test("somebody in two workspaces changes between them, and nothing of one is left in the other", async ({ page, live }) => {
  expect((await live.rest("POST", "/leads", { fullName: "Nadia Onlyhere", email: "nadia@norvale.example" })).status).toBe(200);
  const words = ["create-workspace", "--name", "Bravo", "--owner-email", live.email, "--owner-password", PASSWORD];
  await admin(...words);
  await page.goto(`${baseUrl()}/leads`);
  await expect(page.getByRole("row", { name: /Nadia Onlyhere/ })).toBeVisible();
  await page.getByRole("button", { name: /Change workspace/ }).click();
  await page.getByRole("menuitem", { name: /Bravo/ }).click();
  await expect(page.getByRole("button", { name: /Bravo/ })).toBeVisible();
  await page.goto(`${baseUrl()}/leads`);
  await expect(page.getByRole("main")).toContainText(/appear here/);
  expect(await page.content()).not.toContain("Onlyhere");
  await page.goBack();
  expect(await page.content()).not.toContain("Onlyhere");
});

test("a rep whose team owns nothing sees nothing, says so, and an admin changes it", async ({ page, live, browser }) => {
  const { theirs, context } = await join(page, browser, "rep");
  expect((await live.rest("POST", "/leads", { fullName: "Nadia Rossi", email: "nadia@norvale.example" })).status).toBe(200);
  await page.goto(`${baseUrl()}/settings/team`);
  await page.getByRole("button", { name: "Add a team" }).click();
  const sheet = page.getByRole("dialog", { name: "Add a team" });
  await sheet.getByLabel("Name").fill("North");
  await sheet.getByRole("button", { name: "Add the team" }).click();
  await page.getByRole("combobox", { name: "Team of Leo Faber" }).click();
  await page.getByRole("option", { name: "North" }).click();

  await expect(async () => {
    await theirs.goto(`${baseUrl()}/leads`);
    await expect(theirs.getByRole("main")).not.toContainText("Nadia Rossi", { timeout: 1_000 });
  }).toPass();
  await expect(theirs.getByText("· my team")).toBeVisible();
  await expect(theirs.getByRole("link", { name: "You see your team's work" })).toBeVisible();
  await page.getByRole("combobox", { name: /viewers see/ }).click();
  await page.getByRole("option", { name: "everything" }).click();
  await expect(async () => {
    await theirs.goto(`${baseUrl()}/leads`);
    await expect(theirs.getByRole("row", { name: /Nadia Rossi/ })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(theirs.getByText("· my team")).toHaveCount(0);
  await context.close();
});

test("forged cookies and keys are never a failure of ours, and open nothing", async ({ page, live }) => {
  expect((await live.rest("POST", "/leads", { fullName: "Nadia Canary", email: "nadia@norvale.example" })).status).toBe(200);
  const cookies = await page.context().cookies();
  const session = cookies.find((cookie) => cookie.name.includes("session-token"));
  const real = session?.value ?? "";
  const input = encodeURIComponent(JSON.stringify({ 0: { json: {} } }));
  const paths = ["/api/trpc/leads.list?batch=1&input=", "/api/trpc/auth.me?batch=1&input=", "/leads", "/api/v1/leads", "/api/auth/session"];
  const forged = fc.oneof(
    fc.nat(real.length - 2).map((at) => real.slice(0, at)),
    fc.nat(real.length - 2).map((at) => `${real.slice(0, at)}${real[at] === "A" ? "B" : "A"}${real.slice(at + 1)}`),
    fc.base64String({ maxLength: 400 }),
    fc.constantFrom("", "null", "eyJhbGciOiJub25lIn0..", "a.b.c", "%00", "%E0%A4%A", `${real}x`),
  );
  await fc.assert(
    fc.asyncProperty(forged, fc.constantFrom(...paths), fc.boolean(), async (token, path, asHeader) => {
      if (token === real) return;
      const clean = token.replace(/[^\x21-\x7e]|[;,"]/g, "");
      const response = await fetch(`${baseUrl()}${path}${path.endsWith("input=") ? input : ""}`, {
        redirect: "manual",
        headers: {
          cookie: `${session?.name}=${clean}; leadwright-workspace=${live.id}; leadwright-intent=${clean}`,
          "x-workspace": live.id,
          ...(asHeader && { authorization: `Bearer ${clean}` }),
        },
      });
      const text = await response.text();
      expect(response.status, `${path} ${clean.slice(0, 40)}`).toBeLessThan(500);
      expect(text).not.toContain("Canary");
    }),
    { numRuns: 150 },
  );
  const other = await makeWorkspace("live");
  const named = await page.request.get(`${baseUrl()}/api/trpc/leads.list?batch=1&input=${input}`, { headers: { "x-workspace": other.id } });
  expect(named.status()).toBe(403);
});
