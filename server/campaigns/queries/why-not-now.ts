import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { HeldReason, WhyNotNow } from "#server/enrolments/schema.ts";
import { mayLeave } from "../domain/approval.ts";
import { chooseMailboxes } from "../domain/choose-mailbox.ts";
import { explainNotNow } from "../domain/explain-not-now.ts";
import { personToPlan } from "../domain/person-to-plan.ts";
import { planInputOf } from "../domain/plan-people.ts";
import { isKnownZone } from "../domain/zone-days.ts";
import { countApprovedByPeople } from "./count-approved.ts";
import { getCampaign } from "./get-campaign.ts";
import { loadBoard } from "./load-board.ts";
import { loadPeople, type PersonRow } from "./load-due-people.ts";
import { publicHolidays } from "./public-holidays.ts";

const RULE = "plan-send v1";

/** "Why not now?" for one person in one campaign: planned afresh with their own minute given back, so the answer is never stale. */
export async function whyNotNow(tx: Tx, enrolmentId: string): Promise<WhyNotNow> {
  const [row] = await loadPeople(tx, [enrolmentId], { lock: false });
  if (!row) throw new AppError("NOT_FOUND", "This person is no longer in a campaign.");
  const zone = row.zone && isKnownZone(row.zone) ? row.zone : "UTC";
  const rest = { enrolmentId: row.id, leadId: row.leadId, zone, zoneSays: "", rule: RULE };
  const stopped = await standstill(tx, row);
  if (stopped) return { ...rest, sentence: stopped, at: null, kind: null, reasons: [], change: null };

  const board = await loadBoard(tx);
  if (row.mailboxId && row.planKind === "exact" && row.plannedAt) {
    const booked = row.plannedAt.getTime();
    board.slots.set(
      row.mailboxId,
      (board.slots.get(row.mailboxId) ?? []).filter((slot) => slot !== booked),
    );
  }
  const approvedByPeople = (await countApprovedByPeople(tx, [row])).get(row.campaignId) ?? 0;
  const person = personToPlan(row, { now: board.now, holidays: publicHolidays(row.country, board.now), approvedByPeople }, null);
  const choice = chooseMailboxes(board.mailboxes, row.rules.sender, {
    ownerId: row.ownerId,
    pinnedMailboxId: person.pinnedMailboxId,
    now: board.now,
  });
  const mailbox = choice.candidates.find((candidate) => candidate.id === row.mailboxId) ?? choice.candidates[0];
  if (!mailbox) {
    const text = choice.problem ?? "No mailbox can send this";
    return {
      ...rest,
      sentence: `Not now: ${text}.`,
      at: null,
      kind: null,
      reasons: [{ code: "mailbox", text, until: null }],
      change: null,
    };
  }
  const input = planInputOf(board, person, mailbox);
  const told = explainNotNow(input, row.planKind === "exact" ? (row.plannedAt?.getTime() ?? null) : null);
  const approval = approvalReason(row, approvedByPeople);
  return {
    ...rest,
    zone: input.recipient.zone,
    zoneSays: input.recipient.zoneSays,
    sentence: told.summary,
    at: told.plan.kind === "never" ? null : new Date(told.plan.at),
    kind: told.plan.kind === "never" ? null : told.plan.kind,
    reasons: [...approval, ...told.reasons],
    change: told.change?.text ?? null,
  };
}

function approvalReason(row: PersonRow, approvedByPeople: number): HeldReason[] {
  if (!row.draftState || mayLeave(row.draftState, row.rules.drafts, approvedByPeople)) return [];
  const text =
    row.draftState === "writing"
      ? "the draft is being written"
      : "the draft waits for approval; not approved in time, it moves to the next working day";
  return [{ code: "draft", text, until: null }];
}

/** What stops everything, before any clock is asked. */
async function standstill(tx: Tx, row: PersonRow): Promise<string | null> {
  if (row.status === "finished") return "Finished: every mail was sent.";
  if (row.status !== "active") {
    const reasons = await tx.enrolment.findFirst({ where: { id: row.id }, select: { stopReason: true, pausedReason: true } });
    const why = reasons?.stopReason ?? reasons?.pausedReason;
    const word = { paused: "Paused", replied: "Replied", stopped: "Stopped", given_up: "Given up" }[row.status];
    return why ? `${word}: ${why}.` : `${word}.`;
  }
  if (row.isSendingPaused) return "Not now: all sending is paused. Resume it under Campaigns.";
  if (row.campaignStatus === "draft") return "Not now: the campaign has not started.";
  if (row.campaignStatus === "paused")
    return `Not now: the campaign was paused by ${(await getCampaign(tx, row.campaignId)).pausedByName ?? "a colleague"}.`;
  if (row.campaignStatus === "stopped") return "Not now: the campaign stopped itself.";
  const waiting: Record<string, string> = {
    reserved: "It is about to leave.",
    sending: "It is leaving now.",
    deferred: "The mail server asked to wait; it is tried again.",
    uncertain: "The last mail may have been sent. Say under Today whether it was.",
  };
  return row.messageState ? (waiting[row.messageState] ?? null) : null;
}
