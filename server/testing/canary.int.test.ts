import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type * as z from "zod";
import type { Membership } from "#server/auth/queries.ts";
import { hashToken } from "#server/auth/queries.ts";
import { inWorkspace } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { streamExport } from "#server/leads/commands/stream-export.ts";
import { leadFilter } from "#server/leads/schema.ts";
import { defaultProfile } from "#server/scoring/domain/default-profile.ts";
import { services as product } from "#server/services.ts";
import { handleRest } from "#server/trpc/rest.ts";
import { appRouter, createCaller } from "#server/trpc/root.ts";
import { testDatabase } from "./database.ts";
import { checksums, idFor, plantCanary, populated, type Side } from "./populated.ts";
import { sampleInput } from "./sample-input.ts";
import { testWorkspace } from "./workspace.ts";

/**
 * Everything that the router can do is done as workspace A with A's ids, with B's and with both. B carries a canary in every text that it
 * has: no answer and no error may hold it, and B's rows stay as they are. The list is the router's own, so a new procedure takes part
 * by itself, or fails here because no input could be made for it.
 */
const CANARY = `canary${randomBytes(6).toString("hex")}`;
const { owner } = await testDatabase();

/** Procedures that are not called, each with its reason. */
const LEFT_OUT = new Map([["sandbox.run", "waits for a worker; sandbox.pass and the run itself are tested"]]);
/** Inputs that cannot be guessed from the schema. */
const BY_HAND: Record<string, (pick: (field: string) => string) => unknown> = {
  "sandbox.pass": () => ({ hours: 1 }),
  "scoring.save": () => defaultProfile,
  "scoring.preview": () => defaultProfile,
};

const nobody = {
  name: "nobody",
  open: () => Promise.reject(new AppError("PROVIDER_UNAVAILABLE", "There is no mail server in this test.")),
};
// No procedure of this test may reach the outside.
const services = { ...product, mailTransport: product.sandboxTransport, mailInbox: nobody, languageModel: null };

let a: Side;
let b: Side;
let before: string[];
let apiKey: string;

const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<
    string,
    { _def: { inputs: z.ZodType[]; type: string; meta?: { openapi?: { method: string; path: string } } } }
  >,
)
  .map(([path, procedure]) => ({ path, inputs: procedure._def.inputs, openapi: procedure._def.meta?.openapi }))
  .filter(({ path }) => !LEFT_OUT.has(path));

beforeAll(async () => {
  [a, b] = [await populated(owner), await populated(owner)];
  await plantCanary(owner, b, CANARY);
  before = await checksums(owner, b);
  apiKey = `lw_${randomBytes(16).toString("hex")}`;
  await inWorkspace(a.id, (tx) =>
    tx.apiKey.create({
      data: {
        id: newId(),
        workspaceId: a.id,
        name: "canary",
        keyHash: hashToken(apiKey),
        prefix: "lw_",
        scopes: ["*"],
        createdById: a.ownerId,
        createdAt: tx.now,
      },
    }),
  );
}, 240_000);

