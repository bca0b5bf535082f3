import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { inWorkspace } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { services } from "#server/services.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testKey } from "#server/testing/rest.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { clearAnswers } from "#server/upkeep/commands.ts";
import * as importsRoute from "../../app/api/v1/leads/imports/route.ts";
import { answerOnce } from "./idempotency.ts";
import { handleRest } from "./rest.ts";

const { owner } = await testDatabase();
let workspace: TestWorkspace;
let authorization: string;
beforeAll(async () => {
  workspace = await testWorkspace();
  authorization = `Bearer ${await testKey(workspace.id, workspace.userId, ["*"])}`;
});

function requestOf(path: string, key: string, body: string, type = "application/json"): Request {
  const headers = { authorization, "content-type": type, "idempotency-key": key };
  return new Request(`http://localhost/api/v1${path}`, { method: "POST", headers, body });
}
const addList = (key: string) => handleRest(requestOf("/lists", key, JSON.stringify({ name: key })));
const upload = (key: string, body: string) => importsRoute.POST(requestOf("/leads/imports?name=people.csv", key, body, "text/csv"));
const countLists = (name: string) => workspace.run((tx) => tx.leadList.count({ where: { name } }));
const age = (key: string, by: string) =>
  owner.query("update idempotency_keys set claimed_at = clock_timestamp() - $2::interval where key = $1", [key, by]);
/** As a process that was killed before it could answer leaves it. */
const cutOff = (key: string) => owner.query("update idempotency_keys set status = null, response = null where key = $1", [key]);

describe("a call that was killed", () => {
  it("is waited for as long as it may be running, and then runs again when it changed nothing", async () => {
    await addList("killed");
    await cutOff("killed");
    await owner.query("delete from lead_lists where name = 'killed'");
    const waiting = await addList("killed");
    expect([waiting.status, waiting.headers.get("retry-after")]).toEqual([409, "1"]);
    await age("killed", "6 minutes");
    const statuses = (await Promise.all([addList("killed"), addList("killed")])).map(({ status }) => status);
    expect(statuses).toContain(200);
    expect(await countLists("killed")).toBe(1);
    expect((await addList("killed")).headers.get("idempotent-replay")).toBe("true");
  });

  it("has its answer when it was killed after the change was written", async () => {
    let answered: unknown;
    const request = requestOf("/lists", "written", "{}");
    const caller = { workspaceId: workspace.id, userId: workspace.userId, scopes: ["*"] };
    const killed = answerOnce({ request, body: "{}", isOneTransaction: true }, caller, async (settle) => {
      await inWorkspace(workspace.id, async (tx) => settle?.(tx, { id: "a list" }));
      answered = (await owner.query("select status, response from idempotency_keys where key = 'written'")).rows[0];
      return new Promise(() => {});
    });
    void killed;
    await expect.poll(() => answered).toMatchObject({ status: 200, response: { body: '{"id":"a list"}' } });
  });

  it("writes nothing more when another took over", async () => {
    const caller = { workspaceId: workspace.id, userId: workspace.userId, scopes: ["*"] };
    const call = () => ({ request: requestOf("/lists", "slow", "{}"), body: "{}", isOneTransaction: true });
    const create = (name: string) => ({ data: { id: newId(), workspaceId: workspace.id, name, createdAt: new Date() } });
    const slow = answerOnce(call(), caller, async (settle) => {
      await age("slow", "6 minutes");
      await answerOnce(call(), caller, async () => Response.json({ id: "the other's" }));
      await inWorkspace(workspace.id, async (tx) => {
        await tx.leadList.create(create("slow"));
        await settle?.(tx, {});
      });
      return Response.json({});
    });
    await expect(slow).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await countLists("slow")).toBe(0);
    const kept = await answerOnce(call(), caller, () => Promise.reject(new Error("runs again")));
    expect(await kept.json()).toEqual({ id: "the other's" });
  });

  it("in several steps is not repeated: nobody knows how far it came", async () => {
    await upload("steps", "Name\nRita Sousa\n");
    await cutOff("steps");
    await age("steps", "6 minutes");
    const answer = await upload("steps", "Name\nRita Sousa\n");
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([409, expect.stringContaining("nobody knows")]);
  });
});

