import { inWorkspace, type Tx } from "#server/core/db.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { recordOutcome } from "#server/meetings/commands/record-outcome.ts";
import { answerReply } from "#server/replies/commands/answer-reply.ts";
import type { Services } from "#server/services.ts";
import { approveThosePassing } from "#server/writing/commands/decide-draft.ts";
import { findCastMember } from "../domain/cast.ts";
import { comesToMeeting, personaOf } from "../domain/react.ts";
import { seededInt } from "../domain/seeded.ts";

const HOUR_MS = 3_600_000;
/** A colleague reads the inbox an hour after a reply came. */
const ANSWERS_AFTER_MS = HOUR_MS;

/**
 * What a pretend colleague does while a long run passes: approves drafts that pass, sends suggested answers that are ready, and says
 * what came of meetings. Everything goes through the same commands that a person's buttons call.
 * @returns how many things were done
 */
export async function actForRep(_services: Services, workspaceId: WorkspaceId): Promise<number> {
  return inWorkspace(workspaceId, async (tx) => {
    const owner = await tx.member.findFirstOrThrow({ where: { role: "owner", removedAt: null }, orderBy: { createdAt: "asc" } });
    const by = { userId: owner.userId, role: "owner" as const };
    const { approved } = await approveThosePassing(tx, by, {});
    return approved + (await answerReady(tx, by)) + (await sayOutcomes(tx, by.userId));
  });
}

async function answerReady(tx: Tx, by: { userId: string; role: "owner" }): Promise<number> {
  const ready = await tx.$queryRaw<{ replyId: string; draftId: string }[]>`
    select r.id as "replyId", d.id as "draftId" from replies r
    join drafts d on d.workspace_id = r.workspace_id and d.reply_id = r.id and d.status = 'ready'
      and not exists (select 1 from jsonb_array_elements(d.sources) s where s ->> 'field' = 'time' and (s ->> 'at')::timestamptz <= ${tx.now})
    where r.workspace_id = ${tx.workspaceId}::uuid and r.status = 'needs_me' and r.received_at <= ${new Date(tx.now.getTime() - ANSWERS_AFTER_MS)}
    order by r.received_at, r.from_address limit 20`;
  for (const { replyId, draftId } of ready) await answerReply(tx, by, { id: replyId, draftId });
  return ready.length;
}

async function sayOutcomes(tx: Tx, byId: string): Promise<number> {
  const { sandboxSeed } = await tx.workspace.findUniqueOrThrow({ where: { id: tx.workspaceId }, select: { sandboxSeed: true } });
  const seed = sandboxSeed ?? 1;
  const over = await tx.meeting.findMany({
    where: { state: "confirmed", outcome: null, endsAt: { lte: new Date(tx.now.getTime() - HOUR_MS) } },
    orderBy: [{ startsAt: "asc" }, { attendeeEmail: "asc" }],
    take: 50,
  });
  for (const meeting of over) {
    const email = meeting.attendeeEmail;
    const came = comesToMeeting(findCastMember(email)?.persona ?? personaOf(email, seed), email, seed);
    await recordOutcome(tx, {
      id: meeting.id,
      byId,
      ...(came
        ? {
            outcome: "held" as const,
            goodFit: seededInt(1, 10, "fit", seed, email) <= 8,
            amountCents: seededInt(8, 60, "amount", seed, email) * 100_000,
            nextStep: "Send the offer",
          }
        : { outcome: "no_show" as const }),
    });
  }
  return over.length;
}
