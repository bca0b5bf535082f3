import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { inIdentity } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { createSandbox } from "#server/sandbox/commands/create-sandbox.ts";
import { testDatabase } from "#server/testing/database.ts";
import { idFor, populated, type Side } from "#server/testing/populated.ts";
import { testKey } from "#server/testing/rest.ts";
import { arbitraryOf, type JsonSchema, junk } from "#server/testing/schema-arbitrary.ts";
import { DELETE, GET, PATCH, POST, PUT } from "../../app/api/v1/[...path]/route.ts";
import * as errorsRoute from "../../app/api/v1/leads/imports/[id]/errors/route.ts";
import * as importsRoute from "../../app/api/v1/leads/imports/route.ts";
import { type OpenApiCall, openApiDocument } from "./openapi.ts";

/**
 * Every call of the document, driven from the document alone through the routes that the web process serves: what it describes is sent, and
 * everything but. No answer is a 500, every answer is one that the document describes, and every problem that it describes can be had.
 */
const { owner } = await testDatabase();
const document = openApiDocument("http://localhost");
const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, call]) => ({ method: method.toUpperCase(), path, call })),
);
const RUNS = 20;
const SEED = 7;
/** Each valid one of these scores everybody. */
const RUNS_OF: Record<string, number> = { "/scoring/profile": 10, "/scoring/preview": 10, "/scoring/rescore": 10 };
/** A valid call of these waits for a worker: only broken ones are sent. */
const ONLY_BROKEN = new Set(["/sandbox/run"]);

let a: Side;
let b: Side;

beforeAll(async () => {
  a = await populated(owner, "2026-03-04T18:00:00Z");
  b = await otherSide();
}, 240_000);

async function otherSide(): Promise<Side> {
  const ownerId = newId();
  await inIdentity((tx) => tx.user.create({ data: { id: ownerId, email: `rui-${ownerId}@other.example`, fullName: "Rui Alves" } }));
  const { id } = await createSandbox({ ownerId, name: "Other", timeZone: "Europe/Lisbon" });
  return { id, ownerId, ids: new Map() };
}

const keyFor = (side: Side, scopes: string[]) => testKey(side.id, side.ownerId, scopes);

type Sent = {
  auth: "good" | "none" | "garbage" | "scopeless" | "other";
  places: Record<string, string>;
  query: [string, string][];
  body: string | null;
  type: string;
};

/** The routes as Next finds them: the streams by their own files, the rest by the catch-all. */
async function send(
  method: string,
  path: string,
  { places, query, body, type }: Omit<Sent, "auth">,
  authorization: string | null,
  extra: Record<string, string> = {},
): Promise<Response> {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent((places[name] ?? newId()).toWellFormed()));
  const url = new URL(`http://localhost/api/v1${filled}`);
  for (const [name, value] of query) url.searchParams.append(name, value);
  const headers = new Headers({ ...(authorization && { authorization }), ...(body !== null && { "content-type": type }), ...extra });
  const request = new Request(url, { method, headers, ...(body !== null && method !== "GET" && { body }) });
  if (path === "/leads/imports") return importsRoute.POST(request);
  if (path === "/leads/imports/{id}/errors") return errorsRoute.GET(request, { params: Promise.resolve({ id: places.id ?? "" }) });
  return { GET, POST, PUT, PATCH, DELETE }[method as "GET"](request);
}