describe("an uploaded list", () => {
  it("is imported once per key, and its bytes are what is compared", async () => {
    const first = await upload("file", "Name\nAna Reis\n");
    const again = await upload("file", "Name\nAna Reis\n");
    expect([first.status, again.status]).toEqual([202, 202]);
    const { id } = (await first.json()) as { id: string };
    expect([await again.json(), again.headers.get("idempotent-replay")]).toEqual([{ id }, "true"]);
    expect((await upload("file", "Name\nAna Roca\n")).status).toBe(409);
    expect(await workspace.run((tx) => tx.leadImport.count({ where: { fileName: "people.csv" } }))).toBe(2);
  });
});

describe("a list that is not imported", () => {
  const open = (body: string) => services.blobs.open(workspace.id, createHash("sha256").update(body).digest("hex"));

  it("is not kept: no erasure would find the people in it", async () => {
    await upload("taken", "Name\nIris Wolf\n");
    expect((await upload("taken", "Name\nNadia Rossi\n")).status).toBe(409);
    expect((await upload("k".repeat(201), "Name\nNadia Rossi\n")).status).toBe(400);
    await expect(open("Name\nNadia Rossi\n")).rejects.toMatchObject({ code: "NOT_FOUND" });
    for (const _ of ["refused", "refused again, from what was stored"]) {
      expect((await upload("pdf", "%PDF-1.7 nadia@norvale.example")).status).toBe(400);
      await expect(open("%PDF-1.7 nadia@norvale.example")).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect((await upload("taken", "Name\nIris Wolf\n")).headers.get("idempotent-replay")).toBe("true");
    expect(await open("Name\nIris Wolf\n")).toBeDefined();
  });
});

describe("an address of an import", () => {
  it.each([
    ["dedupe=merge", "dedupe is skip or update."],
    ["list=", "list is the name of a list."],
    [`list=${"x".repeat(121)}`, "list has at most 120 characters."],
    ["mapping=no", expect.stringContaining("mapping is JSON")],
  ])("says what is wrong with it: %s", async (query, detail) => {
    const answer = await importsRoute.POST(requestOf(`/leads/imports?${query}`, query.slice(0, 100), "Name\nAna Reis\n", "text/csv"));
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([400, detail]);
  });
});

describe("a mapping of some headings", () => {
  it("keeps a column under its own name, also one that was guessed to be something", async () => {
    const path = `/leads/imports?mapping=${encodeURIComponent('{"Title":"custom"}')}`;
    const answer = await importsRoute.POST(requestOf(path, "kept", "Name,Title\nAna Reis,CFO\n", "text/csv"));
    expect(answer.status, await answer.clone().text()).toBe(202);
    const { id } = (await answer.json()) as { id: string };
    const { mapping } = await workspace.run((tx) => tx.leadImport.findFirstOrThrow({ where: { id } }));
    expect(mapping).toMatchObject([{ becomes: "fullName" }, { becomes: "custom", key: "title", type: "text" }]);
  });

  it("leaves a column alone that it does not name, whatever it is called", async () => {
    const path = `/leads/imports?mapping=${encodeURIComponent('{"Who":"fullName"}')}`;
    const answer = await importsRoute.POST(requestOf(path, "mapped", "Who,constructor\nAna Reis,Norvale\n", "text/csv"));
    expect(answer.status, await answer.clone().text()).toBe(202);
    const { id } = (await answer.json()) as { id: string };
    const { mapping } = await workspace.run((tx) => tx.leadImport.findFirstOrThrow({ where: { id } }));
    expect(mapping).toMatchObject([{ becomes: "fullName" }, { heading: "constructor", becomes: "custom" }]);
  });
});

describe("a day later", () => {
  it("a key is a new one, and the rows of every workspace are cleared", async () => {
    await addList("old");
    await age("old", "25 hours");
    expect((await addList("old")).headers.get("idempotent-replay")).toBeNull();
    expect(await countLists("old")).toBe(2);
    await addList("kept");
    await age("old", "25 hours");
    expect(await clearAnswers()).toBe(1);
    const { rows } = await owner.query("select key from idempotency_keys where key in ('old', 'kept')");
    expect(rows).toEqual([{ key: "kept" }]);
  });
});
