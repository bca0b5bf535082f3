import { afterAll, beforeAll, expect, it } from "vitest";
import { createSandboxTransport } from "#server/providers/mail-transport/sandbox.ts";
import { createSmtpTransport } from "#server/providers/mail-transport/smtp.ts";
import { startChild } from "#server/testing/child.ts";
import { testDatabase } from "#server/testing/database.ts";
import { statusOf, type TestCampaign, type TestMail, testMailbox, testReservedMail, testRunningCampaign } from "#server/testing/sending.ts";
import { type Sink, startSink } from "#server/testing/smtp-sink.ts";
import { type TestWorkspace, testWorkspace } from "#server/testing/workspace.ts";
import { sendDueMessages } from "./commands/send-due.ts";
import { settleMessage } from "./commands/settle-message.ts";
import type { MessageStatus } from "./schema.ts";

const database = await testDatabase();
const services = { mailTransport: createSmtpTransport({ allowLoopback: true }), sandboxTransport: createSandboxTransport() };
let sink: Sink;
let workspace: TestWorkspace;
let campaign: TestCampaign;
let mailboxId: string;
let count = 0;

beforeAll(async () => {
  sink = await startSink({ password: "right" });
  workspace = await testWorkspace();
  campaign = await testRunningCampaign(workspace, 2);
  ({ id: mailboxId } = await testMailbox(workspace, { port: sink.port }));
});
afterAll(async () => {
  await services.mailTransport.close();
  await sink.close();
});

const worker = (failPoint?: string) =>
  startChild("./sending-worker.ts", [workspace.id], {
    DATABASE_URL: database.runtimeUrl,
    APP_SECRET: "a test secret that is long enough to be one",
    ALLOW_LOOPBACK_MAIL: "1",
    ...(failPoint && { FAIL_POINT: failPoint }),
  });
const taken = (mail: TestMail) => sink.lines.filter((line) => line.event === "taken" && line.to === mail.email).length;
/** This process is the worker that comes after the killed one. */
const recover = (mail: TestMail) => sendDueMessages(services, workspace.id, [mail.messageId]);
const letLeaseEnd = (mail: TestMail) =>
  database.owner.query(
    "with m as (update messages set lease_until = clock_timestamp() - interval '1 ms' where id = $1) update due set due_at = clock_timestamp() where subject_id = $1",
    [mail.messageId],
  );
const isFollowedUp = async (mail: TestMail) =>
  (await workspace.run((tx) => tx.message.findFirstOrThrow({ where: { id: mail.messageId } }))).followedUpAt !== null;

type Case = {
  point: string;
  to?: string;
  dies: MessageStatus;
  takenThen: number;
  ends: MessageStatus;
  takenLast: number;
  prepare?: (mail: TestMail) => Promise<unknown>;
};
const cases: Case[] = [
  { point: "ledger.claiming", dies: "reserved", takenThen: 0, ends: "sent", takenLast: 1 },
  { point: "ledger.sending", dies: "sending", takenThen: 0, ends: "uncertain", takenLast: 0 },
  { point: "ledger.handed-over", dies: "sending", takenThen: 1, ends: "uncertain", takenLast: 1 },
  { point: "ledger.recording", dies: "sending", takenThen: 1, ends: "uncertain", takenLast: 1 },
  { point: "ledger.sent", dies: "sent", takenThen: 1, ends: "sent", takenLast: 1 },
  { point: "ledger.followed-up", dies: "sent", takenThen: 1, ends: "sent", takenLast: 1 },
  { point: "ledger.not_accepted", to: "defer-data", dies: "deferred", takenThen: 0, ends: "deferred", takenLast: 0 },
  { point: "ledger.refused", to: "refuse-rcpt", dies: "failed", takenThen: 0, ends: "failed", takenLast: 0 },
  { point: "ledger.unknown", to: "drop-after-data", dies: "uncertain", takenThen: 1, ends: "uncertain", takenLast: 1 },
  {
    point: "ledger.cancelled",
    dies: "cancelled",
    takenThen: 0,
    ends: "cancelled",
    takenLast: 0,
    prepare: (mail) => workspace.run((tx) => tx.lead.update({ where: { id: mail.leadId }, data: { deletedAt: tx.now } })),
  },
  // deferred → reserved is committed before the next attempt begins.
  {
    point: "ledger.looked",
    dies: "reserved",
    takenThen: 0,
    ends: "sent",
    takenLast: 1,
    prepare: (mail) =>
      database.owner
        .query("update messages set status = 'sending', attempt = 1, lease_until = clock_timestamp(), worker_id = 'w' where id = $1", [
          mail.messageId,
        ])
        .then(() => database.owner.query("update messages set status = 'deferred' where id = $1", [mail.messageId])),
  },
];

it.each(cases)(
  "killed at $point it leaves $dies, and ends as $ends with $takenLast taken",
  async ({ point, to, dies, takenThen, ends, takenLast, prepare }) => {
    const mail = await testReservedMail(workspace, campaign, mailboxId, `${to ?? "person"}-${count++}@norvale.example`);
    await prepare?.(mail);
    expect(await worker(point).ended).toMatchObject({ signal: "SIGKILL" });
    expect([await statusOf(workspace, mail.messageId), taken(mail)]).toEqual([dies, takenThen]);
    if (dies === "sending") await letLeaseEnd(mail);
    await recover(mail);
    expect([await statusOf(workspace, mail.messageId), taken(mail)]).toEqual([ends, takenLast]);
    if (ends === "sent") expect(await isFollowedUp(mail)).toBe(true);
  },
  60_000,
);

it("an uncertain mail that a person says was not sent leaves once", async () => {
  const mail = await testReservedMail(workspace, campaign, mailboxId, `settled-${count++}@norvale.example`);
  await worker("ledger.sending").ended;
  await letLeaseEnd(mail);
  await recover(mail);
  expect(await statusOf(workspace, mail.messageId)).toBe("uncertain");
  await workspace.run((tx) => settleMessage(tx, { id: mail.messageId, sent: false, byId: workspace.userId, byKind: "person" }));
  await recover(mail);
  expect([await statusOf(workspace, mail.messageId), taken(mail)]).toEqual(["sent", 1]);
}, 60_000);
