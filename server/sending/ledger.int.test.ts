import { describe, expect, it } from "vitest";
import { newId } from "#server/core/ids.ts";
import { testLedger } from "#server/testing/ledger.ts";
import { statusOf, testMailbox, testReservedMail } from "#server/testing/sending.ts";
import { cancelReserved } from "./commands/cancel-reserved.ts";
import { reserveMessage } from "./commands/reserve-message.ts";
import { settleByEvidence, settleMessage } from "./commands/settle-message.ts";
import { openLedger } from "./commands/turn-ledger.ts";

const { database, sink, workspace, campaign, mailboxId, reserved, send, read } = await testLedger();

describe("the way of a mail", () => {
  it("is reserved, sent once, and moves the person on", async () => {
    const mail = await reserved();
    await send(mail.messageId);
    await send(mail.messageId);
    const row = await read(mail.messageId);
    expect(row).toMatchObject({ status: "sent", attempt: 1, leaseUntil: null });
    expect(row.followedUpAt).not.toBeNull();
    expect(row.attempts).toMatchObject([{ attempt: 1, outcome: "sent" }]);
    expect(sink.lines.filter((line) => line.event === "taken" && line.messageId === row.messageIdHeader)).toHaveLength(1);
    const after = await workspace.run(async (tx) => ({
      enrolment: await tx.enrolment.findFirstOrThrow({ where: { id: mail.enrolmentId } }),
      activity: await tx.activity.findMany({ where: { leadId: mail.leadId, kind: "message/sent" } }),
    }));
    expect(after.enrolment.stepId).toBe(campaign.stepIds[1]);
    expect(after.activity).toHaveLength(1);
  });

  it("is held back by a rule for the company's domain, whatever host the address has", async () => {
    const mail = await reserved();
    const accountId = newId();
    await workspace.run(async (tx) => {
      await tx.account.create({
        data: {
          id: accountId,
          workspaceId: workspace.id,
          name: "Rival",
          nameForMail: "Rival",
          domain: "rival.example",
          ownerId: workspace.userId,
          createdAt: tx.now,
        },
      });
      await tx.lead.update({ where: { id: mail.leadId }, data: { accountId } });
      // Written past the command, whose own consequences would cancel the mail before the last check is asked.
      await tx.suppression.create({
        data: { id: newId(), workspaceId: workspace.id, kind: "domain", value: "rival.example", reason: "competitor", createdAt: tx.now },
      });
    });
    await send(mail.messageId);
    expect(await statusOf(workspace, mail.messageId)).toBe("cancelled");
  });

  it("counts the last day away on the clock where the person lives", async () => {
    const mail = await reserved();
    const utc = new Date();
    // A zone in which it is another day than in UTC: tomorrow, or still yesterday.
    const isAhead = utc.getUTCHours() >= 10;
    const awayUntil = new Date(utc.toISOString().slice(0, 10));
    if (!isAhead) awayUntil.setUTCDate(awayUntil.getUTCDate() - 1);
    await workspace.run(async (tx) => {
      const timeZone = isAhead ? "Pacific/Kiritimati" : "Pacific/Pago_Pago";
      await tx.lead.update({ where: { id: mail.leadId }, data: { timeZone } });
      await tx.enrolment.update({ where: { id: mail.enrolmentId }, data: { awayUntil } });
    });
    await send(mail.messageId);
    expect(await statusOf(workspace, mail.messageId)).toBe(isAhead ? "sent" : "cancelled");
  });

  it("answers the first message when it is reserved again", async () => {
    const mail = await reserved();
    const again = await workspace.run((tx) =>
      reserveMessage(tx, {
        purpose: "campaign",
        dedupeKey: `campaign:${campaign.lineageIds[0]}:${mail.leadId}`,
        mailboxId,
        to: mail.email,
        subject: "s",
        bodyText: "b",
        leadId: mail.leadId,
      }),
    );
    expect(again).toEqual({ messageId: mail.messageId, status: "reserved", isNew: false });
  });

  it("may be reserved again, as another run, only when it was cancelled before sending", async () => {
    const mail = await reserved();
    await workspace.run((tx) => cancelReserved(tx, { leadId: mail.leadId, reason: "Paused." }));
    const key = `campaign:${campaign.lineageIds[0]}:${mail.leadId}`;
    const input = {
      purpose: "campaign" as const,
      dedupeKey: key,
      mailboxId,
      to: mail.email,
      subject: "s",
      bodyText: "b",
      leadId: mail.leadId,
      enrolmentId: mail.enrolmentId,
      campaignId: campaign.id,
      stepId: campaign.stepIds[0] ?? "",
    };
    const second = await workspace.run((tx) => reserveMessage(tx, input));
    expect(second).toMatchObject({ isNew: true, status: "reserved" });
    expect((await read(second.messageId)).dedupeKey).toBe(`${key}:2`);
    await send(second.messageId);
    expect(await workspace.run((tx) => reserveMessage(tx, input))).toMatchObject({
      messageId: second.messageId,
      status: "sent",
      isNew: false,
    });
  });

  it("is refused more than a minute ahead", async () => {
    const dueAt = new Date(Date.now() + 90_000);
    await expect(
      workspace.run((tx) =>
        reserveMessage(tx, {
          purpose: "reply",
          dedupeKey: `reply:${newId()}`,
          mailboxId,
          to: "a@b.example",
          subject: "s",
          bodyText: "b",
          dueAt,
        }),
      ),
    ).rejects.toThrow("at most a minute");
  });

  it("keeps the words, adds who we are and how to opt out, and threads the second mail", async () => {
    const mail = await reserved();
    await send(mail.messageId);
    const first = await read(mail.messageId);
    expect(first.bodyText).toContain("Rua do Ouro 1");
    expect(first.bodyText).toContain("Answer “stop”");
    const second = await workspace.run((tx) =>
      reserveMessage(tx, {
        purpose: "campaign",
        dedupeKey: `campaign:${campaign.lineageIds[1]}:${mail.leadId}`,
        mailboxId,
        to: mail.email,
        subject: "Re: s",
        bodyText: "b",
        leadId: mail.leadId,
        enrolmentId: mail.enrolmentId,
        campaignId: campaign.id,
        stepId: campaign.stepIds[1] ?? "",
      }),
    );
    expect(await read(second.messageId)).toMatchObject({
      threadId: first.threadId,
      inReplyTo: first.messageIdHeader,
      references: [first.messageIdHeader],
    });
  });
});

