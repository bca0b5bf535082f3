import * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import { renderDraft } from "#server/writing/domain/render-draft.ts";
import { type DraftSource, draftSource, type Finding, finding, removedSentence, type Sentence, sentence } from "#server/writing/schema.ts";
import type { SuggestedAnswer } from "../schema.ts";

/** The suggested answer as it stands now, with what each sentence rests on. */
export async function readSuggestion(tx: Tx, input: { replyId: string; draftId?: string }): Promise<SuggestedAnswer | null> {
  const draft = await tx.draft.findFirst({
    where: {
      replyId: input.replyId,
      purpose: "reply",
      status: { in: ["ready", "needs_look", "approved"] },
      ...(input.draftId && { id: input.draftId }),
    },
    orderBy: { createdAt: "desc" },
  });
  if (!draft) return null;
  const reply = await tx.reply.findFirst({ where: { id: input.replyId }, select: { mailboxId: true } });
  const mailbox = reply ? await tx.mailbox.findFirst({ where: { id: reply.mailboxId }, select: { signature: true, ownerId: true } }) : null;
  const owner =
    mailbox && !mailbox.signature ? await tx.member.findFirst({ where: { userId: mailbox.ownerId }, select: { signature: true } }) : null;
  const sentences = z.array(sentence).parse(draft.sentences);
  const sources = z.array(draftSource).parse(draft.sources);
  const findings = [...pastTimes(sentences, sources, tx.now), ...z.array(finding).parse(draft.findings)];
  return {
    draftId: draft.id,
    status: draft.status,
    subject: draft.subject,
    sentences,
    removed: z.array(removedSentence).parse(draft.removed),
    findings,
    sources,
    text: renderDraft({ sentences }, { signature: mailbox?.signature || (owner?.signature ?? "") }),
  };
}

/** A suggestion that waited too long proposes what nobody can come to: it is not sent as it is. */
function pastTimes(sentences: readonly Sentence[], sources: readonly DraftSource[], now: Date): Finding[] {
  const cited = new Set(sentences.flatMap((one) => one.factIds));
  const isPast = sources.some((source) => source.field === "time" && cited.has(source.id) && source.at !== null && source.at <= now);
  if (!isPast) return [];
  return [{ code: "past_times", message: "A proposed time has passed. Edit the times, or answer in your own words.", blocking: true }];
}
