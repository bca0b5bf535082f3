import { connect } from "node:net";
import { ImapFlow } from "imapflow";
import { createTransport } from "nodemailer";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { startSink } from "#server/testing/smtp-sink.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { inWorkspace } from "./db.ts";
import { AppError } from "./errors.ts";
import { newId } from "./ids.ts";
import { createLogger } from "./logger.ts";

await testDatabase();

const CANARY = "zanzibar";
const ADDRESS = `${CANARY}@norvale.example`;

/** What the logger writes of an error, and the error itself. */
function written(error: unknown, fields: object = {}): string {
  const lines: string[] = [];
  createLogger("debug", { write: (line) => lines.push(line) }).error({ err: error, ...fields }, "it failed");
  return lines.join("");
}

async function failure(work: () => unknown): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing failed");
}

/** All that is in an error, so that the test proves that there was something to keep out. */
function everything(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 4) return String(error);
  const own = Object.getOwnPropertyNames(error).map((key) => {
    const value = (error as unknown as Record<string, unknown>)[key];
    return value instanceof Error ? everything(value, depth + 1) : typeof value === "object" ? JSON.stringify(value) : String(value);
  });
  return own.join(" ");
}

describe("errors that quote what they were given", () => {
  it("of Prisma: a broken unique key, a wrong argument, a wrong cast, and raw SQL", async () => {
    const workspace = await testWorkspace();
    const { id } = await testLead(workspace, { email: ADDRESS });
    const failures = [
      await failure(() =>
        inWorkspace(workspace.id, async (tx) => {
          const same = await tx.lead.findFirstOrThrow({ where: { id } });
          await tx.lead.create({ data: { ...same, id: newId() } });
        }),
      ),
      await failure(() => inWorkspace(workspace.id, (tx) => tx.lead.findFirst({ where: { id: ADDRESS } }))),
      await failure(() => inWorkspace(workspace.id, (tx) => tx.lead.findFirst({ where: { [ADDRESS]: 1 } as never }))),
      await failure(() => inWorkspace(workspace.id, (tx) => tx.$queryRaw`select ${ADDRESS}::uuid`)),
      await failure(() => inWorkspace(workspace.id, (tx) => tx.$queryRawUnsafe(`select '${ADDRESS}' from nowhere`))),
    ];
    for (const error of failures) expect(written(error), error.message).not.toContain(CANARY);
    expect(failures.filter((error) => everything(error).includes(CANARY)).length).toBeGreaterThanOrEqual(2);
    expect(JSON.parse(written(failures[0])).err).toMatchObject({ type: expect.any(String), code: "P2002", frames: expect.any(Array) });
  });

  it("of nodemailer: a refused recipient and a refused sign-in", async () => {
    const sink = await startSink({ password: "right" });
    try {
      const send = (auth: { user: string; pass: string } | undefined, to: string) =>
        createTransport({ host: "127.0.0.1", port: sink.port, ignoreTLS: true, ...(auth && { auth }) }).sendMail({
          from: "a@acme.example",
          to,
          text: CANARY,
        });
      const failures = [
        await failure(() => send(undefined, `refuse-rcpt-${ADDRESS}`)),
        await failure(() => send({ user: ADDRESS, pass: `${CANARY} password` }, ADDRESS)),
      ];
      for (const error of failures) expect(written(error)).not.toContain(CANARY);
      expect(everything(failures[0])).toContain(CANARY);
      expect(JSON.parse(written(failures[1])).err).toMatchObject({ code: "EAUTH", responseCode: 535 });
    } finally {
      await sink.close();
    }
  });

  it("of imapflow, Node, zod and parsers", async () => {
    const inbox = new ImapFlow({ host: "127.0.0.1", port: 1, logger: false, auth: { user: ADDRESS, pass: CANARY } });
    inbox.on("error", () => {});
    const failures = [
      await failure(() => inbox.connect()),
      await failure(() => JSON.parse(`{"email": ${ADDRESS}}`)),
      await failure(() => new URL(`//[${ADDRESS}`)),
      await failure(() => z.object({ email: z.literal("x") }).parse({ email: ADDRESS })),
      await failure(() => BigInt(ADDRESS)),
      await failure(() => Object.assign(Object.freeze([]), { [ADDRESS]: 1 })),
      await failure(() => new Promise((_, reject) => connect({ path: `/nowhere/${ADDRESS}` }).once("error", reject))),
    ];
    for (const error of failures) expect(written(error), error.message).not.toContain(CANARY);
    expect(failures.filter((error) => everything(error).includes(CANARY)).length).toBeGreaterThanOrEqual(4);
  });

  it("as causes, in groups, and with a message that looks like a stack", async () => {
    const forged = new Error(`no\n    at ${CANARY} (/srv/x.ts:1:1)`);
    const nested = new AppError("PROVIDER_REJECTED", `${ADDRESS} is refused.`, { cause: new Error(ADDRESS, { cause: forged }) });
    const changed = new Error("before");
    changed.message = `after ${ADDRESS}`;
    for (const error of [forged, nested, new AggregateError([forged, nested], ADDRESS), changed])
      expect(written(error)).not.toContain(CANARY);
    expect(JSON.parse(written(nested)).err).toMatchObject({
      type: "AppError",
      code: "PROVIDER_REJECTED",
      cause: { type: "Error", cause: {} },
    });
    expect(JSON.parse(written(nested)).err.frames[0]).toContain("logger.int.test.ts");
  });
});

describe("fields of a careless line", () => {
  it("keep ids, counts and words of ours, and nothing else", () => {
    const workspaceId = "0199b0c4-8e2e-7c3a-9f1e-0d5a3b1c2d4e";
    const line = JSON.parse(
      written(undefined, {
        workspaceId,
        count: 3,
        outcome: "done",
        procedure: ["leads.list"],
        email: ADDRESS,
        userId: ADDRESS,
        token: CANARY,
        outcomes: CANARY,
        route: `/u/${"x".repeat(50)}`,
        deep: { body: CANARY, mailId: CANARY.toUpperCase(), list: [CANARY, 1] },
      }),
    );
    expect(line).toMatchObject({
      workspaceId,
      count: 3,
      outcome: "done",
      procedure: ["leads.list"],
      email: "[removed]",
      userId: "[removed]",
    });
    expect(line).toMatchObject({
      token: "[removed]",
      outcomes: "[removed]",
      route: "[removed]",
      deep: { body: "[removed]", list: ["[removed]", 1] },
    });
  });

  it("keep what the engine says about code", async () => {
    const nothing = undefined as unknown as { id: string };
    expect(JSON.parse(written(await failure(() => nothing.id))).err.message).toBe("Cannot read properties of undefined (reading 'id')");
  });
});