describe("what the other side proves", () => {
  it("offers a deferred mail again with the same Message-ID and its own attempt", async () => {
    const mail = await reserved("defer-rcpt");
    const before = await read(mail.messageId);
    await send(mail.messageId);
    const deferred = await read(mail.messageId);
    expect(deferred).toMatchObject({ status: "deferred", attempt: 1, messageIdHeader: before.messageIdHeader });
    expect(deferred.dueAt.getTime() - Date.now()).toBeGreaterThan(4 * 60_000);
    await send(mail.messageId);
    expect(await statusOf(workspace, mail.messageId)).toBe("deferred");
    await workspace.run((tx) => tx.message.update({ where: { id: mail.messageId }, data: { dueAt: new Date(Date.now() - 1_000) } }));
    await send(mail.messageId);
    expect((await read(mail.messageId)).attempts.map((row) => [row.attempt, row.outcome])).toEqual([
      [1, "deferred"],
      [2, "deferred"],
    ]);
  });

  it("gives up after 72 hours and ends the campaign for the person", async () => {
    const mail = await reserved("defer-rcpt");
    await workspace.run((tx) =>
      tx.message.update({ where: { id: mail.messageId }, data: { reservedAt: new Date(Date.now() - 73 * 3_600_000) } }),
    );
    await send(mail.messageId);
    expect(await statusOf(workspace, mail.messageId)).toBe("failed");
    expect((await workspace.run((tx) => tx.enrolment.findFirstOrThrow({ where: { id: mail.enrolmentId } }))).status).toBe("given_up");
  });

  it("treats an address that does not exist as bounced, for every later mail", async () => {
    const mail = await reserved("refuse-rcpt");
    await send(mail.messageId);
    expect(await statusOf(workspace, mail.messageId)).toBe("failed");
    const after = await workspace.run(async (tx) => ({
      lead: await tx.lead.findFirstOrThrow({ where: { id: mail.leadId }, include: { state: true } }),
      rule: await tx.suppression.findFirst({ where: { value: mail.email } }),
    }));
    expect(after.lead.emailStatus).toBe("bounced");
    expect(after.lead.state?.contactState).toBe("needs_address");
    expect(after.rule?.reason).toBe("bounced");
  });

  it("is uncertain when the server went silent, and is never sent again by itself", async () => {
    const mail = await reserved("drop-after-data");
    await send(mail.messageId);
    await send(mail.messageId);
    const row = await read(mail.messageId);
    expect(row.status).toBe("uncertain");
    expect(sink.lines.filter((line) => line.event === "taken" && line.messageId === row.messageIdHeader)).toHaveLength(1);
  });

  it("becomes uncertain when the lease ran out by the database's clock, not before", async () => {
    const mail = await reserved();
    await openLedger(workspace.id, "gone").claim({ messageId: mail.messageId, toAddress: mail.email });
    await send(mail.messageId);
    expect(await statusOf(workspace, mail.messageId)).toBe("sending");
    await database.owner.query("update messages set lease_until = clock_timestamp() - interval '1 ms' where id = $1", [mail.messageId]);
    await send(mail.messageId);
    expect(await statusOf(workspace, mail.messageId)).toBe("uncertain");
  });

  it("takes an attempt when the server cannot be reached", async () => {
    const { id } = await testMailbox(workspace, { port: 1, address: "leo@acme.example" });
    const mail = await testReservedMail(workspace, campaign, id, "unreached@norvale.example");
    await send(mail.messageId);
    expect(await read(mail.messageId)).toMatchObject({ status: "deferred", attempt: 1 });
    expect((await workspace.run((tx) => tx.mailbox.findFirstOrThrow({ where: { id } }))).sendError).toContain("127.0.0.1");
  });
});

