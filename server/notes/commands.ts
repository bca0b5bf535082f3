import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { requireLead } from "#server/leads/queries/get-lead.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { mayRemove } from "./queries.ts";

export async function addNote(tx: Tx, input: { leadId: string; text: string }, by: Viewer): Promise<{ id: string }> {
  const lead = await requireLead(tx, input.leadId, by);
  if (lead.deletedAt) throw new AppError("INVALID_STATE", "This person was deleted. Restore them first.");
  const id = newId();
  await tx.note.create({
    data: { id, workspaceId: tx.workspaceId, leadId: lead.id, authorId: by.userId, text: input.text, createdAt: tx.now },
  });
  await recordActivity(tx, { kind: "note/added", leadId: lead.id, accountId: lead.accountId, actorId: by.userId, detail: { noteId: id } });
  return { id };
}

/** For good: the text is gone; the stream still says that there was a note. */
export async function removeNote(tx: Tx, noteId: string, by: Viewer): Promise<void> {
  const note = await tx.note.findFirst({ where: { id: noteId } });
  if (!note) throw new AppError("NOT_FOUND", "This note was removed.");
  await requireLead(tx, note.leadId, by);
  if (!mayRemove(note.authorId, by)) throw new AppError("FORBIDDEN", "Only its author or an admin removes a note.");
  await tx.note.deleteMany({ where: { id: noteId } });
  await recordActivity(tx, { kind: "note/removed", leadId: note.leadId, actorId: by.userId, detail: { noteId } });
}
