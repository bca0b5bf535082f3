import { Socket } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { testDatabase } from "#server/testing/database.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { assertNoTransaction, closeDatabase, type IdentityTx, inIdentity, inSweep, inWorkspace, inWorkspaceRaw, rawPool } from "./db.ts";
import { newId } from "./ids.ts";

const database = await testDatabase();

describe("inWorkspace", () => {
  it("shows a workspace its own rows and nobody else's", async () => {
    const [mine, theirs] = [await testWorkspace({ name: "Mine" }), await testWorkspace({ name: "Theirs" })];
    await mine.run((tx) => tx.team.create({ data: { id: newId(), workspaceId: mine.id, name: "South", createdAt: tx.now } }));

    expect(await theirs.run((tx) => tx.team.findMany())).toEqual([]);
    expect(await mine.run((tx) => tx.team.count())).toBe(1);
    expect((await mine.run((tx) => tx.workspace.findMany())).map((workspace) => workspace.name)).toEqual(["Mine"]);
  });

  it("refuses a row for another workspace", async () => {
    const [mine, theirs] = [await testWorkspace(), await testWorkspace()];
    const planted = mine.run((tx) => tx.team.create({ data: { id: newId(), workspaceId: theirs.id, name: "Planted", createdAt: tx.now } }));
    await expect(planted).rejects.toThrow();
  });

  it("leaves no scope behind on the connection", async () => {
    const mine = await testWorkspace();
    await mine.run((tx) => tx.team.count());
    await expect(rawPool().query("select count(*) from teams")).rejects.toThrow(/permission denied/);
  });

  it("gives a sandbox its own time", async () => {
    const sandbox = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
    expect(await sandbox.run(async (tx) => tx.now.toISOString())).toBe("2026-03-02T09:00:00.000Z");
    await sandbox.setClock("2026-03-03T10:00:00Z");
    expect(await sandbox.run(async (tx) => tx.now.toISOString())).toBe("2026-03-03T10:00:00.000Z");
  });

  it("knows the instant whatever zone the server keeps", async () => {
    await database.owner.query(`alter database ${database.name} set timezone = 'Asia/Kolkata'`);
    await closeDatabase();
    const mine = await testWorkspace();
    const id = newId();
    const writtenAt = await mine.run(async (tx) => {
      await tx.team.create({ data: { id, workspaceId: mine.id, name: "South", createdAt: tx.now } });
      return tx.now;
    });
    expect(Math.abs(writtenAt.getTime() - Date.now())).toBeLessThan(60_000);
    expect((await mine.run((tx) => tx.team.findUniqueOrThrow({ where: { id } }))).createdAt).toEqual(writtenAt);
    await database.owner.query(`alter database ${database.name} reset timezone`);
    await closeDatabase();
  });

  it("stops a statement that nobody waits for any more, and says so", async () => {
    const mine = await testWorkspace();
    const limits = await Promise.all(
      [mine.run, inIdentity, inSweep].map((run) =>
        run((tx: IdentityTx) => tx.$queryRaw<{ limit: string }[]>`select current_setting('statement_timeout') as limit`),
      ),
    );
    expect(limits.flat().map((row) => row.limit)).toEqual(["30s", "30s", "30s"]);
    const slow = mine.run(async (tx) => {
      await tx.$executeRaw`select set_config('statement_timeout', '20', true)`;
      await tx.$queryRaw`select 1 as one from pg_sleep(20)`;
    });
    await expect(slow).rejects.toMatchObject({ code: "DATABASE_UNAVAILABLE", message: expect.stringContaining("took too long") });
    expect((await rawPool().query("select current_setting('statement_timeout') as limit")).rows).toEqual([{ limit: "0" }]);
  });

  it.each(["raw", "orm"])("says to whom two that waited for each other failed that nothing was changed: %s", async (way) => {
    const mine = await testWorkspace();
    const [first, second] = [newId(), newId()];
    await mine.run((tx) =>
      tx.team.createMany({ data: [first, second].map((id) => ({ id, workspaceId: mine.id, name: id, createdAt: tx.now })) }),
    );
    let holding = 0;
    let bothHold: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      bothHold = resolve;
    });
    const rename = (ids: string[]) =>
      mine.run(async (tx) => {
        for (const id of ids) {
          if (way === "raw") await tx.$executeRaw`update teams set name = name || '+' where id = ${id}::uuid`;
          else await tx.team.updateMany({ where: { id }, data: { name: `${id}+` } });
          holding += 1;
          if (holding === 2) bothHold();
          await both;
        }
      });
    const ends = await Promise.allSettled([rename([first, second]), rename([second, first])]);
    const failed = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
    expect(failed).toMatchObject([
      { code: "DATABASE_UNAVAILABLE", isRetryable: true, message: expect.stringContaining("Nothing was changed") },
    ]);
    await expect(
      mine.run((tx) => tx.$executeRawUnsafe("do $$ begin raise exception using errcode = '40001'; end $$")),
    ).rejects.toMatchObject({
      isRetryable: true,
    });
    await expect(
      inWorkspaceRaw(mine.id, ({ read }) => read("do $$ begin raise exception using errcode = '40P01'; end $$")),
    ).rejects.toMatchObject({ isRetryable: true });
  });

  it("begins and enters a workspace by one piece on the wire", async () => {
    const mine = await testWorkspace();
    const pieces = [vi.spyOn(Socket.prototype, "_writev"), vi.spyOn(Socket.prototype, "_write")];
    const sent = await mine.run(async () => pieces.reduce((sum, spy) => sum + spy.mock.calls.length, 0));
    vi.restoreAllMocks();
    expect(sent).toBe(1);
  });

  it("refuses a transaction inside a transaction, and a port call inside one", async () => {
    const mine = await testWorkspace();
    await expect(mine.run(() => inWorkspace(mine.id, async () => 1))).rejects.toThrow(/inside a transaction/);
    await expect(mine.run(async () => assertNoTransaction("MailTransport.send"))).rejects.toThrow(/while a transaction was open/);
  });
});

describe("the other roles", () => {
  it("let identity see members but no product table", async () => {
    const mine = await testWorkspace();
    expect(await inIdentity((tx) => tx.member.count({ where: { workspaceId: mine.id } }))).toBe(1);
    await expect(inIdentity((tx) => tx.lead.count())).rejects.toThrow(/permission denied|denied access/i);
  });

  it("let the sweeper see what is due and nothing else", async () => {
    expect(await inSweep((tx) => tx.due.count())).toBe(0);
    await expect(inSweep((tx) => tx.lead.count())).rejects.toThrow(/permission denied|denied access/i);
  });
});
