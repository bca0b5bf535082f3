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

type Page = { items: { id: string }[]; nextCursor?: string | null; id: string };
async function call(method: string, path: string, body?: unknown): Promise<Page> {
  const headers = { authorization, "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await handleRest(new Request(`http://localhost/api/v1${path}`, { method, headers, ...sent }));
  expect(answer.status, `${method} ${path}`).toBe(200);
  return answer.json();
}

/** Two at a time to the end, with one more row added before each page and one that was shown taken away. */
async function walk(path: string, disturb: (page: number, shown: string[]) => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | null | undefined;
  let page = 0;
  do {
    const { items, nextCursor } = await call("GET", `${path}&limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
    seen.push(...items.map(({ id }) => id));
    cursor = nextCursor;
    page += 1;
    if (page < 5) await disturb(page, seen);
  } while (cursor && page < 60);
  return seen;
}
const names = ["Ana", "ana", "Ána", "Ana", "Ana Reis", "Łukasz", "李雷", "O'Neil", "Zoë", "👩‍💻 Dev", "\u00ad Soft", "Ana"];

describe("a list read to its end while others write", () => {
  it.each(["name", "grade", "recent", "added"])("shows everybody who stays once: people by %s", async (sort) => {
    const mark = `Mark${sort}`;
    const stay = await Promise.all(names.map((name) => call("POST", "/leads", { fullName: `${name} ${mark}` }).then(({ id }) => id)));
    const more: string[] = [];
    const seen = await walk(`/leads?sort=${sort}&search=${mark}`, async (page) => {
      more.push((await call("POST", "/leads", { fullName: `${page % 2 ? "Aaa" : "Zzz"} ${mark}` })).id);
      const gone = page > 2 ? more.shift() : undefined;
      if (gone) await call("DELETE", `/leads/${gone}`);
    });
    expect(new Set(seen).size).toBe(seen.length);
    expect(stay.filter((id) => !seen.includes(id))).toEqual([]);
  });

  it("shows every task and deal that stays once, though many are of one moment", async () => {
    const dueAt = "2026-12-01T09:00:00Z";
    const tasks = await Promise.all(names.map((title) => call("POST", "/tasks", { title, dueAt }).then(({ id }) => id)));
    const seen = await walk("/tasks?status=open", (page) => call("POST", "/tasks", { title: `New ${page}`, dueAt }));
    expect(new Set(seen).size).toBe(seen.length);
    expect(tasks.filter((id) => !seen.includes(id))).toEqual([]);
    for (const id of tasks) await call("POST", `/tasks/${id}/done`, {});
    const done = await walk("/tasks?status=done", async () => {});
    expect(done.toSorted()).toEqual(tasks.toSorted());

    const deals = await Promise.all(names.map((title) => call("POST", "/deals", { title }).then(({ id }) => id)));
    const shown = await walk("/deals?state=open", (page) => call("POST", "/deals", { title: `New ${page}` }));
    expect(new Set(shown).size).toBe(shown.length);
    expect(deals.filter((id) => !shown.includes(id))).toEqual([]);
  });

  it("shows every address that is not written to once, though all came with one paste", async () => {
    const values = names.map((_, at) => `no${at}@norvale.example`).join("\n");
    await call("POST", "/suppressions", { values, reason: "other" });
    const seen = await walk("/suppressions?kind=address", (page) =>
      call("POST", "/suppressions", { values: `late${page}@norvale.example`, reason: "other" }),
    );
    expect([seen.length, new Set(seen).size]).toEqual([names.length, names.length]);
  });
});