describe("as workspace A", () => {
  it.each(procedures)("$path shows and changes nothing of B", async ({ path, inputs }) => {
    const answers: unknown[] = [];
    let accepted = inputs.length === 0;
    for (const [pick, optional] of variants(path)) {
      const input = BY_HAND[path]?.(pick) ?? merged(inputs, pick, optional);
      accepted ||= inputs.every((schema) => schema.safeParse(input).success);
      answers.push(await call(path, input));
    }
    expect(accepted, "no input could be made from the schema: add one to BY_HAND").toBe(true);
    expect(said(answers)).not.toContain(CANARY);
  });

  it.each(procedures.filter(({ openapi }) => openapi))(
    "$openapi.method $openapi.path shows nothing of B",
    async ({ path, inputs, openapi }) => {
      for (const [pick, optional] of variants(path).slice(1)) {
        const input = (BY_HAND[path]?.(pick) ?? merged(inputs, pick, optional)) as Record<string, unknown>;
        const response = await handleRest(restRequest(openapi?.method ?? "GET", openapi?.path ?? "/", input));
        expect(await response.text()).not.toContain(CANARY);
        expect(response.status, `${openapi?.method} ${openapi?.path}`).not.toBe(500);
      }
    },
  );

  it("exports, searches and reads files of A alone", async () => {
    const who = { workspaceId: a.id, userId: a.ownerId, role: "owner" as const, actorKind: "person" as const };
    let csv = "";
    for await (const part of streamExport(a.id, leadFilter.parse({}), who)) csv += Buffer.from(part).toString();
    expect(csv.split("\n").length).toBeGreaterThan(10);
    expect(csv).not.toContain(CANARY);

    const found = (side: Side) => inWorkspace(side.id, (tx) => tx.$queryRaw<unknown[]>`select * from search_leads(${CANARY}, 10)`);
    expect(await found(a)).toEqual([]);
    expect(await found(b)).not.toEqual([]);

    async function* bytes() {
      yield Buffer.from(CANARY);
    }
    const { digest } = await product.blobs.put(b.id, bytes());
    await expect(product.blobs.open(b.id, digest)).resolves.toBeDefined();
    await expect(product.blobs.open(a.id, digest)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await product.blobs.remove(b.id, digest);
  });

  it("finds no address in what jobs carry", async () => {
    const { rows } = await owner.query<{ table: string }>(
      `select format('%I.%I', n.nspname, c.relname) as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and (n.nspname = 'engine' or c.relname in ('outbox', 'due'))`,
    );
    expect(rows.length).toBeGreaterThan(2);
    for (const { table } of rows)
      expect((await owner.query(`select 1 from ${table} t where t::text ~ '[a-z0-9.]+@[a-z0-9-]+\\.[a-z]'`)).rowCount, table).toBe(0);
  });

  it("sees nothing of the pretend workspace from the live one of the same person", async () => {
    const live = await testWorkspace();
    for (const path of ["leads.list", "leads.get", "replies.list", "messages.list", "drafts.list", "deals.list"])
      for (const [pick] of variants(path).slice(1, 2))
        expect(said([await call(path, sampled(path, pick), live.id)]), path).not.toContain(CANARY);
  });

  it("would be noticed to see B, were the membership that of B", async () => {
    const seen: unknown[] = [];
    for (const path of ["lists.list", "offers.list", "campaigns.options", "savedViews.list", "notes.list", "teams.page", "deals.pipelines"])
      for (const [pick] of variants(path).slice(1, 2)) seen.push(await call(path, sampled(path, pick), b.id));
    expect(said(seen)).toContain(CANARY);
  });

  it("left B as it was", async () => {
    expect(await checksums(owner, b)).toEqual(before);
  });
});

/** A's ids, B's, and a mix, with and without the optional fields. */
function variants(path: string): [(field: string) => string, boolean][] {
  const noun = path.split(".")[0] ?? "";
  const of = (side: Side) => (field: string) => idFor(side, noun, field);
  let turn = 0;
  const mixed = (field: string) => of(turn++ % 2 === 0 ? a : b)(field);
  return [
    [of(a), false],
    [of(b), true],
    [of(b), false],
    [mixed, true],
    [of(a), true],
  ];
}

function merged(inputs: z.ZodType[], pick: (field: string) => string, optional: boolean): unknown {
  if (inputs.length === 0) return undefined;
  return Object.assign({}, ...inputs.map((schema) => sampleInput(schema, pick, { optional })));
}

function sampled(path: string, pick: (field: string) => string): unknown {
  return merged(procedures.find((each) => each.path === path)?.inputs ?? [], pick, false);
}

async function call(path: string, input: unknown, workspaceId = a.id): Promise<unknown> {
  const membership: Membership = { workspaceId, name: "Acme", kind: "sandbox", role: "owner" };
  const signedIn = {
    userId: a.ownerId,
    fullName: "Ines Prado",
    email: "ines@acme.example",
    isOperator: false,
    singleKeys: true,
    theme: "system",
    memberships: [membership],
  };
  const caller = createCaller({ services, actor: { kind: "person", signedIn, membership } });
  const procedure = path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], caller) as (
    input: unknown,
  ) => Promise<unknown>;
  try {
    return await procedure(input);
  } catch (error) {
    return { message: (error as Error).message, cause: String((error as Error).cause ?? "") };
  }
}

function said(answers: unknown[]): string {
  return JSON.stringify(answers, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}

function restRequest(method: string, path: string, input: Record<string, unknown>): Request {
  const rest = { ...input };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value ?? newId()));
  });
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  if (method !== "GET" && method !== "DELETE")
    return new Request(`http://localhost/api/v1${filled}`, { method, headers, body: JSON.stringify(rest) });
  const query = new URLSearchParams(
    Object.entries(rest).flatMap(([name, value]) => (value === undefined || typeof value === "object" ? [] : [[name, String(value)]])),
  );
  return new Request(`http://localhost/api/v1${filled}?${query}`, { method, headers });
}
