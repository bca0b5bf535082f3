import { describe, expect, it } from "vitest";
import { createApiKey, withdrawApiKey } from "#server/api-keys/commands.ts";
import { listApiKeys } from "#server/api-keys/queries.ts";
import { getRecordHistory } from "#server/audit/queries/record-history.ts";
import { listAudit } from "#server/audit/queries.ts";
import { acceptAsSignedIn, acceptInvitation } from "#server/auth/commands.ts";
import { findInvitation, findKeyHolder } from "#server/auth/queries.ts";
import { newId } from "#server/core/ids.ts";
import { getFrame } from "#server/navigation/queries.ts";
import { setSetupHidden } from "#server/setup/commands.ts";
import { getSetup } from "#server/setup/queries.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testMember, testWorkspace } from "#server/testing/workspace.ts";
import { getToday } from "#server/today/queries.ts";
import { changeRole, createTeam, moveToTeam, removeTeam } from "./commands/change-members.ts";
import { invite, withdrawInvitation } from "./commands/invite.ts";
import { removeMember } from "./commands/remove-member.ts";
import { saveProfile } from "./commands/save-profile.ts";
import { countHoldings, getProfile, getTeamPage, listVisibleOwners } from "./queries.ts";
import { saveProfileInput } from "./schema.ts";

await testDatabase();
const realNow = new Date();

describe("invitations", () => {
  it("gives a link that works once, and shows only its holder's role", async () => {
    const acme = await testWorkspace();
    const { token } = await acme.run((tx) => invite(tx, { email: null, role: "rep", teamId: null, actorId: acme.userId, realNow }));
    expect(await findInvitation(token)).toEqual({ workspaceName: "Acme", role: "rep", email: null });

    const person = { token, fullName: "Leo Faber", email: `leo-${newId()}@acme.example`, password: "correct horse battery" };
    const { userId } = await acceptInvitation(person);
    await expect(acceptInvitation({ ...person, email: `eva-${newId()}@acme.example` })).rejects.toMatchObject({ code: "INVALID_STATE" });
    const page = await acme.run((tx) => getTeamPage(tx, { realNow }));
    expect(page.members.find((member) => member.userId === userId)).toMatchObject({ fullName: "Leo Faber", role: "rep" });
    expect(page.invitations).toEqual([]);
  });

  it("changes nothing for who is in the workspace, and stays for who is not", async () => {
    const acme = await testWorkspace();
    const { token } = await acme.run((tx) => invite(tx, { email: null, role: "viewer", teamId: null, actorId: acme.userId, realNow }));
    await expect(acceptAsSignedIn({ token, userId: acme.userId })).rejects.toMatchObject({
      code: "INVALID_STATE",
      message: "You are in Acme already. Nothing was changed, and the link still works for somebody else.",
    });
    expect(await acme.run((tx) => tx.member.findMany({ select: { role: true } }))).toEqual([{ role: "owner" }]);
    expect(await findInvitation(token)).toMatchObject({ role: "viewer" });
  });

  it("ends with the leave, or the rights, of who made it", async () => {
    const acme = await testWorkspace();
    const actor = { userId: acme.userId, role: "owner" as const };
    const linkOf = async (fullName: string) => {
      const userId = await testMember(acme, { fullName, role: "admin" });
      const { token } = await acme.run((tx) => invite(tx, { email: null, role: "admin", teamId: null, actorId: userId, realNow }));
      return { userId, token };
    };
    const [left, lowered, stays] = [await linkOf("Leo Faber"), await linkOf("Eva Blom"), await linkOf("Rui Alves")];
    await removeMember(acme.id, { userId: left.userId, toUserId: acme.userId, others: {}, actor });
    await acme.run((tx) => changeRole(tx, { userId: lowered.userId, role: "rep", actor }));
    await acme.run((tx) => changeRole(tx, { userId: stays.userId, role: "owner", actor }));
    await expect(acceptAsSignedIn(left)).rejects.toMatchObject({ code: "INVALID_STATE" });
    expect([await findInvitation(left.token), await findInvitation(lowered.token)]).toEqual([null, null]);
    expect(await findInvitation(stays.token)).toMatchObject({ role: "admin" });
    expect((await acme.run((tx) => getTeamPage(tx, { realNow }))).invitations).toHaveLength(1);
  });

  it("is dead once withdrawn", async () => {
    const acme = await testWorkspace();
    const { id, token } = await acme.run((tx) => invite(tx, { email: null, role: "admin", teamId: null, actorId: acme.userId, realNow }));
    await acme.run((tx) => withdrawInvitation(tx, { id, actorId: acme.userId }));
    expect(await findInvitation(token)).toBeNull();
    await expect(acme.run((tx) => withdrawInvitation(tx, { id, actorId: acme.userId }))).rejects.toMatchObject({ code: "INVALID_STATE" });
  });
});