describe("an uncertain mail", () => {
  const uncertain = async () => {
    const mail = await reserved("drop-after-data");
    await send(mail.messageId);
    return mail;
  };

  it("is sent when a person says so, and what follows happens", async () => {
    const mail = await uncertain();
    await workspace.run((tx) => settleMessage(tx, { id: mail.messageId, sent: true, byId: workspace.userId, byKind: "person" }));
    await send(mail.messageId);
    expect(await read(mail.messageId)).toMatchObject({ status: "sent", settledById: workspace.userId });
    expect((await workspace.run((tx) => tx.enrolment.findFirstOrThrow({ where: { id: mail.enrolmentId } }))).stepId).toBe(
      campaign.stepIds[1],
    );
  });

  it("is offered again when a person says that it was not sent", async () => {
    const mail = await uncertain();
    await workspace.run((tx) => settleMessage(tx, { id: mail.messageId, sent: false, byId: workspace.userId, byKind: "person" }));
    expect(await statusOf(workspace, mail.messageId)).toBe("deferred");
    await send(mail.messageId);
    expect((await read(mail.messageId)).attempt).toBe(2);
  });

  it("is settled by evidence, once", async () => {
    const mail = await uncertain();
    expect(await workspace.run((tx) => settleByEvidence(tx, { messageId: mail.messageId, shows: "sent", by: "found in Sent" }))).toBe(true);
    expect(await workspace.run((tx) => settleByEvidence(tx, { messageId: mail.messageId, shows: "failed", by: "bounced" }))).toBe(false);
    expect(await statusOf(workspace, mail.messageId)).toBe("sent");
    await expect(
      workspace.run((tx) => settleMessage(tx, { id: mail.messageId, sent: false, byId: workspace.userId, byKind: "person" })),
    ).rejects.toThrow("settled already");
  });
});
