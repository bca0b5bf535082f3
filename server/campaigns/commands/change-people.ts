import type { Tx } from "#server/core/db.ts";
import { setDue } from "#server/jobs/due.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { ENROLMENT_DUE } from "../constants.ts";
import { closeEnrolments } from "./close-enrolments.ts";
import { dropPlans } from "./replan-enrolments.ts";

export type ChangePeople = { campaignId: string; enrolmentIds: readonly string[]; byId: string };

/** Whom an act changed, of those who were chosen: Undo is for them alone. */
export type Changed = { people: number; enrolmentIds: string[] };

/** Takes people out; they stay in the numbers as stopped. */
export async function removePeople(tx: Tx, input: ChangePeople): Promise<Changed> {
  const people = await tx.enrolment.findMany({
    where: { id: { in: [...input.enrolmentIds] }, campaignId: input.campaignId, status: { in: ["active", "paused"] } },
    select: { leadId: true },
  });
  const by = await tx.member.findFirst({ where: { userId: input.byId }, select: { fullName: true } });
  const reason = `Taken out by ${by?.fullName.split(" ")[0] ?? "a colleague"}`;
  const { enrolmentIds } = await closeEnrolments(tx, {
    leadIds: people.map((row) => row.leadId),
    campaignId: input.campaignId,
    status: "stopped",
    reason,
    actorId: input.byId,
  });
  return { people: enrolmentIds.length, enrolmentIds };
}

/** One person rests while the campaign goes on. */
export async function pausePeople(tx: Tx, input: ChangePeople): Promise<Changed> {
  const by = await tx.member.findFirst({ where: { userId: input.byId }, select: { fullName: true } });
  const rows = await tx.enrolment.findMany({
    where: { id: { in: [...input.enrolmentIds] }, campaignId: input.campaignId, status: "active" },
    select: { id: true, leadId: true },
  });
  const ids = rows.map((row) => row.id);
  await dropPlans(tx, { enrolmentIds: ids, reason: "The person was paused", wake: false });
  await tx.enrolment.updateMany({
    where: { id: { in: ids }, status: "active" },
    data: { status: "paused", pausedReason: `Paused by ${by?.fullName.split(" ")[0] ?? "a colleague"}` },
  });
  await record(tx, input, rows, "campaign/person.paused");
  return { people: ids.length, enrolmentIds: ids };
}

/** Also for colleagues who waited because somebody at their company answered, and for people who are back early. */
export async function resumePeople(tx: Tx, input: ChangePeople): Promise<Changed> {
  const rows = await tx.enrolment.findMany({
    where: { id: { in: [...input.enrolmentIds] }, campaignId: input.campaignId, status: "paused" },
    select: { id: true, leadId: true },
  });
  const ids = rows.map((row) => row.id);
  await tx.enrolment.updateMany({
    where: { id: { in: ids }, status: "paused" },
    data: { status: "active", pausedReason: null, dueAt: tx.now },
  });
  await setDue(
    tx,
    ids.map((id) => ({ kind: ENROLMENT_DUE, subjectId: id, dueAt: tx.now })),
  );
  await record(tx, input, rows, "campaign/person.resumed");
  return { people: ids.length, enrolmentIds: ids };
}

async function record(
  tx: Tx,
  input: ChangePeople,
  rows: readonly { id: string; leadId: string }[],
  kind: "campaign/person.paused" | "campaign/person.resumed",
): Promise<void> {
  for (const row of rows)
    await recordActivity(tx, {
      kind,
      leadId: row.leadId,
      campaignId: input.campaignId,
      actorId: input.byId,
      detail: { enrolmentId: row.id },
    });
  await refreshLeadState(
    tx,
    rows.map((row) => row.leadId),
  );
}
