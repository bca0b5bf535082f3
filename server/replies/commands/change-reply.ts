import { recordAudit } from "#server/audit/commands.ts";
import type { Role } from "#server/auth/constants.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { recordDecision } from "#server/decisions/commands.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { actionsFor } from "../domain/actions-for.ts";
import { changeOfClass, sayChange } from "../domain/change-of-class.ts";
import { type FoundReply, requireReply } from "../queries/find-reply.ts";
import { readLead, workDays } from "../queries/read-context.ts";
import type { ChangeReplyResult, DoneAction, ReplyClass } from "../schema.ts";
import { refreshAfterActions, takeActions } from "./take-actions.ts";
import { dropSuggestion, undoActions } from "./undo-actions.ts";

type By = { userId: string; role: Role };

/** Another class, said by a person: what no longer fits is taken back, what is missing is done, and the answer says what changed. */
export async function changeClass(
  tx: Tx,
  by: By,
  input: { id: string; class: ReplyClass; untilOn?: string | null | undefined },
): Promise<ChangeReplyResult> {
  const reply = await requireReply(tx, by, input.id, { lock: true });
  const untilOn = input.untilOn === undefined ? (reply.untilOn?.toISOString().slice(0, 10) ?? null) : input.untilOn;
  const isSameDate = untilOn === (reply.untilOn?.toISOString().slice(0, 10) ?? null);
  const lead = reply.leadId ? await readLead(tx, reply.leadId) : null;
  const plan = actionsFor(input.class, {
    hasLead: lead !== null,
    hasReferral: reply.referral !== null,
    hasUntil: untilOn !== null,
    author: lead?.context.email === reply.fromAddress ? "same" : "stranger",
    mayAnswer: reply.noAnswerBecause === null,
    isAddressBad: input.class === "bounce",
  });
  const change = changeOfClass(reply.actions, plan.kinds);
  // A new date is a new pause or a new task, although the kind of action stays.
  const dated = isSameDate
    ? []
    : reply.actions.flatMap((one, at) =>
        (one.kind === "pause_until" || one.kind === "call_back") && one.undoneAt === null && plan.kinds.includes(one.kind) ? [at] : [],
      );
  const undo = [...new Set([...change.undo, ...dated])];
  const apply = [...new Set([...change.apply, ...dated.flatMap((at) => reply.actions[at]?.kind ?? [])])];
  let actions = await undoActions(tx, reply, reply.actions, undo, by);
  if (!plan.kinds.includes("suggest_answer")) await dropSuggestion(tx, reply.id);
  const applied = lead && reply.ownerId ? await applyAgain(tx, reply, { lead, kinds: apply, class: input.class, untilOn }) : [];
  actions = [...actions, ...applied];
  const status = reply.status === "done" ? "done" : plan.status;
  await tx.reply.update({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: reply.id } },
    data: {
      class: input.class,
      classifiedBy: "person",
      confidence: 1,
      actions,
      status,
      untilOn: untilOn ? new Date(`${untilOn}T00:00:00Z`) : null,
    },
  });
  await recordDecision(tx, {
    kind: "classification",
    subjectType: "reply",
    subjectId: reply.id,
    leadId: reply.leadId,
    rule: "a person",
    version: "1",
    result: { class: input.class, was: reply.class, untilOn, byId: by.userId },
  });
  await recordAudit(tx, {
    actorId: by.userId,
    actorKind: "person",
    action: "reply.class-changed",
    subjectType: "reply",
    subjectId: reply.id,
    fields: ["class"],
  });
  if (lead) {
    await refreshAfterActions(tx, { lead: lead.context, author: { address: "", leadId: null } });
    await recordActivity(tx, {
      kind: "mail/class.changed",
      leadId: lead.context.id,
      actorId: by.userId,
      detail: { replyId: reply.id, class: input.class, was: reply.class },
    });
  }
  const undone = undo.flatMap((at) => reply.actions[at]?.label ?? []);
  return {
    id: reply.id,
    class: input.class,
    status,
    says: sayChange(
      input.class,
      undone,
      applied.map((one) => one.label),
    ),
    removed: false,
  };
}

type Again = {
  lead: NonNullable<Awaited<ReturnType<typeof readLead>>>;
  kinds: DoneAction["kind"][];
  class: ReplyClass;
  untilOn: string | null;
};

async function applyAgain(tx: Tx, reply: FoundReply, again: Again): Promise<DoneAction[]> {
  const { context, country } = again.lead;
  return takeActions(
    tx,
    {
      replyId: reply.id,
      lead: context,
      class: again.class,
      campaignId: reply.campaignId,
      author: { address: reply.isAutomatic ? "" : reply.fromAddress, leadId: null },
      ownerId: reply.ownerId ?? context.ownerId,
      untilOn: again.untilOn,
      referral: reply.referral,
      bouncedBecause: null,
      stopReason: "opted_out",
      ...workDays(context.zone, country, tx.now),
    },
    again.kinds,
  );
}

/** Done or not done, read or not. Doing it twice is doing it once. */
export async function markReply(
  tx: Tx,
  by: By,
  input: { id: string; status?: "needs_me" | "done" | undefined; isRead?: boolean | undefined },
): Promise<ChangeReplyResult> {
  const reply = await requireReply(tx, by, input.id);
  const status = input.status ?? reply.status;
  const isDone = status === "done";
  await tx.reply.update({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id: reply.id } },
    data: {
      ...(input.status && { status, doneAt: isDone ? tx.now : null, doneById: isDone ? by.userId : null }),
      ...(input.isRead !== undefined && { readAt: input.isRead ? (reply.readAt ?? tx.now) : null }),
    },
  });
  return { id: reply.id, class: reply.class, status, says: isDone ? "Done" : "It waits for you again", removed: false };
}

/** One action above the thread, taken back. */
export async function undoAction(tx: Tx, by: By, input: { id: string; index: number }): Promise<ChangeReplyResult> {
  const reply = await requireReply(tx, by, input.id, { lock: true });
  const action = reply.actions[input.index];
  if (!action) throw new AppError("NOT_FOUND", "There is nothing to take back.");
  if (!action.undo) throw new AppError("INVALID_STATE", "This cannot be taken back.");
  const actions = await undoActions(tx, reply, reply.actions, [input.index], by);
  await tx.reply.update({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id: reply.id } }, data: { actions } });
  await recordAudit(tx, {
    actorId: by.userId,
    actorKind: "person",
    action: "reply.action-undone",
    subjectType: "reply",
    subjectId: reply.id,
    fields: [action.kind],
  });
  return { id: reply.id, class: reply.class, status: reply.status, says: `Taken back: ${action.label}`, removed: false };
}
