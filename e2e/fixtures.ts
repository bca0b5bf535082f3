import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import AxeBuilder from "@axe-core/playwright";
import { test as base, type Page } from "playwright/test";

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

export async function makeWorkspace(kind: "live" | "sandbox"): Promise<E2eWorkspace> {
  const email = `ines.${randomBytes(4).toString("hex")}@acme.example`;
  const words = ["create-workspace", "--name", "Acme", "--owner-email", email, "--owner-password", PASSWORD, "--key-scopes", "*"];
  const { id, slug, key } = await admin<{ id: string; slug: string; key: string }>(...words, ...(kind === "sandbox" ? ["--sandbox"] : []));
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

/** What axe finds, in words: empty when the page is clean. `rules` asks for these alone. */
export async function axeFindings(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
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
  live: async ({ page }, use) => {
    const workspace = await makeWorkspace("live");
    await signIn(page, workspace.email);
    await use(workspace);
  },
  sandbox: async ({ page }, use) => {
    const workspace = await makeWorkspace("sandbox");
    await signIn(page, workspace.email);
    await use(workspace);
  },
});
export { expect } from "playwright/test";
