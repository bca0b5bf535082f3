import { describe, expect, it } from "vitest";
import { suppress } from "#server/compliance/commands.ts";
import { newId } from "#server/core/ids.ts";
import { testLedger } from "#server/testing/ledger.ts";
import { statusOf, testMailbox, testReservedMail, testRunningCampaign } from "#server/testing/sending.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { sendDueMessages } from "./commands/send-due.ts";
import { messageStatuses } from "./constants.ts";
import { transitions } from "./domain/ledger.ts";

const { database, services, sink, workspace, campaign, mailboxId, reserved, send } = await testLedger();

describe("the guard in the database", () => {
  const allowed = messageStatuses.flatMap((from) =>
    messageStatuses.filter((to) => to !== from).map((to) => ({ from, to, isAllowed: transitions[from].includes(to) })),
  );

  it.each(allowed)("$from → $to: $isAllowed", async ({ from, to, isAllowed }) => {
    const mail = await reserved();
    const change = async (status: string) =>
      database.owner.query(
        `update messages set status = $2, attempt = attempt + case when $2 = 'sending' then 1 else 0 end, sent_at = case when $2 = 'sent' then reserved_at end,
           lease_until = clock_timestamp(), worker_id = 'w', settled_by_id = $3 where id = $1`,
        [mail.messageId, status, workspace.userId],
      );
    await database.owner.query("select set_config('app.workspace_id', $1, false)", [workspace.id]);
    const way: Record<string, string[]> = {
      reserved: [],
      cancelled: ["cancelled"],
      sending: ["sending"],
      sent: ["sending", "sent"],
      deferred: ["sending", "deferred"],
      failed: ["sending", "failed"],
      uncertain: ["sending", "uncertain"],
    };
    for (const step of way[from] ?? []) await change(step);
    if (isAllowed) await change(to);
    else await expect(change(to)).rejects.toThrow(`${from} cannot become ${to}`);
  });

  it.each([
    ["message_id_header", "'<other@acme.example>'"],
    ["dedupe_key", "'other'"],
    ["mailbox_id", "gen_random_uuid()"],
    ["attempt", "7"],
  ])("never lets %s change", async (column, value) => {
    const mail = await reserved();
    await expect(database.owner.query(`update messages set ${column} = ${value} where id = $1`, [mail.messageId])).rejects.toThrow(
      "ledger:",
    );
  });

  it("needs a name or evidence to settle, and a name to offer again", async () => {
    const mail = await reserved();
    for (const status of ["sending", "uncertain"])
      await database.owner.query(
        "update messages set status = $2, attempt = case when $2 = 'sending' then 1 else attempt end, lease_until = clock_timestamp(), worker_id = 'w' where id = $1",
        [mail.messageId, status],
      );
    for (const status of ["sent", "failed", "deferred"])
      await expect(
        database.owner.query("update messages set status = $2, sent_at = reserved_at where id = $1", [mail.messageId, status]),
      ).rejects.toThrow("ledger:");
    await expect(
      database.owner.query("update messages set status = 'deferred', settled_by_evidence = 'bounced' where id = $1", [mail.messageId]),
    ).rejects.toThrow("ledger:");
  });

  it("lets nobody delete a message or begin one elsewhere", async () => {
    const mail = await reserved();
    await expect(workspace.run((tx) => tx.message.deleteMany({ where: { id: mail.messageId } }))).rejects.toThrow("permission denied");
    await expect(
      workspace.run((tx) =>
        tx.message.create({
          data: {
            id: newId(),
            workspaceId: workspace.id,
            dedupeKey: newId(),
            purpose: "report",
            status: "sent",
            mailboxId,
            toAddress: "a@b.example",
            subject: "",
            bodyText: "",
            messageIdHeader: newId(),
            references: [],
            dueAt: tx.now,
            reservedAt: tx.now,
            sentAt: tx.now,
          },
        }),
      ),
    ).rejects.toThrow();
  });
});

describe("workers", () => {
  it("share due mails without sending one twice", async () => {
    const mails = await Promise.all(Array.from({ length: 20 }, () => reserved("shared")));
    const ids = mails.map((mail) => mail.messageId);
    const results = await Promise.all([send(...ids), send(...ids), send(...ids.toReversed())]);
    expect(results.reduce((sum, result) => sum + result.sent, 0)).toBe(20);
    for (const mail of mails) expect(sink.lines.filter((line) => line.event === "taken" && line.to === mail.email)).toHaveLength(1);
  });
});

describe("stops committed before", () => {
  it.each<[string, (mail: { leadId: string; email: string }) => Promise<unknown>, string]>([
    ["an address", (mail) => workspace.run((tx) => suppress(tx, { kind: "address", value: mail.email, reason: "opted_out" })), "cancelled"],
    [
      "a deleted person",
      (mail) => workspace.run((tx) => tx.lead.update({ where: { id: mail.leadId }, data: { deletedAt: tx.now } })),
      "cancelled",
    ],
    [
      "a paused mailbox",
      () => workspace.run((tx) => tx.mailbox.update({ where: { id: mailboxId }, data: { pausedAt: tx.now } })),
      "cancelled",
    ],
    [
      "all sending paused",
      () => workspace.run((tx) => tx.workspace.update({ where: { id: workspace.id }, data: { sendingPausedAt: tx.now } })),
      "cancelled",
    ],
    [
      "a paused campaign",
      () => workspace.run((tx) => tx.campaign.update({ where: { id: campaign.id }, data: { status: "paused" } })),
      "cancelled",
    ],
  ])("%s", async (_, stop, status) => {
    const mail = await reserved();
    await stop(mail);
    await send(mail.messageId);
    expect(await statusOf(workspace, mail.messageId)).toBe(status);
    expect(sink.lines.filter((line) => line.to === mail.email)).toEqual([]);
    await workspace.run(async (tx) => {
      await tx.mailbox.update({ where: { id: mailboxId }, data: { pausedAt: null } });
      await tx.workspace.update({ where: { id: workspace.id }, data: { sendingPausedAt: null } });
      await tx.campaign.update({ where: { id: campaign.id }, data: { status: "running" } });
    });
  });
});

describe("a pretend workspace", () => {
  it("reaches no server, whatever its mailboxes say", async () => {
    const pretend = await testWorkspace({ clockAt: "2026-03-02T09:00:00Z" });
    const theirs = await testRunningCampaign(pretend);
    const box = await testMailbox(pretend, { port: sink.port });
    const mail = await testReservedMail(pretend, theirs, box.id, "pretend@norvale.example");
    await sendDueMessages(services, pretend.id, [mail.messageId]);
    expect(await statusOf(pretend, mail.messageId)).toBe("sent");
    expect(sink.lines.filter((line) => line.to === mail.email)).toEqual([]);
    expect((await pretend.run((tx) => tx.message.findFirstOrThrow({ where: { id: mail.messageId } }))).sentAt).toEqual(
      new Date("2026-03-02T09:00:00Z"),
    );
  });
});
