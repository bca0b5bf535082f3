import type { BrowserContext, Page } from "playwright/test";
import { axeFindings, baseUrl, type E2eWorkspace, expect, holdSession, makeWorkspace, test } from "./fixtures.ts";

const PAGES_AT_ONCE = 2;
// What a theme can change: the other rules of axe read no colour, and have been asked in light already.
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

test.describe.configure({ mode: "default" });
let workspace: E2eWorkspace;
let context: BrowserContext;
let routes: string[];

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  workspace = await makeWorkspace("sandbox");
  expect((await workspace.rest("POST", "/sandbox/run", { days: 3, start: true })).status).toBe(200);
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await holdSession(context, workspace.email);
  routes = await everyRoute();
});
test.afterAll(() => context.close());

for (const width of [1280, 390]) {
  test(`every page, light and dark, ${width} px wide`, async () => {
    test.setTimeout(150_000);
    const waiting = [...routes];
    const faults = await Promise.all(Array.from({ length: PAGES_AT_ONCE }, () => walk(context, waiting, width)));
    expect(faults.flat()).toEqual([]);
  });
}

test("every page of somebody who is not signed in", async ({ browser }) => {
  const stranger = await browser.newContext();
  const pages = ["/sign-in", "/forgot", "/claim", "/invitation/none", "/reset/none", "/book/nobody", "/book/manage/none"];
  const faults = await Promise.all([1280, 390].map((width) => walk(stranger, [...pages], width)));
  expect(faults.flat()).toEqual([]);
  await stranger.close();
});

/** One page that takes the next route until none is left. */
async function walk(browser: BrowserContext, waiting: string[], width: number): Promise<string[]> {
  const faults: string[] = [];
  const page = await browser.newPage();
  await page.setViewportSize({ width, height: width === 390 ? 844 : 800 });
  page.on("console", (message) => message.type() === "error" && faults.push(`${page.url()}: console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  for (let route = waiting.shift(); route; route = waiting.shift())
    faults.push(...(await faultsOf(page, route)).map((fault) => `${route}: ${fault}`));
  await page.close();
  return faults;
}

async function faultsOf(page: Page, route: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(`${baseUrl()}${route}`);
  const heading = page.getByRole("heading", { level: 1 });
  await heading.first().waitFor();
  // What is still loading is a status with a name; axe looks at the page as it stays.
  await expect(page.getByRole("status", { name: /./ })).toHaveCount(0);
  const faults: string[] = [];
  if ((await heading.count()) !== 1) faults.push(`${await heading.count()} first headings`);
  if (!/\S/.test(await page.title())) faults.push("no title");
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (overflow > 0) faults.push(`scrolls ${overflow} px sideways`);
  faults.push(...(await axeFindings(page)));
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator("html")).toHaveClass(/dark/);
  faults.push(...(await axeFindings(page, COLOUR_RULES)).map((finding) => `dark: ${finding}`));
  return faults;
}

/** The places of the rail with their tabs, and one record of each kind. */
async function everyRoute(): Promise<string[]> {
  const first = async (path: string): Promise<string> => {
    const { items } = await (await workspace.rest("GET", path)).json();
    expect(items, path).not.toHaveLength(0);
    return items[0].id;
  };
  const [lead, campaign] = [await first("/leads?limit=1"), await first("/campaigns")];
  const made = await workspace.rest("POST", "/deals", { title: "Norvale, five entities", leadId: lead });
  expect(made.status).toBe(200);
  const { id: deal } = await made.json();
  return [
    "/today",
    "/inbox",
    "/leads",
    `/leads/${lead}`,
    `/leads/${lead}?tab=facts`,
    ...["campaigns", "deals", "notes"].map((tab) => `/leads/${lead}?tab=${tab}`),
    "/leads/import",
    "/campaigns",
    "/campaigns/new",
    "/campaigns/drafts",
    ...["", "/steps", "/people", "/rules"].map((tab) => `/campaigns/${campaign}${tab}`),
    ...["", "/all", "/needs-outcome", "/booking-pages"].map((tab) => `/meetings${tab}`),
    "/deals",
    `/deals/${deal}`,
    "/reports",
    "/reports/funnel",
    "/reports/rows?report=funnel&measure=contacted",
    "/reports/rows?report=week&measure=replies",
    "/mailboxes",
    "/settings",
    ...[
      "scoring",
      "do-not-contact",
      "team",
      "offer",
      "workspace",
      "profile",
      "signing-in",
      "api-keys",
      "jobs",
      "jobs/functions",
      "audit",
    ].map((part) => `/settings/${part}`),
    "/start",
  ];
}
