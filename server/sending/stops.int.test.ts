import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pauseCampaign } from "#server/campaigns/commands/pause-campaign.ts";
import { stopEnrolments } from "#server/campaigns/commands/stop-enrolments.ts";
import { suppress, unsubscribe } from "#server/compliance/commands.ts";
import { createSandboxTransport } from "#server/providers/mail-transport/sandbox.ts";
import { createSmtpTransport } from "#server/providers/mail-transport/smtp.ts";
import { testDatabase } from "#server/testing/database.ts";
import { type TestCampaign, type TestMail, testMailbox, testReservedMail, testRunningCampaign } from "#server/testing/sending.ts";
import { type Sink, startSink } from "#server/testing/smtp-sink.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { sendDueMessages } from "./commands/send-due.ts";

await testDatabase();
const services = { mailTransport: createSmtpTransport({ allowLoopback: true }), sandboxTransport: createSandboxTransport() };
let sink: Sink;
let workspace: TestWorkspace;

const PEOPLE = 12;
const ANSWERS_AFTER_MS = 15;
/** One round trip on loopback, on a machine that is busy with other tests. */
const ROUND_TRIP_MS = 40;

beforeAll(async () => {
  sink = await startSink({ answerAfterMs: ANSWERS_AFTER_MS });
  workspace = await testWorkspace();
});
afterAll(async () => {
  await services.mailTransport.close();
  await sink.close();
});

const one = (stop: (mail: TestMail) => Promise<unknown>) => async (mails: TestMail[], committed: Map<string, number>) => {
  await Promise.all(
    mails.map(async (mail) => {
      await wait(Math.random() * PEOPLE * 4);
      await stop(mail);
      committed.set(mail.email, Date.now());
    }),
  );
};
const all =
  (stop: (campaign: TestCampaign) => Promise<unknown>) =>
  async (mails: TestMail[], committed: Map<string, number>, campaign: TestCampaign) => {
    await wait(Math.random() * PEOPLE * 2);
    await stop(campaign);
    for (const mail of mails) committed.set(mail.email, Date.now());
  };

describe("no DATA begins more than one round trip after the commit of", () => {
  it.each<[string, (mails: TestMail[], committed: Map<string, number>, campaign: TestCampaign) => Promise<void>]>([
    ["a reply", one((mail) => workspace.run((tx) => stopEnrolments(tx, { leadId: mail.leadId, reason: "Answered.", status: "replied" })))],
    [
      "an unsubscribe",
      one((mail) => workspace.run((tx) => unsubscribe(tx, { leadId: mail.leadId, messageId: mail.messageId, scope: "person" }))),
    ],
    ["a bounce", one((mail) => workspace.run((tx) => tx.lead.update({ where: { id: mail.leadId }, data: { emailStatus: "bounced" } })))],
    ["do not contact", one((mail) => workspace.run((tx) => suppress(tx, { kind: "address", value: mail.email, reason: "legal" })))],
    ["a deletion", one((mail) => workspace.run((tx) => tx.lead.update({ where: { id: mail.leadId }, data: { deletedAt: tx.now } })))],
    ["a pause", all((campaign) => workspace.run((tx) => pauseCampaign(tx, { campaignId: campaign.id, byId: workspace.userId })))],
    [
      "do not contact for a domain",
      all(() => workspace.run((tx) => suppress(tx, { kind: "domain", value: "domain-stop.example", reason: "competitor" }))),
    ],
  ])("%s", async (name, stop) => {
    const campaign = await testRunningCampaign(workspace);
    const { id: mailboxId } = await testMailbox(workspace, { port: sink.port, address: `${name.replaceAll(" ", "-")}@acme.example` });
    const domain = name.includes("domain") ? "domain-stop.example" : "norvale.example";
    const mails: TestMail[] = [];
    for (let index = 0; index < PEOPLE; index++)
      mails.push(await testReservedMail(workspace, campaign, mailboxId, `${name.replaceAll(" ", "-")}-${index}@${domain}`));
    const committed = new Map<string, number>();
    // Two at a time, so that stops fall before, between and after.
    const ids = mails.map((mail) => mail.messageId);
    const sending = async () => {
      for (let from = 0; from < ids.length; from += 2) await sendDueMessages(services, workspace.id, ids.slice(from, from + 2));
    };
    await Promise.all([sending(), stop(mails, committed, campaign)]);

    const late = sink.lines.filter(
      (line) => line.event === "data" && line.at - (committed.get(line.to) ?? Number.POSITIVE_INFINITY) > ROUND_TRIP_MS,
    );
    expect(late).toEqual([]);
    const twice = mails.filter((mail) => sink.lines.filter((line) => line.event === "taken" && line.to === mail.email).length > 1);
    expect(twice).toEqual([]);
  });
});
