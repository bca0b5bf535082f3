import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { setSteps } from "#server/campaigns/commands/set-steps.ts";
import { stopEnrolments } from "#server/campaigns/commands/stop-enrolments.ts";
import { loadSteps } from "#server/campaigns/queries/load-steps.ts";
import { stepInput } from "#server/campaigns/schema.ts";
import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { testDatabase } from "#server/testing/database.ts";
import { testMailbox, testReservedMail, testRunningCampaign } from "#server/testing/sending.ts";
import { testWorkspace } from "#server/testing/workspace.ts";
import { followUpSent } from "./commands/follow-up-sent.ts";

await testDatabase();

async function setting() {
  const workspace = await testWorkspace();
  const campaign = await testRunningCampaign(workspace, 2);
  const { id: mailboxId } = await testMailbox(workspace);
  const reserved = (name: string) => testReservedMail(workspace, campaign, mailboxId, `${name}@norvale.example`);
  /** Holds these people for a moment, as somebody does who is about to `goOn`; `meanwhile` begins in that moment. */
  const holding = async (enrolmentId: string, goOn: (tx: Tx) => Promise<unknown>, meanwhile: () => Promise<unknown>) => {
    const isHeld = Promise.withResolvers<void>();
    const first = workspace.run(async (tx) => {
      await tx.$queryRaw`select 1 as one from enrolments where workspace_id = ${workspace.id}::uuid and id = ${enrolmentId}::uuid for update`;
      isHeld.resolve();
      await wait(300);
      await goOn(tx);
    });
    return Promise.all([first, isHeld.promise.then(meanwhile)]);
  };
  return { workspace, campaign, mailboxId, reserved, holding };
}

describe("no two wait for each other:", () => {
  it("a mail that is withdrawn, and new steps for everybody", async () => {
    const { campaign, holding, reserved, workspace } = await setting();
    const mail = await reserved("steps");
    const second = campaign.stepIds[1] ?? "";
    const where = { id: mail.enrolmentId };
    await workspace.run((tx) => tx.enrolment.updateMany({ where, data: { stepId: second, lastSentAt: tx.now } }));
    const [one, two] = await workspace.run((tx) => loadSteps(tx, campaign.id));
    const steps = [one, { kind: "wait", config: { workingDays: 9 } }, { ...two, config: { ...two?.config, instruction: "Shorter." } }];
    const input = {
      id: campaign.id,
      scope: "everybody" as const,
      steps: steps.map((step) => stepInput.parse(step)),
      byId: workspace.userId,
    };
    await holding(
      mail.enrolmentId,
      (tx) =>
        tx.message.updateMany({ where: { id: mail.messageId, status: "reserved" }, data: { status: "cancelled", reason: "Withdrawn" } }),
      () => workspace.run((tx) => setSteps(tx, input)),
    );
    const enrolment = await workspace.run((tx) => tx.enrolment.findFirstOrThrow({ where }));
    expect(enrolment.notBefore?.getTime()).toBeGreaterThan(Date.now());
  });

  it("what follows from a sent mail, and an end of the campaign", async () => {
    const { campaign, holding, mailboxId, reserved, workspace } = await setting();
    const mail = await reserved("sent");
    await workspace.run(async (tx) => {
      const where = { id: mail.messageId };
      await tx.sendSlot.create({
        data: {
          id: newId(),
          workspaceId: workspace.id,
          mailboxId,
          slotAt: tx.now,
          enrolmentId: mail.enrolmentId,
          stepId: campaign.stepIds[0] ?? "",
          budgetDay: tx.now,
        },
      });
      await tx.message.updateMany({
        where,
        data: { status: "sending", sendingAt: tx.now, attempt: 1, leaseUntil: new Date(tx.now.getTime() + 60_000), workerId: "test" },
      });
      await tx.message.updateMany({ where, data: { status: "sent", sentAt: tx.now } });
    });
    const [, done] = await holding(
      mail.enrolmentId,
      (tx) => stopEnrolments(tx, { leadId: mail.leadId, reason: "Answered", status: "replied" }),
      () => followUpSent(workspace.id, [mail.messageId]),
    );
    expect(done).toBe(1);
    const enrolment = await workspace.run((tx) => tx.enrolment.findFirstOrThrow({ where: { id: mail.enrolmentId } }));
    expect(enrolment).toMatchObject({ status: "replied", lastSentAt: expect.any(Date) });
  });
});