function arbitraryCall(path: string, call: OpenApiCall): fc.Arbitrary<Sent> {
  const noun = path.split("/")[1] ?? "";
  const known = (field: string) => [idFor(a, noun, field)];
  const strange = fc
    .oneof(
      junk.map((value) => (typeof value === "string" ? value : JSON.stringify(value))),
      fc.uuid(),
      fc.string(),
    )
    // Nothing, and the dots that an address does away with, are other addresses.
    .filter((place) => !/^\.{0,2}$/.test(place));
  const placesOf = (call.parameters ?? []).filter((each) => each.in === "path");
  const queryOf = (call.parameters ?? []).filter((each) => each.in === "query");
  const places = fc.record(
    Object.fromEntries(
      placesOf.map((each) => [
        each.name,
        fc.oneof(
          { weight: 4, arbitrary: arbitraryOf(each.schema as JsonSchema, known, each.name).map(String) },
          { weight: 1, arbitrary: strange },
        ),
      ]),
    ),
  );
  const query = fc
    .record(
      Object.fromEntries(
        queryOf.map((each) => [
          each.name,
          fc.oneof({ weight: 6, arbitrary: arbitraryOf(each.schema as JsonSchema, known, each.name) }, { weight: 1, arbitrary: junk }),
        ]),
      ),
      { requiredKeys: queryOf.filter((each) => each.required).map((each) => each.name) },
    )
    .map((fields) =>
      Object.entries(fields).flatMap(([name, value]) =>
        (Array.isArray(value) ? value : [value]).map((each): [string, string] => [
          name,
          typeof each === "string" ? each.toWellFormed() : JSON.stringify(each),
        ]),
      ),
    );
  const [type, content] = Object.entries(call.requestBody?.content ?? {})[0] ?? ["application/json", undefined];
  const valid = content ? arbitraryOf(content.schema as JsonSchema, known) : fc.constant({});
  const broken = fc
    .tuple(valid, fc.nat(), junk, fc.constantFrom("replace", "drop", "add"))
    .map(([value, at, bad, how]) => breakOne(value, at, bad, how));
  const asText = (value: unknown) => (type === "application/json" ? JSON.stringify(value) : String(value));
  const bodies = fc.oneof(
    { weight: ONLY_BROKEN.has(path) ? 0 : 8, arbitrary: fc.record({ body: valid.map(asText), type: fc.constant(type) }) },
    { weight: ONLY_BROKEN.has(path) ? 0 : 5, arbitrary: fc.record({ body: broken.map(asText), type: fc.constant(type) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        body: fc
          .oneof(
            junk.map((value) => JSON.stringify(value) ?? ""),
            fc.constantFrom("{", "nope", "[1", "\u0000"),
          )
          .filter((text) => !ONLY_BROKEN.has(path) || text !== "{}"),
        type: fc.constantFrom(type, "text/plain"),
      }),
    },
  );
  const auth = fc.oneof(
    { weight: 20, arbitrary: fc.constant("good" as const) },
    fc.constantFrom("none" as const, "garbage" as const, "scopeless" as const, "other" as const),
  );
  return fc
    .record({ auth, places, query, sent: call.requestBody ? bodies : fc.constant({ body: null, type }) })
    .map(({ sent, ...rest }) => ({ ...rest, ...sent }));
}

function breakOne(value: unknown, at: number, bad: unknown, how: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return bad;
  const names = Object.keys(value);
  const name = names[at % Math.max(1, names.length)] ?? "x";
  if (how === "add") return { ...value, somethingElse: bad };
  const { [name]: _, ...rest } = value as Record<string, unknown>;
  return how === "drop" ? rest : { ...rest, [name]: bad };
}

const shapes = new Map<string, z.ZodType>();
function shapeOf(name: string, schema: JsonSchema): z.ZodType {
  const known = shapes.get(name) ?? z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  shapes.set(name, known);
  return known;
}

/** @throws when the answer is none that the document describes. */
async function judge(name: string, call: OpenApiCall, response: Response): Promise<void> {
  const { status } = response;
  expect(status, `${name} failed on our side`).toBeLessThan(500);
  const described = call.responses[String(status)];
  expect(described, `${name} answers ${status}, which the document does not describe`).toBeDefined();
  const type = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
  expect(Object.keys(described?.content ?? {})).toContain(type);
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  if (type === "text/csv") return;
  const body: unknown = await response.json();
  const schema = status >= 400 ? document.components.schemas.Problem : described?.content?.[type]?.schema;
  const judged = shapeOf(status >= 400 ? "Problem" : name, schema as JsonSchema).safeParse(body);
  expect(
    judged.error?.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`),
    `${name} ${status}`,
  ).toBeUndefined();
  if (status >= 400) expect(body).toMatchObject({ status });
}

describe("every call of the document", () => {
  it.each(calls.filter(({ path }) => path !== "/leads/export"))(
    "$method $path",
    async ({ method, path, call }) => {
      const keys = {
        good: await keyFor(a, ["*"]),
        scopeless: await keyFor(a, ["nothing"]),
        other: await keyFor(b, ["*"]),
        garbage: "lw_nope",
        none: null,
      };
      const name = `${method} ${path}`;
      await fc.assert(
        fc.asyncProperty(arbitraryCall(path, call), async ({ auth, ...sent }) => {
          const key = keys[auth];
          await judge(name, call, await send(method, path, sent, key && `Bearer ${key}`));
        }),
        { numRuns: RUNS_OF[path] ?? RUNS, seed: SEED, endOnFailure: true },
      );
    },
    60_000,
  );
});