describe("a team that a colleague removed", () => {
  it("takes nobody in, and leads no invitation into nothing", async () => {
    const acme = await testWorkspace();
    const actor = { userId: acme.userId, role: "owner" as const };
    const { id: teamId } = await acme.run((tx) => createTeam(tx, { name: "North", managerId: null, actor }));
    const early = await acme.run((tx) => invite(tx, { email: null, role: "rep", teamId, actorId: acme.userId, realNow }));
    await acme.run((tx) => removeTeam(tx, { id: teamId, actor }));
    const leo = await testWorkspace();
    expect(await acceptAsSignedIn({ token: early.token, userId: leo.userId })).toMatchObject({ workspaceId: acme.id });

    const gone = { code: "NOT_FOUND", message: "This team no longer exists." };
    const late = acme.run((tx) => invite(tx, { email: null, role: "rep", teamId, actorId: acme.userId, realNow }));
    await expect(late).rejects.toMatchObject(gone);
    await expect(acme.run((tx) => moveToTeam(tx, { userId: leo.userId, teamId, actor }))).rejects.toMatchObject(gone);
    const led = acme.run((tx) => createTeam(tx, { name: "South", managerId: newId(), actor }));
    await expect(led).rejects.toMatchObject({ code: "NOT_FOUND", message: "This person is no longer in the workspace." });
  });
});

