import type { Tx } from "#server/core/db.ts";
import { recordDecision } from "#server/decisions/commands.ts";
import { loadBookingLinks } from "#server/meetings/queries/booking-links.ts";
import { buildBrief } from "../domain/brief.ts";
import { renderDraft } from "../domain/render-draft.ts";
import { verifyContextOf } from "../domain/verify-context.ts";
import { VERIFIER_VERSION, verifyDraft } from "../domain/verify-draft.ts";
import type { ProposedTime } from "../domain/write-answer.ts";
import { NO_SHOW_VERSION, writeNoShow } from "../domain/write-no-show.ts";
import { findOfferFor } from "../queries/load-sources.ts";

type Missed = {
  id: string;
  hostId: string;
  leadId: string | null;
  campaignId: string | null;
  attendeeName: string;
  attendeeEmail: string;
  attendeeZone: string;
  startsAt: Date;
};

/** The mail that a person may send after a no-show: composed by the embedded writer and verified like any draft, with the reasons kept. */
export async function writeNoShowMail(
  tx: Tx,
  meeting: Missed,
  input: { when: string; times: readonly ProposedTime[] },
): Promise<{ subject: string; text: string }> {
  const lead = meeting.leadId ? await tx.lead.findFirst({ where: { id: meeting.leadId }, include: { account: true } }) : null;
  const host = await tx.member.findFirst({ where: { userId: meeting.hostId }, select: { fullName: true, signature: true, email: true } });
  const offer = await findOfferFor(tx, meeting.campaignId);
  const brief = buildBrief({
    person: {
      fullName: lead?.fullName ?? meeting.attendeeName,
      firstName: lead?.firstName ?? null,
      title: null,
      email: meeting.attendeeEmail,
    },
    companyNames: lead?.account ? [...new Set([lead.account.nameForMail, lead.account.name])] : [],
    observations: [],
    offer: offer?.offer ?? { id: "none", name: "", topic: "", what: "", audience: "", ask: "", avoidWords: [], voice: [], claims: [] },
    earlier: [],
    sender: { fullName: host?.fullName ?? "" },
    step: { subject: null, instruction: "", intent: "remind", sameThread: false },
    bookingUrl: meeting.leadId ? (await loadBookingLinks(tx, [meeting.hostId]))(meeting.hostId, meeting.leadId) : null,
    seed: `${meeting.attendeeEmail}:no-show`,
    zone: meeting.attendeeZone,
    now: tx.now,
  });
  const written = writeNoShow({ brief, meeting: { ...meeting, when: input.when }, times: input.times });
  const verdict = verifyDraft(written, verifyContextOf({ ...brief, thread: written.sources }, []));
  await recordDecision(tx, {
    kind: "draft",
    subjectType: "meeting",
    subjectId: meeting.id,
    leadId: meeting.leadId,
    rule: "embedded writer",
    version: `${NO_SHOW_VERSION}+${VERIFIER_VERSION}`,
    result: {
      sentences: verdict.sentences.map(({ kind, factIds }) => ({ kind, factIds })),
      removed: verdict.removed.length,
      times: input.times.length,
    },
    payload: { sources: written.sources.map(({ id, value, quote }) => ({ id, value, quote })), removed: verdict.removed },
  });
  const signature = host?.signature.trim() || (host?.fullName ?? "");
  return { subject: written.subject, text: renderDraft({ sentences: verdict.sentences }, { signature }) };
}
