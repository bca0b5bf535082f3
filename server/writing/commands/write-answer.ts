import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { loadBookingLinks } from "#server/meetings/queries/booking-links.ts";
import type { LanguageModel } from "#server/providers/language-model/port.ts";
import { buildBrief } from "../domain/brief.ts";
import { modelFor } from "../domain/model-for.ts";
import { writeAnswer as composeWords, type ProposedTime } from "../domain/write-answer.ts";
import { findOfferFor, loadEarlier, loadObservations } from "../queries/load-sources.ts";
import { draftStatus } from "../schema.ts";
import { type AnswerToCompose, composeAnswer, embeddedAnswer } from "./compose-answer.ts";
import { claimDraft, type DraftOwner, fillDraft, type StoredDraft } from "./store-draft.ts";

type Input = { replyId: string; proposedTimes?: readonly ProposedTime[] };
type Ports = { languageModel: LanguageModel | null };

/** Whoever claimed an answer this long ago and did not finish it was killed. */
export const ABANDONED_ANSWER_MS = 10 * 60_000;

/**
 * A suggested answer, grounded like any draft: read, let the model write where there is one, record. Asked again, the answer is the one that
 * waits. Null: nobody to answer, or nothing to sell.
 */
export async function writeAnswer(services: Ports, workspaceId: WorkspaceId, input: Input): Promise<StoredDraft | null> {
  const begun = await inWorkspace(workspaceId, (tx) => begin(tx, services, input));
  if (!begun || "draft" in begun) return begun?.draft ?? null;
  const { draftId, owner, asked, model } = begun;
  const composed = await composeAnswer(model, asked);
  return inWorkspace(workspaceId, (tx) => fillDraft(tx, draftId, owner, asked.brief, composed));
}

type Begun = { draft: StoredDraft } | { draftId: string; owner: DraftOwner; asked: AnswerToCompose; model: LanguageModel };

/** Without a model nothing is waited for: the answer is written in the transaction that claims it. */
async function begin(tx: Tx, services: Ports, { replyId, proposedTimes = [] }: Input): Promise<Begun | null> {
  const waiting = await findWaiting(tx, replyId);
  if (waiting) return { draft: waiting };
  const reply = await tx.reply.findFirst({ where: { id: replyId }, include: { lead: { include: { account: true } } } });
  if (!reply) throw new AppError("NOT_FOUND", "This reply no longer exists.");
  const { lead } = reply;
  const offer = await findOfferFor(tx, reply.campaignId);
  if (!lead || !offer) return null;
  const hostId = reply.ownerId ?? lead.ownerId;
  const [sender, workspace] = [
    await tx.member.findFirst({ where: { userId: hostId }, select: { fullName: true, email: true } }),
    await tx.workspace.findFirst({ where: { id: tx.workspaceId }, select: { timeZone: true, kind: true } }),
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
    bookingUrl: proposedTimes.length > 0 ? (await loadBookingLinks(tx, [hostId]))(hostId, lead.id) : null,
    language: lead.language,
    seed: `${lead.email ?? lead.fullName}:answer`,
    zone: lead.timeZone ?? workspace?.timeZone ?? "UTC",
    now: tx.now,
  });
  const theirs = { id: reply.id, subject: reply.subject, text: reply.text, class: reply.class, at: reply.receivedAt };
  const written = composeWords({ brief, reply: theirs, times: proposedTimes });
  const links = [...offer.links, sender?.email.split("@")[1] ?? ""].filter((link) => link !== "");
  const asked: AnswerToCompose = { brief: { ...brief, thread: [...brief.thread, ...written.sources] }, written, reply: theirs, links };
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
  const model = modelFor(services, { kind: workspace?.kind ?? "sandbox" });
  if (model) return { draftId, owner, asked, model };
  return { draft: await fillDraft(tx, draftId, owner, asked.brief, embeddedAnswer(asked)) };
}

/** The answer that stands; one that a killed worker left half written stands for nobody. */
async function findWaiting(tx: Tx, replyId: string): Promise<StoredDraft | null> {
  const waiting = await tx.draft.findFirst({
    where: { replyId, purpose: "reply", status: { notIn: ["rejected", "replaced"] } },
    orderBy: { createdAt: "desc" },
    select: { id: true, status: true, createdAt: true },
  });
  if (!waiting) return null;
  if (waiting.status === "writing" && tx.now.getTime() - waiting.createdAt.getTime() > ABANDONED_ANSWER_MS) {
    await tx.draft.updateMany({ where: { id: waiting.id, status: "writing" }, data: { status: "replaced" } });
    return null;
  }
  return { id: waiting.id, status: draftStatus.parse(waiting.status) };
}
