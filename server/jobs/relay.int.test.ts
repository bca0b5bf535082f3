import { afterAll, describe, expect, it } from "vitest";
import { createEnginePool } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testEngine } from "#server/testing/engine.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { askForDue, endAskedDue } from "./ask-due.ts";
import { attachEngine, inngest } from "./client.ts";
import { setDue } from "./due.ts";
import { inboundMailStored, meetingBooked, replyClassified } from "./events.ts";
import { provideFunctions, settleEvents, withHeldEvents } from "./inline.ts";
import { emit } from "./outbox.ts";
import { attachRelay, relayOnce } from "./relay.ts";

const database = await testDatabase();
const pool = createEnginePool(4);
const seen: string[] = [];
const engine = await testEngine((client) => [
  client.createFunction({ id: "booked", triggers: [meetingBooked] }, ({ event }) => void seen.push(event.data.meetingId)),
  client.createFunction(
    { id: "due", triggers: [{ event: "workspace/due.reached" }] },
    ({ event }) => void seen.push(`due ${event.data.kind}`),
  ),
]);
attachEngine(engine.fetch);
attachRelay({ pool, take: engine.take });
afterAll(async () => {
  attachRelay(undefined);
  attachEngine(undefined);
  await pool.end();
});
const left = async () => Number((await database.owner.query("select count(*) from outbox")).rows[0].count);

describe("the relay", () => {
  it("hands over what has committed, once, oldest first, and misses no late commit", async () => {
    const acme = await testWorkspace();
    const [early, late, open] = [newId(), newId(), newId()];
    const booked = (meetingId: string) => meetingBooked.create({ workspaceId: acme.id, meetingId });
    const committed = Promise.withResolvers<void>();
    const written = Promise.withResolvers<void>();
    const slow = acme.run(async (tx) => {
      await emit(tx, booked(open)); // has the lowest id, and commits last
      written.resolve();
      await committed.promise;
    });
    await written.promise;
    await acme.run((tx) => emit(tx, [booked(early), booked(late)]));
    expect(await relayOnce()).toBe(2);
    committed.resolve();
    await slow;
    expect(await relayOnce()).toBe(1);
    expect(await relayOnce()).toBe(0);
    await engine.drain();
    expect(seen.toSorted()).toEqual([early, late, open].toSorted());
    expect(await left()).toBe(0);
  });
});

describe("the due pump", () => {
  it("asks once per workspace and kind, again when that run has ended, and never for a sandbox", async () => {
    const live = await testWorkspace();
    const sandbox = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
    const soon = new Date(Date.now() - 1_000);
    for (const workspace of [live, sandbox]) {
      await workspace.run((tx) =>
        setDue(
          tx,
          [1, 2, 3].map(() => ({ kind: "meeting", subjectId: newId(), dueAt: soon })),
        ),
      );
    }
    await live.run((tx) => setDue(tx, { kind: "meeting", subjectId: newId(), dueAt: new Date(Date.now() + 60_000) }));
    expect(await askForDue()).toBe(1);
    expect(await askForDue()).toBe(0);
    await endAskedDue(live.id, "meeting");
    expect(await askForDue()).toBe(1);
    await engine.drain();
    expect(seen.filter((what) => what === "due meeting")).toHaveLength(2);
  });
});

describe("a sandbox run", () => {
  it("runs its own events in order, with what they cause, while the relay keeps away", async () => {
    const sandbox = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
    const story: string[] = [];
    let stumbles = 1;
    provideFunctions([
      inngest.createFunction({ id: "read", triggers: [inboundMailStored] }, async ({ event, step }) => {
        await step.run("read", async () => {
          story.push(`read ${event.data.inboundId.slice(-2)}`);
          const data = { workspaceId: sandbox.id, replyId: event.data.inboundId };
          await sandbox.run((tx) => emit(tx, replyClassified.create(data, { id: `c:${event.data.inboundId}` })));
        });
        await Promise.all([step.run("a", () => story.push("a")), step.run("b", () => story.push("b"))]);
      }),
      inngest.createFunction({ id: "act", triggers: [replyClassified] }, ({ event, step }) =>
        step.run("act", () => {
          if (stumbles-- > 0) throw new Error("once");
          story.push(`act ${event.data.replyId.slice(-2)}`);
        }),
      ),
    ]);
    const ids = ["11", "22"].map((end) => `018f0000-0000-7000-8000-0000000000${end}`);
    await withHeldEvents(sandbox.id, async () => {
      for (const inboundId of ids) await sandbox.run((tx) => emit(tx, inboundMailStored.create({ workspaceId: sandbox.id, inboundId })));
      expect(await relayOnce()).toBe(0);
      expect(await settleEvents(sandbox.id)).toBe(4);
    });
    expect(story).toEqual(["read 11", "a", "b", "read 22", "a", "b", "act 11", "act 22"]);
    expect(await left()).toBe(0);
  });

  it("gives what it left behind to the relay", async () => {
    const sandbox = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
    await withHeldEvents(sandbox.id, () =>
      sandbox.run((tx) => emit(tx, meetingBooked.create({ workspaceId: sandbox.id, meetingId: newId() }))),
    );
    expect(await relayOnce()).toBe(1);
  });
});
