import * as z from "zod";
import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { applyEdit } from "../domain/apply-edit.ts";
import { callName, claimSource } from "../domain/brief.ts";
import { type VerifyContext, verifyDraft } from "../domain/verify-draft.ts";
import { getDraft } from "../queries/list-drafts.ts";
import { type DraftSource, type DraftView, draftSource, type editDraftInput, type Finding } from "../schema.ts";

type Actor = Viewer & { actorKind?: "person" | "api_key" };

/** A person's words are theirs: verified again, but only a wrong name, an unfilled placeholder or a foreign link blocks. */
export async function editDraft(tx: Tx, actor: Actor, input: z.output<typeof editDraftInput>): Promise<void> {
  const draft = await getDraft(tx, actor, input.draftId);
  if (draft.status !== "ready" && draft.status !== "needs_look")
    throw new AppError("INVALID_STATE", "This draft was decided; it cannot change any more.");
  const subject = input.subject ?? draft.subject;
  const context = await loadContext(tx, draft);
  const verdict = verifyDraft({ subject, sentences: applyEdit(draft.sentences, input.text) }, context);
  const kept = new Set(verdict.sentences.map((sentence) => sentence.text));
  // What the verifier takes out of an edited mail was in it before; it is shown with what was taken out first.
  const removed = [...draft.removed, ...verdict.removed].filter((one) => !kept.has(one.text));
  const findings: Finding[] = verdict.findings.filter((finding) => finding.code !== "removed" || verdict.removed.length > 0);
  const { count } = await tx.draft.updateMany({
    where: { id: draft.id, status: { in: ["ready", "needs_look"] } },
    data: {
      subject,
      sentences: verdict.sentences,
      removed,
      findings,
      status: findings.length === 0 ? "ready" : "needs_look",
      editedById: actor.userId,
      editedAt: tx.now,
    },
  });
  if (count === 0) throw new AppError("CONFLICT", "Somebody else decided on this draft meanwhile.");
  await recordActivity(tx, {
    kind: "draft/edited",
    leadId: draft.lead.id,
    campaignId: draft.campaign?.id ?? null,
    actorId: actor.userId,
    detail: { draftId: draft.id },
  });
  await recordAudit(tx, {
    actorId: actor.userId,
    actorKind: actor.actorKind ?? "person",
    action: "draft.edited",
    subjectType: "draft",
    subjectId: draft.id,
    fields: ["subject", "sentences"],
  });
}

/** The sources as they were when it was written, and the claims of that version of the offer. */
async function loadContext(tx: Tx, draft: DraftView): Promise<VerifyContext> {
  const row = await tx.draft.findFirst({ where: { id: draft.id }, include: { lead: { include: { account: true } } } });
  if (!row) throw new AppError("NOT_FOUND", "This draft no longer exists.");
  const version = row.offerVersionId
    ? await tx.offerVersion.findFirst({ where: { id: row.offerVersionId }, include: { claims: true, offer: true } })
    : null;
  const sender = draft.senderId ? await tx.member.findFirst({ where: { userId: draft.senderId } }) : null;
  const claims = version?.claims.map(claimSource) ?? [];
  const stored = z.array(draftSource).parse(row.sources);
  const sources: DraftSource[] = [...stored, ...claims.filter((claim) => !stored.some((one) => one.id === claim.id))];
  const { lead } = row;
  const them = [lead.fullName, lead.firstName ?? "", lead.account?.nameForMail ?? "", lead.account?.name ?? ""].filter(
    (name) => name !== "",
  );
  const us = [version?.offer.name ?? "", sender?.fullName ?? ""].filter((name) => name !== "");
  return {
    sources,
    ownSources: stored.filter((source) => source.field === "offer" || source.field === "ask"),
    greetable: [lead.fullName, lead.firstName ?? "", callName(lead)].filter((name) => name !== ""),
    avoidWords: version?.avoidWords ?? [],
    links: [...(version?.claims.flatMap((claim) => claim.evidenceUrl ?? []) ?? []), sender?.email.split("@")[1] ?? ""],
    parties: { them, us },
    known: [...them, ...us],
    now: tx.now,
  };
}
