import type { Page } from "playwright/test";
import { baseUrl, type E2eWorkspace, expect, test } from "./fixtures.ts";

const LONG_NAME = "Maximiliana-Theodora von Hohenlohe-Waldenburg-Schillingsfuerst";
const ARABIC = "شركة الأفق الجديد للخدمات المالية والاستشارات المحدودة";
const ROWS = 50;

test("data that hurts fits every list, panel, board and thread", async ({ page, sandbox }) => {
  test.setTimeout(150_000);
  expect((await sandbox.rest("POST", "/sandbox/run", { days: 1, start: true })).status).toBe(200);
  const leads = (await (await sandbox.rest("GET", "/leads?limit=60")).json()).items as { id: string }[];
  for (const { id } of leads)
    expect((await sandbox.rest("PATCH", `/leads/${id}`, { fullName: LONG_NAME, company: ARABIC })).status).toBe(200);
  const leadId = leads[0]?.id ?? "";
  const made = await sandbox.rest("POST", "/deals", { title: `${ARABIC} ${LONG_NAME}`, leadId, amountCents: 99_999_999_900 });
  const { id: dealId } = await made.json();
  const { items: replies } = await (await sandbox.rest("GET", "/replies?limit=1")).json();

  const faults: string[] = [];
  for (const [width, height] of [
    [1280, 800],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const path of [
      "/leads",
      `/leads/${leadId}`,
      "/campaigns",
      `/inbox?view=all&open=${replies[0].id}`,
      "/today",
      "/deals",
      "/deals?view=list",
      `/deals/${dealId}`,
      "/meetings/all",
    ]) {
      await page.goto(`${baseUrl()}${path}`);
      await settled(page);
      faults.push(...(await misfits(page)).map((fault) => `${width} ${path}: ${fault}`));
    }
    if (width === 390) continue;
    await page.goto(`${baseUrl()}/leads`);
    await settled(page);
    await page.getByRole("row").nth(1).click();
    await expect(page.getByRole("complementary", { name: "Person" })).toContainText(LONG_NAME);
    faults.push(...(await misfits(page)).map((fault) => `panel: ${fault}`));
  }
  expect(faults).toEqual([]);
});

test("fifty rows come without moving anything", async ({ page, live }) => {
  await fiftyPeople(live);
  await page.addInitScript(() => {
    const shifts: { value: number; what: string }[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; sources: { node: Node | null }[] }[]) {
        const node = entry.sources[0]?.node;
        shifts.push({ value: entry.value, what: node instanceof Element ? node.outerHTML.slice(0, 160) : String(node?.nodeName) });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  for (const path of ["/leads", "/deals?view=list", "/today", "/settings/audit"]) {
    await page.goto(`${baseUrl()}${path}`);
    await settled(page);
    if (path === "/leads") await expect(page.getByRole("table", { name: "people" })).toHaveAttribute("aria-rowcount", String(ROWS + 1));
    await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
    expect(await page.evaluate(() => (window as unknown as { shifts: unknown[] }).shifts), path).toEqual([]);
  }
});

async function fiftyPeople(workspace: E2eWorkspace): Promise<void> {
  const add = async (at: number) => {
    const body = { fullName: `${LONG_NAME} ${at}`, email: `person.${at}@norvale.example`, company: at % 2 === 0 ? ARABIC : "Norvale" };
    expect((await workspace.rest("POST", "/leads", body)).status).toBe(200);
  };
  for (let at = 0; at < ROWS; at += 5) await Promise.all([0, 1, 2, 3, 4].map((by) => add(at + by)));
}

async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await expect(page.getByRole("status", { name: /./ })).toHaveCount(0);
}

/** What scrolls the page sideways, what stands over something else, and headings that are cut: they are where a whole name is read. */
function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`scrolls ${root.scrollWidth - root.clientWidth} px sideways`);
    for (const heading of document.querySelectorAll<HTMLElement>("main h1, main h2"))
      if (
        heading.scrollWidth > heading.clientWidth + 1 &&
        getComputedStyle(heading).textOverflow === "ellipsis" &&
        heading.closest("header")
      )
        found.push(`heading is cut: ${heading.textContent?.slice(0, 40)}`);

    const leaves: { node: Node; text: string; box: DOMRect }[] = [];
    for (const element of document.querySelectorAll<HTMLElement>("main *")) {
      const text = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      if (!text || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      let [left, top, right, bottom] = [0, 0, innerWidth, innerHeight];
      let floats = false;
      for (let each: HTMLElement | null = element; each; each = each.parentElement) {
        const style = getComputedStyle(each);
        if (["fixed", "sticky"].includes(style.position)) floats = true;
        if (style.overflowX === "visible" && style.overflowY === "visible") continue;
        const clip = each.getBoundingClientRect();
        [left, top, right, bottom] = [
          Math.max(left, clip.left),
          Math.max(top, clip.top),
          Math.min(right, clip.right),
          Math.min(bottom, clip.bottom),
        ];
      }
      if (floats) continue;
      const range = document.createRange();
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE) continue;
        range.selectNodeContents(node);
        for (const line of range.getClientRects()) {
          const box = new DOMRect(
            Math.max(left, line.left),
            Math.max(top, line.top),
            Math.min(right, line.right) - Math.max(left, line.left),
            Math.min(bottom, line.bottom) - Math.max(top, line.top),
          );
          if (box.width > 2 && box.height > 2) leaves.push({ node, text: node.textContent?.trim().slice(0, 30) ?? "", box });
        }
      }
    }
    leaves.forEach((one, at) => {
      for (const other of leaves.slice(at + 1)) {
        // Text that ends in an ellipsis has two boxes of its own.
        if (one.node === other.node) continue;
        const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (width > 3 && height > 5) found.push(`“${one.text}” over “${other.text}”`);
      }
    });
    return found.slice(0, 5);
  });
}
