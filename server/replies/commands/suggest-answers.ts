import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { clearDue, setDue } from "#server/jobs/due.ts";
import { proposeTimes } from "#server/meetings/commands/propose-times.ts";
import type { ProposedTime } from "#server/meetings/schema.ts";
import type { Services } from "#server/services.ts";
import { ABANDONED_ANSWER_MS, writeAnswer } from "#server/writing/commands/write-answer.ts";
import { ANSWER_DUE } from "../constants.ts";
import { wantedTimes } from "../domain/wanted-times.ts";
import { readLead, workDays } from "../queries/read-context.ts";

const TIMES = 3;

/** For the due table: a suggestion for each reply that waits for one. Asked twice, the first one stands. */
export async function suggestAnswers(services: Services, workspaceId: WorkspaceId, replyIds: string[]): Promise<void> {
  for (const replyId of replyIds) await suggestAnswer(services, workspaceId, { replyId });
}

/** Times first (what they asked for, if it is free), then the words. Where nothing can be suggested the person writes their own. */
export async function suggestAnswer(
  services: Services,
  workspaceId: WorkspaceId,
  input: { replyId: string },
): Promise<{ draftId: string | null }> {
  const proposedTimes = await inWorkspace(workspaceId, async (tx) => {
    const times = await timesFor(tx, input.replyId);
    if (times === null) await clearDue(tx, ANSWER_DUE, input.replyId);
    else await putAwayPast(tx, input.replyId);
    return times;
  });
  if (proposedTimes === null) return { draftId: null };
  try {
    const draft = await writeAnswer(services, workspaceId, { replyId: input.replyId, proposedTimes });
    // Somebody else is writing it: looked at again once they would have been given up.
    const again = draft?.status === "writing";
    await inWorkspace(workspaceId, async (tx) => {
      // One with times is looked at again when the first of them passes.
      const first = Math.min(...proposedTimes.map((time) => time.startsAt.getTime()));
      const dueAt = again ? tx.now.getTime() + ABANDONED_ANSWER_MS + 1_000 : first;
      if (Number.isFinite(dueAt)) await setDue(tx, { kind: ANSWER_DUE, subjectId: input.replyId, dueAt: new Date(dueAt) });
      else await clearDue(tx, ANSWER_DUE, input.replyId);
    });
    return { draftId: draft?.id ?? null };
  } catch (error) {
    if (!(error instanceof AppError) || error.isRetryable) throw error;
    await inWorkspace(workspaceId, (tx) => clearDue(tx, ANSWER_DUE, input.replyId));
    return { draftId: null };
  }
}

/** Null when no answer is wanted any more. */
async function timesFor(tx: Tx, replyId: string): Promise<ProposedTime[] | null> {
  const reply = await tx.reply.findFirst({ where: { id: replyId } });
  if (reply?.status !== "needs_me" || reply.noAnswerBecause !== null || !reply.leadId) return null;
  if (reply.class !== "interested") return [];
  const lead = await readLead(tx, reply.leadId);
  if (!lead) return null;
  const { zone } = lead.context;
  const { today } = workDays(zone, lead.country, tx.now);
  try {
    return await proposeTimes(tx, {
      hostId: reply.ownerId ?? lead.context.ownerId,
      zone,
      leadId: reply.leadId,
      count: TIMES,
      wanted: wantedTimes(reply.text, today, zone),
    });
  } catch (error) {
    // A host without hours or a booking page has no times to offer; the answer then asks for theirs.
    if (error instanceof AppError) return [];
    throw error;
  }
}

/** A suggestion with a time that has passed is written anew, unless a person has worked on it. */
async function putAwayPast(tx: Tx, replyId: string): Promise<void> {
  await tx.$executeRaw`
    update drafts d set status = 'replaced'
    where d.workspace_id = ${tx.workspaceId}::uuid and d.reply_id = ${replyId}::uuid and d.purpose = 'reply' and d.status in ('ready', 'needs_look')
      and d.edited_at is null and exists (
        select 1 from jsonb_array_elements(d.sources) s where s ->> 'field' = 'time' and (s ->> 'at')::timestamptz <= ${tx.now})`;
}