describe("roles and leaving", () => {
  it("never leaves a workspace without an owner", async () => {
    const acme = await testWorkspace();
    const change = { userId: acme.userId, role: "rep" as const, actor: { userId: acme.userId, role: "owner" as const } };
    await expect(acme.run((tx) => changeRole(tx, change))).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("hands everything out when somebody is removed", async () => {
    const acme = await testWorkspace();
    const leo = await testMember(acme, { fullName: "Leo Faber" });
    const taskId = newId();
    await acme.run((tx) =>
      tx.task.create({
        data: {
          id: taskId,
          workspaceId: acme.id,
          kind: "call",
          title: "Call",
          ownerId: leo,
          dueAt: tx.now,
          status: "open",
          causeKey: taskId,
          createdAt: tx.now,
        },
      }),
    );
    expect(await acme.run((tx) => countHoldings(tx, { userId: leo }))).toMatchObject({ tasks: 1, leads: 0 });

    await removeMember(acme.id, { userId: leo, toUserId: acme.userId, others: {}, actor: { userId: acme.userId, role: "owner" } });
    expect(await acme.run((tx) => tx.task.findFirst({ where: { id: taskId } }))).toMatchObject({ ownerId: acme.userId });
    const page = await acme.run((tx) => getTeamPage(tx, { realNow }));
    expect(page.members.map((member) => member.userId)).toEqual([acme.userId]);
    const { items } = await acme.run((tx) => listAudit(tx, { limit: 10 }));
    expect(items[0]).toMatchObject({ action: "member.removed", actorName: "Ines Prado" });
  });
});

it("who was given which rights is read by those who read the audit, and by nobody as the history of a record", async () => {
  const acme = await testWorkspace();
  const leo = await testMember(acme, { fullName: "Leo Faber" });
  await acme.run((tx) => changeRole(tx, { userId: leo, role: "viewer", actor: { userId: acme.userId, role: "owner" } }));
  const seenBy = (role: "viewer" | "manager" | "admin") => acme.run((tx) => getRecordHistory(tx, { id: leo, role }));
  expect(await seenBy("admin")).toMatchObject([{ action: "member.role-changed", byName: "Ines Prado" }]);
  expect([await seenBy("viewer"), await seenBy("manager")]).toEqual([[], []]);
});

describe("API keys", () => {
  it("work until withdrawn, and are kept as a hash", async () => {
    const acme = await testWorkspace();
    const { id, key } = await acme.run((tx) =>
      createApiKey(tx, { name: "CI", scopes: ["leads:read"], validDays: null, actorId: acme.userId, realNow }),
    );
    expect(await findKeyHolder(key)).toMatchObject({ workspaceId: acme.id, scopes: ["leads:read"] });
    expect(JSON.stringify(await acme.run((tx) => tx.apiKey.findMany()))).not.toContain(key);
    expect(await acme.run(listApiKeys)).toMatchObject([{ name: "CI", createdBy: "Ines Prado" }]);
    await acme.run((tx) => withdrawApiKey(tx, { id, actorId: acme.userId }));
    expect(await findKeyHolder(key)).toBeNull();
  });
});

describe("profile, frame and setup", () => {
  it("saves what belongs to the person and to the workspace", async () => {
    const acme = await testWorkspace();
    const hours = { days: [1, 2, 3], from: "08:00", to: "16:00" };
    await saveProfile(acme.id, {
      userId: acme.userId,
      fullName: "Ines P.",
      signature: "Ines",
      timeZone: "Europe/Madrid",
      hours,
      singleKeys: false,
      away: null,
    });
    expect(await acme.run((tx) => getProfile(tx, { userId: acme.userId, singleKeys: false }))).toMatchObject({
      fullName: "Ines P.",
      hours,
      signature: "Ines",
    });
    expect(await acme.run((tx) => getFrame(tx, { userId: acme.userId, role: "owner" }))).toMatchObject({
      zone: "Europe/Madrid",
      isRunning: true,
      sendingPause: null,
    });
  });

  it("says when somebody is away and who covers: the page of the team, Today of the colleague, until the last day is over", async () => {
    const acme = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z", timeZone: "Europe/Lisbon" });
    const marta = await testMember(acme, { role: "rep", fullName: "Marta Lima" });
    const profile = { userId: acme.userId, fullName: "Ines Prado", signature: "", timeZone: "Europe/Lisbon", singleKeys: true };
    const hours = { days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };
    const away = { from: "2026-03-02", until: "2026-03-03", coveredById: marta };
    await saveProfile(acme.id, { ...profile, hours, away });
    const shown = await acme.run((tx) => getProfile(tx, { userId: acme.userId, singleKeys: true }));
    expect(shown).toMatchObject({ away, colleagues: [{ userId: marta, name: "Marta Lima" }] });
    const member = async () => (await acme.run((tx) => getTeamPage(tx, { realNow }))).members.find((one) => one.userId === acme.userId);
    const covering = async () =>
      (await acme.run((tx) => getToday(tx, { userId: marta, role: "rep" }, { who: "me" }))).covering.map((one) => one.untilOn);
    expect(await member()).toMatchObject({ isAway: true, coveredBy: "Marta Lima" });
    expect(await covering()).toEqual(["2026-03-03"]);
    await acme.setClock("2026-03-03T23:30:00Z");
    expect(await covering()).toEqual(["2026-03-03"]);
    await acme.setClock("2026-03-04T00:30:00Z");
    expect(await covering()).toEqual([]);
    expect(await member()).toMatchObject({ isAway: false });
    expect((await acme.run((tx) => getProfile(tx, { userId: acme.userId, singleKeys: true }))).away).toBeNull();
  });

  it("shows a colleague's work to their cover on exactly the days away of the colleague's calendar", async () => {
    const acme = await testWorkspace({ clockAt: "2026-03-02T02:00:00Z" });
    const marta = await testMember(acme, { role: "rep", fullName: "Marta Lima" });
    const days = { awayFrom: new Date("2026-03-02"), awayUntil: new Date("2026-03-03"), coveredById: marta };
    await acme.run(async (tx) => {
      await tx.workspace.update({ where: { id: acme.id }, data: { visibility: "own" } });
      await tx.member.updateMany({ where: { userId: acme.userId }, data: { ...days, timeZone: "America/Los_Angeles" } });
    });
    const viewer = { userId: marta, role: "rep" } as const;
    const seesAndCovers = () =>
      acme.run(async (tx) => [
        (await listVisibleOwners(tx, viewer))?.includes(acme.userId),
        (await getToday(tx, viewer, { who: "me" })).covering.length === 1,
      ]);
    // The evening of 1 March in Los Angeles, the first hour away, the last, and the one behind it.
    expect(await seesAndCovers()).toEqual([false, false]);
    await acme.setClock("2026-03-02T08:00:00Z");
    expect(await seesAndCovers()).toEqual([true, true]);
    await acme.setClock("2026-03-04T07:59:00Z");
    expect(await seesAndCovers()).toEqual([true, true]);
    await acme.setClock("2026-03-04T08:00:00Z");
    expect(await seesAndCovers()).toEqual([false, false]);
  });

  it("refuses a cover who is oneself or gone", async () => {
    const acme = await testWorkspace();
    const profile = { userId: acme.userId, fullName: "Ines Prado", signature: "", timeZone: "Europe/Lisbon", singleKeys: true };
    const hours = { days: [1], from: "09:00", to: "17:00" };
    const by = (coveredById: string) =>
      saveProfile(acme.id, { ...profile, hours, away: { from: "2026-03-02", until: "2026-03-03", coveredById } });
    await expect(by(acme.userId)).rejects.toThrow("Somebody else has to cover");
    await expect(by(newId())).rejects.toThrow("Choose somebody else");
    expect(
      saveProfileInput.safeParse({ ...profile, hours, away: { from: "2026-03-05", until: "2026-03-03", coveredById: null } }).success,
    ).toBe(false);
  });

  it("checks the setup by itself", async () => {
    const acme = await testWorkspace();
    const before = await acme.run((tx) => getSetup(tx, { userId: acme.userId }));
    expect(before).toMatchObject({ done: 0, isHidden: false });
    await acme.run((tx) => setSetupHidden(tx, { isHidden: true }));
    expect((await acme.run((tx) => getSetup(tx, { userId: acme.userId }))).isHidden).toBe(true);
  });
});
