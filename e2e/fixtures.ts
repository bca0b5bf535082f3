import { type ChildProcess, execFile, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "playwright/test";

const run = promisify(execFile);
export const PASSWORD = "correct horse battery";

export function baseUrl(): string {
  const url = process.env.E2E_BASE_URL;
  if (!url) throw new Error("The product was not started: see e2e/start-product.ts");
  return url;
}

/** Where the browser of whoever claimed the instance left its cookies: e2e/first-run.spec.ts goes on from there. */
export const claimer = (): string => join(process.env.E2E_DATA_DIR ?? "", "e2e-claimer.json");

/** Runs `npm run admin` against the product under test. */
export async function admin<T>(...words: string[]): Promise<T> {
  const env = { ...process.env, DATA_DIR: process.env.E2E_DATA_DIR ?? "" };
  const { stdout } = await run(process.execPath, ["bin/leadwright.mjs", "admin", ...words, "--json"], { env });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as T;
}

export type E2eWorkspace = {
  id: string;
  slug: string;
  email: string;
  key: string;
  rest: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
};

let helper: ChildProcess | undefined;

/** One at a time, each test in its turn: see e2e/admin-process.ts. */
async function askAdmin<T>(verb: string, options: Record<string, string | boolean>): Promise<T> {
  const runtime = JSON.parse(readFileSync(join(process.env.E2E_DATA_DIR ?? "", "runtime.json"), "utf8")) as Record<string, string>;
  helper ??= fork("e2e/admin-process.ts", { env: { ...process.env, ...runtime, LOG_LEVEL: "silent" }, execArgv: [] });
  const answered = once(helper, "message");
  helper.send({ verb, options });
  const [answer] = (await answered) as [{ result: T; failed?: string }];
  if (answer.failed) throw new Error(answer.failed);
  return answer.result;
}

export async function makeWorkspace(kind: "live" | "sandbox"): Promise<E2eWorkspace> {
  const email = `ines.${randomBytes(4).toString("hex")}@acme.example`;
  const { id, slug, key } = await askAdmin<{ id: string; slug: string; key: string }>("create-workspace", {
    name: "Acme",
    "owner-email": email,
    "owner-password": PASSWORD,
    "key-scopes": "*",
    sandbox: kind === "sandbox",
  });
  const rest: E2eWorkspace["rest"] = (method, path, body, headers = {}) =>
    fetch(`${baseUrl()}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  return { id, slug, email, key, rest };
}

export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto(`${baseUrl()}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** The same session without the form, which has specs of its own: what a fixture needs is somebody who is signed in. */
export async function holdSession(context: BrowserContext, email: string): Promise<void> {
  const { csrfToken } = await (await context.request.get(`${baseUrl()}/api/auth/csrf`)).json();
  const answer = await context.request.post(`${baseUrl()}/api/auth/callback/credentials`, {
    headers: { origin: baseUrl() },
    form: { csrfToken, email, password: PASSWORD, json: "true" },
  });
  expect(answer.status()).toBe(200);
}

/** What axe finds, in words: empty when the page is clean. `rules` asks for these alone. */
export async function axeFindings(page: Page, rules?: string[]): Promise<string[]> {
  // A form that is not alive yet is inert: nobody, axe neither, is told of what stands in it.
  await expect(page.locator("[inert]")).toHaveCount(0);
  // In the page itself: no page of ours holds a frame of another origin, for which alone axe would open a second page each time.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.map(
    (violation) =>
      `${violation.id}: ${violation.help} (${violation.nodes
        .slice(0, 2)
        .map((node) => node.target.join(" "))
        .join(", ")})`,
  );
}

type Fixtures = { live: E2eWorkspace; sandbox: E2eWorkspace };

/** `live` and `sandbox` are fresh tenants, signed in: specs run in parallel and in any order. */
export const test = base.extend<Fixtures>({
  live: async ({ context }, use) => {
    const workspace = await makeWorkspace("live");
    await holdSession(context, workspace.email);
    await use(workspace);
  },
  sandbox: async ({ context }, use) => {
    const workspace = await makeWorkspace("sandbox");
    await holdSession(context, workspace.email);
    await use(workspace);
  },
});
export { expect };
