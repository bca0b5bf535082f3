import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { buildBrief } from "../domain/brief.ts";
import { verifyContextOf } from "../domain/verify-context.ts";
import { VERIFIER_VERSION, verifyDraft } from "../domain/verify-draft.ts";
import { writeAnswer as composeAnswer, type ProposedTime } from "../domain/write-answer.ts";
import { loadEarlier, loadObservations, loadOffers } from "../queries/load-sources.ts";
import { draftStatus } from "../schema.ts";
import { claimDraft, type DraftOwner, fillDraft, type StoredDraft } from "./store-draft.ts";

type Input = { replyId: string; proposedTimes?: readonly ProposedTime[] };

/** A suggested answer, grounded like any draft. Asked again, the answer is the one that waits. Null: nobody to answer, or nothing to sell. */
export async function writeAnswer(_services: unknown, workspaceId: WorkspaceId, input: Input): Promise<StoredDraft | null> {
  return inWorkspace(workspaceId, (tx) => writeAnswerIn(tx, input));
}

/** The same inside a transaction that is open already: no model is asked for an answer. */
async function writeAnswerIn(tx: Tx, { replyId, proposedTimes = [] }: Input): Promise<StoredDraft | null> {
  const waiting = await tx.draft.findFirst({
    where: { replyId, purpose: "reply", status: { notIn: ["rejected", "replaced"] } },
    orderBy: { createdAt: "desc" },
    select: { id: true, status: true },
  });
  if (waiting) return { id: waiting.id, status: draftStatus.parse(waiting.status) };
  const reply = await tx.reply.findFirst({ where: { id: replyId }, include: { lead: { include: { account: true } } } });
  if (!reply) throw new AppError("NOT_FOUND", "This reply no longer exists.");
  const { lead } = reply;
  const offer = await offerFor(tx, reply.campaignId);
  if (!lead || !offer) return null;
  const [sender, workspace] = [
    await tx.member.findFirst({ where: { userId: reply.ownerId ?? lead.ownerId }, select: { fullName: true, email: true } }),
    await tx.workspace.findFirst({ where: { id: tx.workspaceId }, select: { timeZone: true } }),
  ];
  const observations = await loadObservations(tx, [
    { leadId: lead.id, accountId: lead.accountId, source: lead.source, at: lead.createdAt },
  ]);
  const earlier = reply.enrolmentId ? ((await loadEarlier(tx, [reply.enrolmentId])).get(reply.enrolmentId) ?? []) : [];
  const brief = buildBrief({
    person: { fullName: lead.fullName, firstName: lead.firstName, title: lead.title, email: lead.email },
    companyNames: lead.account ? [...new Set([lead.account.nameForMail, lead.account.name])] : [],
    observations: [...observations.values()].flat(),
    // An answer may repeat what an earlier mail said: it is asked for.
    offer: offer.offer,
    earlier: earlier.map((mail) => ({ ...mail, sentences: [], used: [] })),
    sender: { fullName: sender?.fullName ?? "" },
    step: { subject: null, instruction: "", intent: "remind", sameThread: true },
    seed: `${lead.email ?? lead.fullName}:answer`,
    zone: lead.timeZone ?? workspace?.timeZone ?? "UTC",
    now: tx.now,
  });
  const answer = composeAnswer({
    brief,
    reply: { id: reply.id, subject: reply.subject, text: reply.text, class: reply.class, at: reply.receivedAt },
    times: proposedTimes,
  });
  const full = { ...brief, thread: [...brief.thread, ...answer.sources] };
  const links = [...offer.links, sender?.email.split("@")[1] ?? ""].filter((link) => link !== "");
  const verdict = verifyDraft(answer, verifyContextOf(full, links));
  const owner: DraftOwner = {
    purpose: "reply",
    leadId: lead.id,
    campaignId: reply.campaignId,
    enrolmentId: null,
    stepId: null,
    replyId,
    offerVersionId: offer.versionId,
  };
  const draftId = await claimDraft(tx, owner);
  if (!draftId) return null;
  return fillDraft(tx, draftId, owner, full, {
    subject: answer.subject,
    sentences: verdict.sentences,
    removed: verdict.removed,
    findings: [...answer.questions, ...verdict.findings].sort((a, b) => Number(b.blocking) - Number(a.blocking)).slice(0, 3),
    writer: "embedded",
    writerVersion: `answer-1+${VERIFIER_VERSION}`,
    model: null,
    tokensIn: null,
    tokensOut: null,
    attempts: [],
  });
}

async function offerFor(tx: Tx, campaignId: string | null) {
  const campaign = campaignId ? await tx.campaign.findFirst({ where: { id: campaignId }, select: { offerId: true } }) : null;
  const fallback = campaign
    ? null
    : await tx.offer.findFirst({
        where: { archivedAt: null },
        orderBy: [{ isDefault: "desc" }, { createdAt: "asc" }],
        select: { id: true },
      });
  const id = campaign?.offerId ?? fallback?.id;
  return id ? ((await loadOffers(tx, [id])).get(id) ?? null) : null;
}
