import { connect } from "node:net";
import { admin, baseUrl, type E2eWorkspace, expect, makeWorkspace, test } from "./fixtures.ts";

type Problem = { code: string; status: number; detail: string; errors?: { path: string; message: string }[] };
type Page = { items: { id: string; email: string }[]; nextCursor?: string };
type ImportState = { status: string; total: number; created: number; updated: number; skipped: number; failed: number; joined?: number };

// In order and in one worker, on one workspace.
test.describe.configure({ mode: "default" });
const NAMES = ["Ana Prado", "Bea Costa", "Cai Lund", "Dea Rossi", "Eli Brandt"];
const addressOf = (name: string) => `${name.split(" ")[0]?.toLowerCase()}@norvale.example`;
let workspace: E2eWorkspace;
test.beforeAll(async () => {
  workspace = await makeWorkspace("live");
});

test("describes itself", async () => {
  const document = await (await fetch(`${baseUrl()}/api/v1/openapi.json`)).json();
  expect(document.openapi).toMatch(/^3\.1/);
  expect(document.servers[0].url).toContain("/api/v1");
  for (const path of ["/leads", "/campaigns", "/sandbox/run", "/analytics/funnel", "/suppressions/check"])
    expect(document.paths).toHaveProperty([path]);
  const ids = Object.values<Record<string, { operationId: string; responses: object }>>(document.paths).flatMap((path) =>
    Object.values(path).map((call) => call.operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("makes a lead and pages through all of them", async () => {
  for (const fullName of NAMES) {
    const response = await workspace.rest("POST", "/leads", { fullName, email: addressOf(fullName) });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ fullName, email: addressOf(fullName), state: "free" });
  }
  const seen: string[] = [];
  let cursor = "";
  do {
    const page: Page = await (await workspace.rest("GET", `/leads?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)).json();
    expect(page.items.length).toBeLessThanOrEqual(2);
    seen.push(...page.items.map((lead) => lead.email));
    cursor = page.nextCursor ?? "";
  } while (cursor);
  expect(seen.sort()).toEqual(NAMES.map(addressOf));

  const first: Page = await (await workspace.rest("GET", "/leads?limit=2")).json();
  const [body = "", signature = ""] = (first.nextCursor ?? "").split(".");
  const bent = `${body.slice(0, -2)}${body.endsWith("A") ? "B" : "A"}.${signature}`;
  await expectProblem(await workspace.rest("GET", `/leads?limit=2&cursor=${encodeURIComponent(bent)}`), 400, "INVALID_INPUT");
});

test("does a call once per Idempotency-Key", async () => {
  const post = (email: string, key: string) => workspace.rest("POST", "/leads", { email }, { "idempotency-key": key });
  const first = await post("once@tessar.example", "key-1");
  const again = await post("once@tessar.example", "key-1");
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(await again.json()).toEqual(await first.json());
  await expectProblem(await post("other@tessar.example", "key-1"), 409, "CONFLICT");

  const both = await Promise.all([post("race@tessar.example", "key-2"), post("race@tessar.example", "key-2")]);
  for (const answer of both) expect([200, 409]).toContain(answer.status);
  expect(both.some((answer) => answer.status === 200)).toBe(true);
  const found: Page = await (await workspace.rest("GET", "/leads?search=race@tessar.example")).json();
  expect(found.items).toHaveLength(1);
});

test("refuses in problem JSON", async () => {
  const missing = await fetch(`${baseUrl()}/api/v1/leads`);
  await expectProblem(missing, 401, "UNAUTHENTICATED");
  await expectProblem(await fetch(`${baseUrl()}/api/v1/leads`, { headers: { authorization: "Bearer lw_wrong" } }), 401, "UNAUTHENTICATED");

  const words = ["create-api-key", "--workspace", workspace.slug, "--name", "reader", "--scopes", "leads:read"];
  const { key } = await admin<{ key: string }>(...words);
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  expect((await fetch(`${baseUrl()}/api/v1/leads`, { headers })).status).toBe(200);
  const refused = await fetch(`${baseUrl()}/api/v1/leads`, { method: "POST", headers, body: '{"email":"a@b.example"}' });
  await expectProblem(refused, 403, "FORBIDDEN");

  await expectProblem(await workspace.rest("GET", "/leads/01900000-0000-7000-8000-000000000000"), 404, "NOT_FOUND");
  await expectProblem(await workspace.rest("GET", "/no-such-call"), 404, "NOT_FOUND");
  const invalid = await expectProblem(await workspace.rest("POST", "/leads", {}), 400, "INVALID_INPUT");
  expect(invalid.errors?.[0]).toMatchObject({ path: "fullName", message: "Enter a name or an e-mail address." });
  await expectProblem(await workspace.rest("POST", "/sandbox/run", { days: 1 }), 412, "INVALID_STATE");
});

test("counts the funnel", async () => {
  const { stages } = await (await workspace.rest("GET", "/analytics/funnel")).json();
  expect(stages.map((stage: { key: string }) => stage.key)).toEqual(
    "imported enriched qualified contacted replied interested meeting deal won".split(" "),
  );
  const page: Page = await (await workspace.rest("GET", "/leads?limit=100")).json();
  expect(stages[0].count).toBe(page.items.length);
});

test("takes a list of 60 MB whole", async () => {
  test.setTimeout(120_000);
  const [rows, bad, twice] = [20_000, 7, 11];
  const notes = "n".repeat(3_050);
  const lines = ["Name;E-mail;Company;Notes"];
  for (let n = 0; n < rows; n++) lines.push(`Ana Prado;p${n}@bulk${n % 900}.example;Bulk ${n % 900};${notes}`);
  for (let n = 0; n < bad; n++) lines.push(`;not an address;Bulk ${n};${notes}`);
  for (let n = 0; n < twice; n++) lines.push(`Ana Prado;p${n}@bulk${n % 900}.example;Bulk ${n % 900};${notes}`);
  const csv = lines.join("\n");
  expect(csv.length).toBeGreaterThan(60_000_000);

  const imported = async (): Promise<number> => (await (await workspace.rest("GET", "/analytics/funnel")).json()).stages[0].count;
  const before = await imported();
  const mapping = encodeURIComponent('{"Notes":"skip"}');
  const sent = await workspace.rest("POST", `/leads/imports?mapping=${mapping}`, csv, { "content-type": "text/csv" });
  expect(sent.status).toBe(202);
  const { id } = await sent.json();
  const state = async (): Promise<ImportState> => (await workspace.rest("GET", `/leads/imports/${id}`)).json();
  await expect.poll(async () => (await state()).status, { timeout: 100_000 }).toBe("done");
  expect(await state()).toMatchObject({ total: rows + bad + twice, created: rows, updated: 0, failed: bad });

  const errors = await (await workspace.rest("GET", `/leads/imports/${id}/errors`)).text();
  expect(errors.trim().split(/\r?\n/)).toHaveLength(bad + 1);
  expect(await imported()).toBe(before + rows);
});

test("refuses a list that was cut on its way", async () => {
  const { hostname, port } = new URL(baseUrl());
  const csv = "Name,E-mail\nCut Off,cut@short.example\n";
  const answer = await new Promise<string>((done) => {
    let heard = "";
    const socket = connect(Number(port), hostname, () => {
      const head = [
        "POST /api/v1/leads/imports HTTP/1.1",
        `Host: ${hostname}:${port}`,
        `Authorization: Bearer ${workspace.key}`,
        "Content-Type: text/csv",
        `Content-Length: ${csv.length + 5_000}`,
      ];
      socket.end(`${head.join("\r\n")}\r\n\r\n${csv}`);
    });
    socket.on("data", (chunk) => {
      heard += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => done(heard));
  });
  expect(answer).not.toContain(" 202 ");
  const found: Page = await (await workspace.rest("GET", "/leads?search=cut@short.example")).json();
  expect(found.items).toEqual([]);
});

async function expectProblem(response: Response, status: number, code: string): Promise<Problem> {
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  const problem: Problem = await response.json();
  expect(problem).toMatchObject({ status, code });
  expect(problem.detail).not.toBe("");
  return problem;
}
