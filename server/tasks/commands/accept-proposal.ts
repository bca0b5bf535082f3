import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { createLead } from "#server/leads/commands/create-lead.ts";
import { findMailbox } from "#server/meetings/commands/find-mailbox.ts";
import { reserveMessage } from "#server/sending/commands/reserve-message.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { completeTask } from "../commands.ts";
import { getTask } from "../queries.ts";
import type { TaskProposal, TaskRow } from "../schema.ts";

export type AcceptProposal = { id: string; subject?: string | undefined; text?: string | undefined };
type Accepted = { id: string; leadId: string | null; said: string };

/** One key does what the task proposes, and the task is done. Accepting it twice does it once. */
export async function acceptProposal(tx: Tx, viewer: Viewer, input: AcceptProposal): Promise<Accepted> {
  const task = await getTask(tx, viewer, input.id);
  if (!task.proposal) throw new AppError("INVALID_STATE", "This task proposes nothing. Mark it as done when it is.");
  // First, because it locks the task: of two who accept it at once, one waits here and is told.
  const isMine = await completeTask(tx, { id: task.id, byId: viewer.userId });
  if (!isMine) throw new AppError("INVALID_STATE", "This task is already done.");
  return task.proposal.type === "new_person"
    ? await addPerson(tx, viewer, task, task.proposal)
    : await sendMessage(tx, task, task.proposal, input);
}

type Proposal<Type extends TaskProposal["type"]> = Extract<TaskProposal, { type: Type }>;

async function addPerson(tx: Tx, viewer: Viewer, task: TaskRow, proposal: Proposal<"new_person">): Promise<Accepted> {
  const { type: _, ...person } = proposal;
  const lead = await createLead(tx, {
    ...person,
    company: person.company ?? task.company,
    ownerId: task.ownerId,
    source: "reply",
    sourceRef: task.replyId,
    actorId: viewer.userId,
  });
  const said = lead.created ? `Added ${person.fullName}` : `${person.fullName} was known already`;
  return { id: task.id, leadId: lead.id, said };
}

async function sendMessage(tx: Tx, task: TaskRow, proposal: Proposal<"message">, edited: AcceptProposal): Promise<Accepted> {
  const lead = task.leadId
    ? await tx.lead.findFirst({ where: { id: task.leadId, deletedAt: null }, select: { id: true, email: true } })
    : null;
  if (!lead?.email) throw new AppError("INVALID_STATE", "This person has no e-mail address. Add one first.");
  const mailbox = await findMailbox(tx, { hostId: task.ownerId, leadId: lead.id });
  if (!mailbox) throw new AppError("INVALID_STATE", "There is no mailbox to send from. Connect one first.");
  const thread = await tx.thread.findFirst({
    where: { leadId: lead.id, mailboxId: mailbox.id },
    orderBy: { lastAt: "desc" },
    select: { id: true },
  });
  await reserveMessage(tx, {
    purpose: "meeting",
    dedupeKey: `task:${task.id}`,
    mailboxId: mailbox.id,
    to: lead.email,
    subject: edited.subject ?? proposal.subject,
    bodyText: edited.text ?? proposal.text,
    leadId: lead.id,
    meetingId: task.meetingId,
    threadId: thread?.id ?? null,
  });
  return { id: task.id, leadId: lead.id, said: `Sending to ${task.leadName ?? lead.email}` };
}
