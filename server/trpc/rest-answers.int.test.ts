import { beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { newId } from "#server/core/ids.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testKey } from "#server/testing/rest.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import * as importsRoute from "../../app/api/v1/leads/imports/route.ts";
import { type OpenApiCall, openApiDocument } from "./openapi.ts";
import { handleRest } from "./rest.ts";

const { owner } = await testDatabase();
const document = openApiDocument("http://localhost");
const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, call]) => ({ method: method.toUpperCase(), path, call })),
);
/** The other streams are tested with their rooms. */
const all = calls.filter(({ path }) => !/\/errors$|\/export$/.test(path));
const describing = (status: number) => all.filter(({ call }) => call.responses[status]);

let workspace: TestWorkspace;
let key: string;
beforeAll(async () => {
  workspace = await testWorkspace({ clockAt: "2026-03-02T10:00:00Z" });
  key = await testKey(workspace.id, workspace.userId, ["*"]);
});

type Ask = { key?: string | null; body?: string | undefined; headers?: Record<string, string>; query?: string; id?: string };
async function ask(method: string, path: string, { key: given = key, body, headers, query = "", id = newId() }: Ask = {}) {
  const type = path === "/leads/imports" ? "text/csv" : "application/json";
  const request = new Request(`http://localhost/api/v1${path.replace(/\{\w+\}/g, id)}${query}`, {
    method,
    headers: { ...(given && { authorization: `Bearer ${given}` }), ...(body !== undefined && { "content-type": type }), ...headers },
    ...(body !== undefined && { body }),
  });
  const response = await (path === "/leads/imports" && method === "POST" ? importsRoute.POST(request) : handleRest(request));
  const text = await response.text();
  return {
    status: response.status,
    code: text.startsWith("{") ? (JSON.parse(text) as { code?: string }).code : undefined,
    text,
    headers: response.headers,
  };
}
const hasBody = (call: OpenApiCall) => Boolean(call.requestBody);

describe("every documented problem can be had", () => {
  it.each(describing(401))("401 $method $path", async ({ method, path }) => {
    expect(await ask(method, path, { key: null })).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
  });

  it.each(describing(403))("403 $method $path", async ({ method, path }) => {
    const poor = await testKey(workspace.id, workspace.userId, ["nothing:read"]);
    expect(await ask(method, path, { key: poor })).toMatchObject({ status: 403, code: "FORBIDDEN" });
  });

  it.each(describing(400))("400 $method $path", async ({ method, path, call }) => {
    const isOnce = call.parameters?.some((each) => each.name === "Idempotency-Key");
    const field = call.parameters?.find((each) => each.in === "query" && (each.schema as { type?: string }).type !== "array");
    const bad: Ask = isOnce
      ? { headers: { "idempotency-key": "k".repeat(201) } }
      : path.includes("{id}") || path.includes("{leadId}")
        ? { id: "not-an-id" }
        : { query: `?${field?.name}=%00&${field?.name}=%00${field ? "" : "&"}` };
    expect(await ask(method, path, { ...bad, ...(hasBody(call) && { body: "" }) })).toMatchObject({ status: 400, code: "INVALID_INPUT" });
  });

  it.each(describing(413))("413 $method $path", async ({ method, path, call }) => {
    const huge = { "content-length": String(600 * 1024 * 1024) };
    expect(await ask(method, path, { headers: huge, body: hasBody(call) ? "x" : undefined })).toMatchObject({
      status: 413,
      code: "TOO_LARGE",
    });
  });

  it.each(describing(409))("409 $method $path, when its Idempotency-Key was used for another call", async ({ method, path }) => {
    const headers = { "idempotency-key": `${method} ${path}` };
    const body = path === "/leads/imports" ? "Name\nRita Sousa\n" : undefined;
    await ask(method, path, { headers, body, id: newId() });
    expect(await ask(method, path, { headers, body, id: newId(), query: "?other=1" })).toMatchObject({ status: 409, code: "CONFLICT" });
  });

  it.each(describing(404).filter(({ method, path }) => method === "GET" && path.includes("{")))(
    "404 $method $path",
    async ({ method, path }) => {
      expect(await ask(method, path, path.includes("{slug}") ? { query: "?from=2026-03-05&to=2026-03-06&zone=UTC" } : {})).toMatchObject({
        status: 404,
        code: "NOT_FOUND",
      });
    },
  );

  it("412, 429 and 503", async () => {
    const live = await testWorkspace();
    const its = await testKey(live.id, live.userId, ["*"]);
    expect(await ask("POST", "/sandbox/run", { key: its, body: '{"hours":1}' })).toMatchObject({ status: 412, code: "INVALID_STATE" });

    const tired = await testKey(workspace.id, workspace.userId, ["*"]);
    await ask("GET", "/pipelines", { key: tired });
    await owner.query("update rate_limits set points = 600");
    const limited = await ask("GET", "/pipelines", { key: tired });
    expect([limited.status, limited.code, Number(limited.headers.get("retry-after")) > 0]).toEqual([429, "QUOTA_EXCEEDED", true]);
    await owner.query("delete from rate_limits");

    const url = env.DATABASE_URL;
    await closeDatabase();
    env.DATABASE_URL = "postgresql://nobody:x@127.0.0.1:9/none";
    const down = await ask("GET", "/pipelines");
    await closeDatabase();
    env.DATABASE_URL = url;
    expect([down.status, down.code, down.headers.get("retry-after")]).toEqual([503, "DATABASE_UNAVAILABLE", "2"]);
  });
});

