import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { recordDecision } from "#server/decisions/commands.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { type Brief, sourcesOf } from "../domain/brief.ts";
import type { DraftSource, DraftStatus } from "../schema.ts";
import type { Composed } from "./compose-draft.ts";

export type DraftOwner = {
  purpose: "campaign" | "reply";
  leadId: string;
  campaignId: string | null;
  enrolmentId: string | null;
  stepId: string | null;
  replyId: string | null;
  offerVersionId: string | null;
};
export type StoredDraft = { id: string; status: DraftStatus };

/** A row that says "being written": whoever made it writes, everybody else waits for it. Null when somebody was first. */
export async function claimDraft(tx: Tx, owner: DraftOwner): Promise<string | null> {
  const id = newId();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    insert into drafts (id, workspace_id, purpose, lead_id, campaign_id, enrolment_id, step_id, reply_id, offer_version_id, status, subject,
      sentences, removed, findings, sources, writer, writer_version, created_at)
    values (${id}::uuid, ${tx.workspaceId}::uuid, ${owner.purpose}, ${owner.leadId}::uuid, ${owner.campaignId}::uuid, ${owner.enrolmentId}::uuid,
      ${owner.stepId}::uuid, ${owner.replyId}::uuid, ${owner.offerVersionId}::uuid, 'writing', '', '[]', '[]', '[]', '[]', 'embedded', '', ${tx.now})
    on conflict do nothing returning id`;
  return rows[0]?.id ?? null;
}

/** Fills a claimed row. Guarded by its state: what was replaced or rejected meanwhile stays so. */
export async function fillDraft(tx: Tx, draftId: string, owner: DraftOwner, brief: Brief, composed: Composed): Promise<StoredDraft> {
  const status = composed.findings.length === 0 ? "ready" : "needs_look";
  const { subject, sentences, removed, findings, writer, writerVersion, model, tokensIn, tokensOut } = composed;
  const sources = citedOf(brief, composed);
  const { count } = await tx.draft.updateMany({
    where: { id: draftId, status: "writing" },
    data: {
      status,
      subject,
      sentences,
      removed,
      findings,
      sources: sources.map((source) => ({ ...source, at: source.at?.toISOString() ?? null })),
      writer,
      writerVersion,
      model,
      tokensIn,
      tokensOut,
    },
  });
  if (count === 0) return { id: draftId, status: "replaced" };
  await recordDecision(tx, {
    kind: "draft",
    subjectType: "draft",
    subjectId: draftId,
    leadId: owner.leadId,
    rule: writer === "model" ? (model ?? "model") : "embedded writer",
    version: writerVersion,
    result: {
      status,
      sentences: sentences.map((sentence) => ({ kind: sentence.kind, factIds: sentence.factIds })),
      removed: removed.length,
      findings: findings.map((finding) => finding.code),
      attempts: composed.attempts.length,
    },
    payload: {
      seed: brief.seed,
      sources: sources.map(({ id, value, quote }) => ({ id, value, quote })),
      removed,
      attempts: composed.attempts,
    },
  });
  await recordActivity(tx, {
    kind: "draft/written",
    leadId: owner.leadId,
    campaignId: owner.campaignId,
    detail: { draftId, status, writer },
  });
  return { id: draftId, status };
}

/** What was cited or struck out stays with the draft as it was; the rest of the brief is in the decision. */
function citedOf(brief: Brief, composed: Composed): DraftSource[] {
  const cited = new Set(composed.sentences.flatMap((sentence) => sentence.factIds));
  return sourcesOf(brief).filter((source) => cited.has(source.id));
}
