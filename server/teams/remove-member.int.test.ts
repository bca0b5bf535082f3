import { expect, it } from "vitest";
import { findSignedIn } from "#server/auth/queries.ts";
import { asViewer, inIdentity } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { bookMeeting } from "#server/meetings/commands/book-meeting.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testBooking, testLead, testMeetingRoom } from "#server/testing/meetings.ts";
import { testMailbox } from "#server/testing/sending.ts";
import { testMember } from "#server/testing/workspace.ts";
import { listTimeline } from "#server/timeline/queries.ts";
import { removeMember } from "./commands/remove-member.ts";
import { countHoldings } from "./queries.ts";

const { owner } = await testDatabase();

it("hands everything to whom the sheet says, with the history of each, and ends the session", async () => {
  const room = await testMeetingRoom();
  const [leo, marta, omar] = [
    await testMember(room, { fullName: "Leo Faber" }),
    await testMember(room, { fullName: "Marta Lima" }),
    await testMember(room, { fullName: "Omar Sá", role: "manager" }),
  ];
  const lead = await testLead(room, { fullName: "Nadia Rossi", email: "nadia@norvale.example", company: "Norvale", ownerId: leo });
  const mailbox = await testMailbox({ ...room, userId: leo }, { address: "leo@acme.example" });
  await bookMeeting(room.id, testBooking(room, { hostId: leo, startsAt: new Date("2026-03-03T15:00:00Z") }));
  const teamId = newId();
  await room.run(async (tx) => {
    await tx.team.create({ data: { id: teamId, workspaceId: room.id, name: "North", managerId: leo, createdAt: tx.now } });
  });
  expect(await room.run((tx) => countHoldings(tx, { userId: leo }))).toMatchObject({
    leads: 1,
    companies: 1,
    meetings: 1,
    mailboxes: 1,
    teams: 1,
  });
  const version = (await inIdentity((tx) => tx.user.findUniqueOrThrow({ where: { id: leo } }))).sessionVersion;
  expect((await findSignedIn(leo, version))?.memberships).toHaveLength(1);

  const actor = { userId: room.userId, role: "owner" as const };
  await asViewer({ userId: room.userId, kind: "all" }, () =>
    removeMember(room.id, { userId: leo, toUserId: marta, others: { meetings: omar, teams: omar }, actor }),
  );

  const left = await room.run((tx) => countHoldings(tx, { userId: leo }));
  expect(Object.values(left).every((count) => count === 0)).toBe(true);
  expect(await room.run((tx) => countHoldings(tx, { userId: marta }))).toMatchObject({ leads: 1, companies: 1, mailboxes: 1, meetings: 0 });
  expect(await room.run((tx) => countHoldings(tx, { userId: omar }))).toMatchObject({ meetings: 1, teams: 1, leads: 0 });
  const { rows: blocks } = await owner.query("select distinct host_id from busy_blocks where workspace_id = $1", [room.id]);
  expect(blocks).toEqual([{ host_id: omar }]);

  const { rows: history } = await owner.query(
    "select noun, from_id, to_id, by_id from ownership_changes where workspace_id = $1 and from_id = $2 order by noun",
    [room.id, leo],
  );
  const change = (noun: string, to: string) => ({ noun, from_id: leo, to_id: to, by_id: room.userId });
  expect(history).toEqual(
    expect.arrayContaining([change("leads", marta), change("accounts", marta), change("mailboxes", marta), change("meetings", omar)]),
  );
  const timeline = await room.run((tx) => listTimeline(tx, { leadId: lead.id, group: "changes", limit: 10 }));
  expect(timeline.items[0]).toMatchObject({ kind: "lead/assigned", actorId: room.userId, detail: { ownerId: marta, from: leo } });
  expect(mailbox.address).toBe("leo@acme.example");

  expect(await findSignedIn(leo, version)).toBeNull();
  await expect(removeMember(room.id, { userId: leo, toUserId: marta, others: {}, actor })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("takes nobody who cannot own work, and leaves everything as it was", async () => {
  const room = await testMeetingRoom();
  const leo = await testMember(room, { fullName: "Leo Faber" });
  const vera = await testMember(room, { fullName: "Vera Lima", role: "viewer" });
  await testLead(room, { fullName: "Nadia Rossi", email: "nadia@norvale.example", ownerId: leo });
  const actor = { userId: room.userId, role: "owner" as const };
  for (const others of [{ leads: vera }, { leads: leo }])
    await expect(removeMember(room.id, { userId: leo, toUserId: room.userId, others, actor })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
  expect(await room.run((tx) => countHoldings(tx, { userId: leo }))).toMatchObject({ leads: 1 });
});
