import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { recordDecisions } from "#server/decisions/commands.ts";
import { recordActivities } from "#server/timeline/commands.ts";
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

export type WrittenDraft = { owner: DraftOwner; brief: Brief; composed: Composed };

/** Stores drafts that were written without waiting for anybody. What somebody else wrote first is left out of the answer. */
export async function storeDrafts(tx: Tx, written: readonly WrittenDraft[]): Promise<(StoredDraft & { owner: DraftOwner })[]> {
  const rows = written.map((one) => ({ id: newId(), ...one }));
  const made = await tx.draft.createManyAndReturn({
    data: rows.map(({ id, owner, brief, composed }) => ({
      id,
      workspaceId: tx.workspaceId,
      createdAt: tx.now,
      ...owner,
      ...contentOf(brief, composed),
    })),
    skipDuplicates: true,
    select: { id: true },
  });
  const ids = new Set(made.map((row) => row.id));
  const stored = rows.filter((row) => ids.has(row.id));
  await explain(tx, stored);
  return stored.map(({ id, owner, composed }) => ({ id, status: statusOf(composed), owner }));
}

/** Fills a claimed row. Guarded by its state: what was replaced or rejected meanwhile stays so. */
export async function fillDraft(tx: Tx, draftId: string, owner: DraftOwner, brief: Brief, composed: Composed): Promise<StoredDraft> {
  const { count } = await tx.draft.updateMany({ where: { id: draftId, status: "writing" }, data: contentOf(brief, composed) });
  if (count === 0) return { id: draftId, status: "replaced" };
  await explain(tx, [{ id: draftId, owner, brief, composed }]);
  return { id: draftId, status: statusOf(composed) };
}

function statusOf(composed: Composed): DraftStatus {
  return composed.findings.length === 0 ? "ready" : "needs_look";
}

function contentOf(brief: Brief, composed: Composed) {
  const { subject, sentences, removed, findings, writer, writerVersion, model, tokensIn, tokensOut } = composed;
  const sources = citedOf(brief, composed).map((source) => ({ ...source, at: source.at?.toISOString() ?? null }));
  return { status: statusOf(composed), subject, sentences, removed, findings, sources, writer, writerVersion, model, tokensIn, tokensOut };
}

/** How each came to be: a decision that can be replayed, and a line in the person's timeline. */
async function explain(tx: Tx, drafts: readonly (WrittenDraft & { id: string })[]): Promise<void> {
  await recordDecisions(
    tx,
    drafts.map(({ id, owner, brief, composed }) => ({
      kind: "draft" as const,
      subjectType: "draft",
      subjectId: id,
      leadId: owner.leadId,
      rule: composed.writer === "model" ? (composed.model ?? "model") : "embedded writer",
      version: composed.writerVersion,
      result: {
        status: statusOf(composed),
        sentences: composed.sentences.map((sentence) => ({ kind: sentence.kind, factIds: sentence.factIds })),
        removed: composed.removed.length,
        findings: composed.findings.map((finding) => finding.code),
        attempts: composed.attempts.length,
      },
      payload: {
        seed: brief.seed,
        sources: citedOf(brief, composed).map(({ id: sourceId, value, quote }) => ({ id: sourceId, value, quote })),
        removed: composed.removed,
        attempts: composed.attempts,
      },
    })),
  );
  await recordActivities(
    tx,
    drafts.map(({ id, owner, composed }) => ({
      kind: "draft/written" as const,
      leadId: owner.leadId,
      campaignId: owner.campaignId,
      detail: { draftId: id, status: statusOf(composed), writer: composed.writer },
    })),
  );
}

/** What was cited or struck out stays with the draft as it was; the rest of the brief is in the decision. */
function citedOf(brief: Brief, composed: Composed): DraftSource[] {
  const cited = new Set(composed.sentences.flatMap((sentence) => sentence.factIds));
  return sourcesOf(brief).filter((source) => cited.has(source.id));
}
