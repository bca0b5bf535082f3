import { beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testKey } from "#server/testing/rest.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { handleRest } from "./rest.ts";

await testDatabase();
let workspace: TestWorkspace;
let authorization: string;
beforeAll(async () => {
  workspace = await testWorkspace();
  authorization = `Bearer ${await testKey(workspace.id, workspace.userId, ["*"])}`;
});

async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; json: { amountCents?: unknown; dueAt?: string } }> {
  const headers = { authorization, "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await handleRest(new Request(`http://localhost/api/v1${path}`, { method, headers, ...sent }));
  return { status: answer.status, json: await answer.json() };
}

describe("a verb over many people", () => {
  it.each([{ all: { grades: ["A"] } }, { all: {}, exept: [] }, { all: {}, ids: [] }])(
    "is refused when nobody knows whom %j means",
    async (selection) => {
      const lead = await call("POST", "/leads", { fullName: "Nadia Rossi" });
      expect(lead.status).toBe(200);
      expect(await call("POST", "/leads/bulk", { selection, verb: { kind: "delete" } })).toMatchObject({
        status: 400,
        json: { code: "INVALID_INPUT", detail: expect.stringMatching(/^(Name people by ids|Unrecognized key)/) },
      });
      expect(await workspace.run((tx) => tx.lead.count({ where: { deletedAt: { not: null } } }))).toBe(0);
    },
  );
});

describe("what is not of the type that the document names is refused, not guessed", () => {
  it.each(["0", "no", "off", "FALSE"])("deleted=%s is not the trash", async (said) => {
    expect((await call("GET", `/leads?deleted=${said}`)).status).toBe(400);
  });
  it("deleted=false and deleted=true are", async () => {
    expect((await call("GET", "/leads?deleted=false")).status).toBe(200);
    expect((await call("GET", "/leads?deleted=true")).status).toBe(200);
  });
  it("an amount that is not known is not nothing", async () => {
    expect((await call("POST", "/deals", { title: "Pilot", amountCents: null })).json.amountCents).toBeNull();
    for (const amountCents of ["", false, [], "12"])
      expect((await call("POST", "/deals", { title: "Pilot", amountCents })).status).toBe(400);
  });
  it.each([null, 5, true, "5", "2026-03-05 10:00", "03/04/2026"])("%j is no instant", async (dueAt) => {
    expect((await call("POST", "/tasks", { title: "Call", dueAt })).status).toBe(400);
  });
  it("an instant is, with its zone", async () => {
    expect((await call("POST", "/tasks", { title: "Call", dueAt: "2026-03-05T10:00:00+01:00" })).json.dueAt).toBe(
      "2026-03-05T09:00:00.000Z",
    );
  });
});
