import { readFileSync } from "node:fs";
import { join } from "node:path";
import { baseUrl, expect, makeWorkspace, PASSWORD, signIn, test } from "./fixtures.ts";

const CANARY = "zanzibar";
const LOG = process.env.E2E_LOG_FILE;

/** What all specs of this run typed, mailed and received. `said.log` is everything that the product wrote, at the level debug. */
const NEVER: [what: string, pattern: RegExp][] = [
  ["an address", /[\w.+-]+@[\w-]+\.[a-z]/i],
  ["an address, encoded", /%40[\w-]+\.[a-z]/i],
  ["the canary", new RegExp(CANARY, "i")],
  ["a password", new RegExp(`${PASSWORD}|mail server secret`)],
  ["an API key", /\blw_[\w-]{8,}/],
  ["a name", /Nadia|Okafor/],
  ["a body or a subject", /Tuesday at 3|Re: /],
  ["the query of an address", /"route":"[^"]*\?/],
  ["a session", /session-token|Bearer /],
];

type Line = { msg: string; kind?: string; route?: string; status?: number; ms?: number; function?: string; outcome?: string } & Record<
  string,
  unknown
>;

test("one line per request and job, and nothing of anybody in any", async ({ page }) => {
  test.skip(!LOG, "The product was started by somebody else: its log is not here.");
  const workspace = await makeWorkspace("live");

  await test.step("what people type, right and wrong", async () => {
    await page.goto(`${baseUrl()}/sign-in`);
    await page.getByLabel("E-mail").fill(`${CANARY}@acme.example`);
    await page.getByLabel("Password").fill(`${CANARY} password`);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert").first()).toBeVisible();
    await signIn(page, workspace.email);
    await page.goto(`${baseUrl()}/leads?q=${CANARY}`);
    await page.goto(`${baseUrl()}/u/${CANARY}-token`);
    await page.goto(`${baseUrl()}/reset?token=${CANARY}`);
    await page.goto(`${baseUrl()}/${CANARY}`);
  });

  await test.step("what scripts send, right and wrong", async () => {
    const person = { fullName: `${CANARY} Person`, email: `${CANARY}@norvale.example`, title: CANARY };
    expect((await workspace.rest("POST", "/leads", person)).status).toBeLessThan(300);
    // Twice: the unique key refuses, and Postgres quotes what it refused.
    await workspace.rest("POST", "/leads", person);
    await workspace.rest("POST", "/leads", { email: `not ${CANARY}` });
    await workspace.rest("GET", `/leads/${CANARY}`);
    await workspace.rest("GET", `/leads?cursor=${CANARY}`);
    await fetch(`${baseUrl()}/api/v1/leads`, { headers: { authorization: `Bearer lw_${CANARY}` } });
    await fetch(`${baseUrl()}/api/trpc/${CANARY}?input=${CANARY}`);
    const csv = `Name;E-mail\n${CANARY} One;${CANARY}.one@norvale.example\n${CANARY} Two;broken ${CANARY}\n`;
    const started = await workspace.rest("POST", "/leads/imports", csv, { "content-type": "text/csv" });
    expect(started.status).toBe(202);
    const { id } = await started.json();
    await expect.poll(async () => (await (await workspace.rest("GET", `/leads/imports/${id}`)).json()).status).toBe("done");
  });

  const text = readFileSync(LOG ?? "", "utf8");
  const lines = text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Line);

  const requests = lines.filter(({ msg }) => msg === "request");
  expect(requests.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["page", "trpc", "rest", "auth", "public", "health", "none"]));
  for (const line of requests) {
    expect(line).toMatchObject({
      requestId: expect.any(String),
      method: expect.any(String),
      status: expect.any(Number),
      ms: expect.any(Number),
    });
    expect(line.route).toMatch(/^(\/[\w[\].-]*)+$|^\(none\)$/);
  }
  expect(requests.find(({ kind, status }) => kind === "rest" && status === 202)).toMatchObject({ workspaceId: expect.any(String) });
  expect(requests.find(({ route, status }) => route === "/api/v1/[...path]" && status === 200)).toMatchObject({
    keyId: expect.any(String),
    procedure: [expect.stringMatching(/^\w+\.\w+$/)],
    transactions: expect.any(Number),
  });
  expect(requests.find(({ kind, userId }) => kind === "page" && userId)).toMatchObject({ workspaceId: expect.any(String) });

  const jobs = lines.filter(({ msg }) => msg === "job");
  expect(jobs.find(({ outcome }) => outcome === "done")).toMatchObject({
    function: expect.stringMatching(/^[\w-]+$/),
    runId: expect.any(String),
    attempt: expect.any(Number),
    ms: expect.any(Number),
  });

  // The claim link is printed for whoever starts the instance; it works once.
  const said = text.replace(/^.*\/claim\?token=.*$/gm, "");
  const database = readFileSync(join(process.env.E2E_DATA_DIR ?? "", "postgres.log"), "utf8");
  for (const [what, pattern] of NEVER) {
    for (const [where, lines] of [
      ["the log", said],
      ["the database's log", database],
    ] as const) {
      expect(
        lines
          .split("\n")
          .filter((line) => pattern.test(line))
          .slice(0, 3),
        `${what} in ${where}`,
      ).toEqual([]);
    }
  }
});
