import { readdirSync, readFileSync } from "node:fs";
import type { Page, Route } from "playwright/test";
import { baseUrl, expect, test } from "./fixtures.ts";

const CHUNKS = ".next/static/chunks";
const STEP_MS = 150;

// A loader as the build writes it: which scripts it asks for, and what it then runs.
const LOADER = /(\d+),\w=>\{\w\.v\(\w=>Promise\.all\(\[([^\]]*)\]/g;
type Loaders = Map<string, Set<string>>;

/** Which scripts each part asks for, in all that a route may ever run. */
function loadersOf(route: string[], loadersIn: ReadonlyMap<string, (readonly [string, string])[]>): Loaders {
  const loaders: Loaders = new Map();
  const reached = new Set(route);
  for (const script of reached)
    for (const [part, list] of loadersIn.get(script) ?? []) {
      const asked = (list.match(/[^/"]+\.js/g) ?? []).toSorted();
      loaders.set(part, (loaders.get(part) ?? new Set()).add(asked.join(" ")));
      for (const each of asked) reached.add(each);
    }
  return loaders;
}

test("a part asks for the same scripts, whoever on a page wants it first", () => {
  const stats = JSON.parse(readFileSync(".next/diagnostics/route-bundle-stats.json", "utf8")) as { firstLoadChunkPaths: string[] }[];
  const loadersIn = new Map(
    readdirSync(CHUNKS)
      .filter((name) => name.endsWith(".js"))
      .map((name) => {
        const found = [...readFileSync(`${CHUNKS}/${name}`, "utf8").matchAll(LOADER)];
        return [name, found.map(([, part = "", list = ""]) => [part, list] as const)] as const;
      }),
  );
  expect([...loadersIn.values()].flat().length).toBeGreaterThan(40);
  const torn = stats.flatMap(({ firstLoadChunkPaths }) => {
    const loaders = loadersOf(
      firstLoadChunkPaths.map((path) => path.slice(path.lastIndexOf("/") + 1)),
      loadersIn,
    );
    return [...loaders].filter(([, asked]) => asked.size > 1).map(([part]) => part);
  });
  expect(torn).toEqual([]);
});

/** Holds the scripts that a press asks for, and lets them come one by one. */
async function oneByOne(page: Page, next: (held: Route[]) => Route | undefined) {
  const held: Route[] = [];
  await page.route("**/_next/static/chunks/*.js", (route) => {
    held.push(route);
  });
  return async () => {
    await page.waitForTimeout(STEP_MS);
    await next(held)?.continue();
  };
}

for (const [order, next] of [
  ["the last first", (held: Route[]) => held.pop()],
  ["the first first", (held: Route[]) => held.shift()],
] as const) {
  for (const path of ["/today", "/leads"]) {
    test(`the keys of ${path} are shown in whatever order their scripts come: ${order}`, async ({ page, live }) => {
      expect(live.slug).not.toBe("");
      await page.goto(`${baseUrl()}${path}`, { waitUntil: "networkidle" });
      const letOneCome = await oneByOne(page, next);
      await page.keyboard.press("?");
      const sheet = page.getByRole("dialog", { name: "Keys of this page" });
      await expect(async () => {
        await letOneCome();
        await expect(sheet).toBeVisible({ timeout: 1 });
      }).toPass({ timeout: 30_000 });
    });
  }
}

test("a part that does not come says so, and opens once it does; the page stays", async ({ page, live }) => {
  expect(live.slug).not.toBe("");
  await page.goto(`${baseUrl()}/leads`, { waitUntil: "networkidle" });
  const search = page.getByRole("searchbox");
  await search.fill("Norvale");
  await page.route("**/_next/static/chunks/*.js", (route) => route.abort());
  await page.getByRole("button", { name: "Add person" }).click();
  const line = page.getByRole("alert").filter({ hasText: "has not come yet" });
  await expect(line).toBeVisible();
  await expect(search).toHaveValue("Norvale");
  await page.unroute("**/_next/static/chunks/*.js");
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(line).toBeHidden();
});
