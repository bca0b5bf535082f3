import { describe, expect, it } from "vitest";
import { inWorkspace } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { services } from "#server/services.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testEngine } from "#server/testing/engine.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { cancelJobRun, retryJobRun } from "./commands.ts";
import { clearDue, setDue } from "./due.ts";
import type { DueHandler } from "./due-handlers.ts";
import { messageSent } from "./events.ts";
import { emit } from "./outbox.ts";
import { getEngineOverview, getJobInput, getQueueHealth, listJobFunctions, listJobRuns, listJobSteps } from "./queries.ts";
import { runDue } from "./run-due.ts";

const database = await testDatabase();
const outbox = async () => (await database.owner.query("select event_id, name, data from outbox order by id")).rows;

describe("emit", () => {
  it("writes events with the change that causes them, or not at all", async () => {
    const acme = await testWorkspace();
    const messageId = newId();
    await acme.run((tx) => emit(tx, messageSent.create({ workspaceId: acme.id, messageId }, { id: `sent:${messageId}` })));
    await acme.run((tx) => emit(tx, messageSent.create({ workspaceId: acme.id, messageId }, { id: `sent:${messageId}` })));
    await expect(
      acme.run(async (tx) => {
        await emit(tx, messageSent.create({ workspaceId: acme.id, messageId: newId() }));
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(await outbox()).toEqual([
      { event_id: `${acme.id}:sent:${messageId}`, name: "message/sent", data: { workspaceId: acme.id, messageId } },
    ]);
  });

  it("refuses an event of another workspace, and one that does not fit its contract", async () => {
    const acme = await testWorkspace();
    const other = await testWorkspace();
    await expect(acme.run((tx) => emit(tx, messageSent.create({ workspaceId: other.id, messageId: newId() })))).rejects.toThrow();
    await expect(acme.run((tx) => emit(tx, messageSent.create({ workspaceId: acme.id, messageId: "not an id" })))).rejects.toThrow();
  });
});

describe("what is due", () => {
  const handledBy = (handle: DueHandler["handle"], batch = 2): Record<string, DueHandler> => ({ thing: { batch, handle } });
  const due = (at: string) => ({ kind: "thing", subjectId: newId(), dueAt: new Date(at) });

  it("is handled earliest first, in batches, by the workspace's own clock", async () => {
    const sandbox = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
    const [late, first, second, future] = [
      due("2026-03-02T08:59:59Z"),
      due("2026-03-01T00:00:00Z"),
      due("2026-03-01T10:00:00Z"),
      due("2026-03-02T09:00:01Z"),
    ];
    await sandbox.run((tx) => setDue(tx, [late, first, second, future]));
    const batches: string[][] = [];
    const handlers = handledBy(async (_services, _workspace, ids) => void batches.push(ids));
    expect(await runDue(services, sandbox.id, { handlers })).toBe(3);
    expect(batches).toEqual([[first.subjectId, second.subjectId], [late.subjectId]]);
    expect(await runDue(services, sandbox.id, { handlers })).toBe(0);
    await sandbox.setClock("2026-03-02T09:00:01Z");
    expect(await runDue(services, sandbox.id, { handlers })).toBe(1);
  });

  it("keeps what was set again while it was handled, even for the same instant", async () => {
    const sandbox = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
    const thing = due("2026-03-02T09:00:00Z");
    await sandbox.run((tx) => setDue(tx, thing));
    let times = 0;
    const handlers = handledBy((_services, workspaceId) =>
      inWorkspace(workspaceId, async (tx) => {
        times++;
        if (times < 3) await setDue(tx, thing);
        else await clearDue(tx, "thing", thing.subjectId);
      }),
    );
    await runDue(services, sandbox.id, { handlers });
    expect(times).toBe(3);
  });

  it("does not let one thing that fails keep the others waiting", async () => {
    const sandbox = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
    const things = [due("2026-03-02T08:00:00Z"), due("2026-03-02T08:00:01Z"), due("2026-03-02T08:00:02Z")];
    await sandbox.run((tx) => setDue(tx, things));
    const handled: string[] = [];
    const handlers = handledBy(async (_services, _workspace, ids) => {
      if (ids.includes(things[1]?.subjectId ?? "")) throw new Error("broken");
      handled.push(...ids);
    }, 3);
    await runDue(services, sandbox.id, { handlers });
    expect(handled).toEqual([things[0]?.subjectId, things[2]?.subjectId]);
    const { rows } = await database.owner.query("select due_at from due where workspace_id = $1", [sandbox.id]);
    expect(rows).toEqual([{ due_at: new Date("2026-03-02T09:05:00Z") }]);
  });

  it.each([
    ["begins in the transaction that moved the clock, where a run moves it", false, ["begun 09:30", "rest"]],
    ["is handled as everywhere when that beginning fails", true, ["begun 09:30", "handled"]],
  ])("%s", async (_, fails, expected) => {
    const sandbox = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
    await sandbox.run((tx) => setDue(tx, due("2026-03-02T09:30:00Z")));
    const done: string[] = [];
    const begin: DueHandler["begin"] = async (tx) => {
      done.push(`begun ${tx.now.toISOString().slice(11, 16)}`);
      if (fails) await tx.$queryRaw`select 1 / 0`;
      return async () => void done.push("rest");
    };
    const handlers = { thing: { batch: 2, begin, handle: async () => void done.push("handled") } };
    let turns = 0;
    const whenIdle = async () => (turns++ <= Number(fails) ? new Date("2026-03-02T09:30:00Z") : null);
    await runDue(services, sandbox.id, { handlers, whenIdle });
    expect(done).toEqual(expected);
    expect((await database.owner.query("select 1 from due where workspace_id = $1", [sandbox.id])).rows).toEqual([]);
  });
});

describe("the Jobs page", () => {
  it("shows a workspace its own runs only, tries a failed one again from where it failed, and cancels", async () => {
    const [acme, other] = [await testWorkspace(), await testWorkspace()];
    const actor = { actorId: acme.userId, actorKind: "person" as const };
    let broken = true;
    const leadId = newId();
    const done: string[] = [];
    const engine = await testEngine((inngest) => [
      inngest.createFunction({ id: "fragile", name: "Fragile", triggers: [{ event: "fragile/go" }], retries: 0 }, async ({ step }) => {
        await step.run("first", () => done.push("first"));
        await step.run("second", () => {
          if (broken) throw new Error("the other side is down");
          done.push("second");
        });
      }),
      inngest.createFunction({ id: "sleeper", triggers: [{ event: "fragile/go" }] }, async ({ step }) => {
        await step.sleep("nap", "1d");
        done.push("never");
      }),
    ]);
    await engine.send([
      {
        id: "j1",
        name: "fragile/go",
        data: { workspaceId: acme.id, leadId, kind: "meeting", leadIds: [leadId, leadId], note: "ana@acme.example said" },
        ts: 0,
      },
    ]);
    await engine.drain();
    const list = () => acme.run((tx) => listJobRuns(tx, { limit: 50 }));
    const failed = (await list()).items.find((run) => run.functionName === "Fragile");
    expect(failed).toMatchObject({ status: "failed", stepsDone: 1, error: { message: "the other side is down" } });
    expect((await other.run((tx) => listJobRuns(tx, { limit: 50 }))).items).toEqual([]);
    const runId = failed?.id ?? "";
    expect(await acme.run((tx) => getJobInput(tx, { runId }))).toEqual({
      eventName: "fragile/go",
      events: 1,
      values: [
        { key: "leadId", value: leadId },
        { key: "kind", value: "meeting" },
        { key: "leadIds", value: "2 of them" },
      ],
    });
    await expect(other.run((tx) => getJobInput(tx, { runId }))).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await other.run((tx) => listJobSteps(tx, { runId }))).toEqual([]);
    expect((await other.run(listJobFunctions)).every((fn) => fn.failed + fn.running + fn.completed === 0)).toBe(true);
    const overview = await getEngineOverview();
    expect(overview.functions.map((fn) => fn.name)).toContain("Fragile");
    expect(overview.functions.find((fn) => fn.name === "sleeper")).toMatchObject({ paused: 1 });
    expect(JSON.stringify(overview)).not.toContain(acme.id);
    await expect(other.run((tx) => retryJobRun(tx, { runId: failed?.id ?? "" }, actor))).rejects.toMatchObject({ code: "INVALID_STATE" });

    broken = false;
    await acme.run((tx) => retryJobRun(tx, { runId: failed?.id ?? "" }, actor));
    await engine.drain();
    expect(done).toEqual(["first", "second"]);
    const steps = await acme.run((tx) => listJobSteps(tx, { runId: failed?.id ?? "" }));
    expect(steps.map((step) => [step.name, step.status])).toEqual([
      ["first", "done"],
      ["second", "done"],
    ]);

    const sleeper = (await list()).items.find((run) => run.functionName === "sleeper");
    await acme.run((tx) => cancelJobRun(tx, { runId: sleeper?.id ?? "" }, actor));
    engine.clock.forward(2 * 86_400_000);
    await engine.drain();
    expect(done).not.toContain("never");
    expect((await list()).items.map((run) => run.status).sort()).toEqual(["cancelled", "completed"]);
    expect(await acme.run(getQueueHealth)).toMatchObject({ engine: "embedded", waitingRuns: 0 });
  });
});