describe("Idempotency-Key", () => {
  const add = (name: string, idempotencyKey: string, with_ = key) =>
    ask("POST", "/leads", { key: with_, body: JSON.stringify({ fullName: name }), headers: { "idempotency-key": idempotencyKey } });
  const countOf = (fullName: string) => workspace.run((tx) => tx.lead.count({ where: { fullName } }));

  it("gives the same answer to the same call", async () => {
    const first = await add("Rita Sousa", "one");
    const again = await add("Rita Sousa", "one");
    expect([first.status, again.status, again.text]).toEqual([200, 200, first.text]);
    expect(again.headers.get("idempotent-replay")).toBe("true");
    expect(await countOf("Rita Sousa")).toBe(1);
  });

  it("refuses another body, another path and another caller's rights", async () => {
    await add("Ana Reis", "two");
    expect(await add("Ana Roca", "two")).toMatchObject({ status: 409, code: "CONFLICT" });
    expect(await ask("POST", "/lists", { body: '{"fullName":"Ana Reis"}', headers: { "idempotency-key": "two" } })).toMatchObject({
      status: 409,
    });
    const reader = await testKey(workspace.id, workspace.userId, ["leads:read"]);
    const theirs = await add("Ana Reis", "two", reader);
    expect(theirs.status).toBe(409);
    expect(theirs.text).not.toContain("Ana Reis");
    expect(await countOf("Ana Roca")).toBe(0);
  });

  it("runs once when ten ask at once", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => add("Joana Dias", "three")));
    expect(await countOf("Joana Dias")).toBe(1);
    const done = answers.filter(({ status }) => status === 200);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    for (const { status, headers } of answers.filter((each) => each.status !== 200))
      expect([status, headers.get("retry-after")]).toEqual([409, "1"]);
  });

  it("belongs to one workspace, and keeps a refusal", async () => {
    const other = await testWorkspace();
    expect((await add("Rita Sousa", "one", await testKey(other.id, other.userId, ["*"]))).headers.get("idempotent-replay")).toBeNull();
    const refused = await add("", "four");
    expect(await add("", "four")).toMatchObject({ status: 400, text: refused.text });
  });
});

describe("a cursor", () => {
  const lists = all
    .filter(({ method, call }) => method === "GET" && call.parameters?.some((each) => each.name === "cursor"))
    .map(({ path }) => path);
  const refused = { status: 400, code: "INVALID_INPUT" };
  let cursor: string;
  beforeAll(async () => {
    for (const fullName of ["One", "Two", "Three"]) await ask("POST", "/leads", { body: JSON.stringify({ fullName }) });
    cursor = (JSON.parse((await ask("GET", "/leads", { query: "?limit=1&sort=added" })).text) as { nextCursor: string }).nextCursor;
  });
  const next = (value: string, rest = "&limit=1&sort=added", by = key) =>
    ask("GET", "/leads", { key: by, query: `?cursor=${encodeURIComponent(value)}${rest}` });

  it("opens the next page", async () => expect((await next(cursor)).status).toBe(200));

  it("that was changed, cut or made up is refused by every list", async () => {
    expect(lists.length).toBeGreaterThan(8);
    const flipped = cursor.replace(/^./, (letter) => (letter === "e" ? "f" : "e"));
    const [body = "", signature = ""] = cursor.split(".");
    const forged = `${Buffer.from('{"key":0,"id":"x"}').toString("base64url")}.${signature}`;
    for (const path of lists)
      for (const bad of [flipped, body, `.${signature}`, forged, "x", "null", "😀", "%00", "a.b.c"])
        expect(await ask("GET", path, { query: `?cursor=${encodeURIComponent(bad)}` }), `${path} ${bad}`).toMatchObject(
          // What is in the path is looked at first by some.
          path.includes("{") ? { status: expect.toSatisfy((status: number) => status === 400 || status === 404) } : refused,
        );
  });

  it("of another list, another filter or another workspace is refused", async () => {
    for (const path of lists.filter((each) => each !== "/leads" && !each.includes("{")))
      expect(await ask("GET", path, { query: `?cursor=${encodeURIComponent(cursor)}` }), path).toMatchObject(refused);
    expect(await next(cursor, "&limit=1&sort=name")).toMatchObject(refused);
    expect(await next(cursor, "&limit=1&sort=added&search=o")).toMatchObject(refused);
    const other = await testWorkspace();
    expect(await next(cursor, "&limit=1&sort=added", await testKey(other.id, other.userId, ["*"]))).toMatchObject(refused);
  });
});
