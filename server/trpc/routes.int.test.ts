import { beforeEach, describe, expect, it, vi } from "vitest";
import { findSignedIn } from "#server/auth/queries.ts";
import { inIdentity } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testLead } from "#server/testing/leads.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { POST as book } from "../../app/api/book/route.ts";
import { POST as trpc } from "../../app/api/trpc/[trpc]/route.ts";
import { POST as upload } from "../../app/api/uploads/route.ts";
import { POST as choose, GET as download } from "../../app/api/v1/leads/export/route.ts";
import type { Actor } from "./context.ts";

const browser = vi.hoisted(() => ({ actor: null as unknown, asked: null as string | null }));
const getActor = async (asked: string | null = null) => {
  browser.asked = asked;
  return browser.actor;
};
vi.mock("#server/auth/session.ts", () => ({ getActor: (asked?: string) => getActor(asked), getSessionOf: async () => null }));

await testDatabase();

async function actorOf(workspace: TestWorkspace): Promise<Actor> {
  const user = await inIdentity((tx) => tx.user.findUniqueOrThrow({ where: { id: workspace.userId } }));
  const signedIn = await findSignedIn(user.id, user.sessionVersion, newId());
  if (!signedIn) throw new Error("signed out");
  return { kind: "person", signedIn, membership: signedIn.memberships[0] ?? null };
}

const ask = () => download(new Request("http://localhost/api/v1/leads/export"));
const drop = () =>
  upload(new Request("http://localhost/api/uploads?name=list.csv", { method: "POST", body: "Name,Email\nNadia,nadia@norvale.example\n" }));

describe("the routes that stream, beside the procedures", () => {
  let workspace: TestWorkspace;
  beforeEach(async () => {
    workspace = await testWorkspace();
    await testLead(workspace, { fullName: "Nadia Rossi", email: "nadia@norvale.example" });
  });

  it("are shut to nobody in particular", async () => {
    browser.actor = null;
    expect([(await ask()).status, (await drop()).status]).toEqual([401, 401]);
  });

  it("are as shut as every page to whoever owes the workspace a second step", async () => {
    browser.actor = await actorOf(workspace);
    const open = await ask();
    expect([open.status, await open.text()]).toEqual([200, expect.stringContaining("nadia@norvale.example")]);
    await workspace.run((tx) => tx.workspace.update({ where: { id: workspace.id }, data: { requiresSecondStep: true } }));
    browser.actor = await actorOf(workspace);
    for (const answer of [await ask(), await drop()]) {
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain("second step");
    }
    expect(await workspace.run((tx) => tx.leadImport.count())).toBe(0);
  });
});

describe("the export of people chosen by hand", () => {
  it("takes more of them than an address holds, in the workspace that the page shows", async () => {
    const workspace = await testWorkspace();
    browser.actor = await actorOf(workspace);
    const { id } = await testLead(workspace, { fullName: "Nadia Rossi", email: "nadia@norvale.example" });
    const ids = [...Array.from({ length: 2_000 }, () => newId()), id];
    const form = (headers: HeadersInit = {}) =>
      choose(
        new Request("http://localhost/api/v1/leads/export", {
          method: "POST",
          headers,
          body: new URLSearchParams({ ids: ids.join(","), workspace: workspace.id }),
        }),
      );
    const answer = await form();
    expect([answer.status, (await answer.text()).split("\r\n")[1]]).toEqual([200, expect.stringContaining("nadia@norvale.example")]);
    expect(browser.asked).toBe(workspace.id);
    expect((await form({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  });
});

describe("a body", () => {
  const post = (path: string, type: string, body: string) =>
    new Request(`http://localhost${path}`, { method: "POST", headers: { "content-type": type }, body });

  it("of a form that is none is refused in words", async () => {
    for (const type of ["multipart/form-data", "multipart/form-data; boundary=x"])
      expect((await book(post("/api/book", type, "garbage"))).status).toBe(400);
    expect((await book(post("/api/book", "application/x-www-form-urlencoded", `act=${"x".repeat(20_000)}`))).status).toBe(413);
  });

  it("of the app's own calls is read whole, up to the longest list that may be pasted", async () => {
    browser.actor = await actorOf(await testWorkspace());
    const add = async (values: string) => {
      const answer = await trpc(
        post("/api/trpc/suppressions.add", "application/json", JSON.stringify({ json: { values, reason: "other" } })),
      );
      return [answer.status, await answer.text()];
    };
    expect(await add("łukasz@norvale.example")).toEqual([200, expect.stringContaining('"refusedCount":1')]);
    expect(await add("lukasz@norvale.example")).toEqual([200, expect.stringContaining('"added":1')]);
    expect((await add("x".repeat(8_000_000)))[0]).toBe(413);
  });
});
