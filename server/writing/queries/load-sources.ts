import * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import type { BriefInput, EarlierMail } from "../domain/brief.ts";
import { customFact, type ObservedFact, observationFields } from "../domain/facts.ts";
import { draftSource, sentence } from "../schema.ts";

export type LoadedOffer = { offer: BriefInput["offer"]; versionId: string; links: string[] };

/** Offers in their current version, by offer id. */
export async function loadOffers(tx: Tx, offerIds: readonly string[]): Promise<Map<string, LoadedOffer>> {
  const offers = await tx.offer.findMany({ where: { id: { in: [...offerIds] } } });
  const versions = await tx.offerVersion.findMany({
    where: { OR: offers.map((offer) => ({ offerId: offer.id, version: offer.currentVersion })) },
    include: { claims: { orderBy: { position: "asc" } } },
  });
  return new Map(
    offers.flatMap((offer) => {
      const version = versions.find((one) => one.offerId === offer.id);
      if (!version) return [];
      const { id, topic, what, audience, ask, avoidWords, voice, claims } = version;
      const links = claims.flatMap((claim) => claim.evidenceUrl ?? []);
      return [
        [
          offer.id,
          { offer: { id, name: offer.name, topic, what, audience, ask, avoidWords, voice, claims }, versionId: id, links },
        ] as const,
      ];
    }),
  );
}

/** The offer of this campaign, else the one that the workspace writes about by default. */
export async function findOfferFor(tx: Tx, campaignId: string | null): Promise<LoadedOffer | null> {
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

type Subject = { leadId: string; accountId: string | null; source: string; at: Date };

/** Observations and typed custom fields, by lead or account id. */
export async function loadObservations(tx: Tx, subjects: readonly Subject[]): Promise<Map<string, ObservedFact[]>> {
  const ids = [...new Set(subjects.flatMap((subject) => [subject.leadId, ...(subject.accountId ? [subject.accountId] : [])]))];
  const bySubject = new Map<string, ObservedFact[]>();
  const add = (id: string, fact: ObservedFact) => bySubject.set(id, [...(bySubject.get(id) ?? []), fact]);
  const observations = await tx.observation.findMany({ where: { subjectId: { in: ids } }, orderBy: [{ fetchedAt: "asc" }, { id: "asc" }] });
  const placeOf = await importPlaces(tx, observations);
  for (const row of observations) {
    const { id, subjectType, source, fetchedAt } = row;
    const sourceRef = placeOf(row);
    const fields = observationFields.safeParse(row.fields).data ?? {};
    add(row.subjectId, { id, subjectType: subjectType === "account" ? "account" : "lead", source, sourceRef, fetchedAt, fields });
  }
  const custom = await tx.leadCustomValue.findMany({
    where: { leadId: { in: subjects.map((subject) => subject.leadId) } },
    orderBy: { key: "asc" },
  });
  for (const row of custom) {
    const subject = subjects.find((one) => one.leadId === row.leadId);
    const value = row.textValue ?? row.numberValue;
    if (subject && value !== null) add(row.leadId, customFact(row.leadId, row.key, value, subject));
  }
  return bySubject;
}

/** "q1.csv, row 118" instead of the id of an import; what other sources say of their place stays as it is. */
async function importPlaces(tx: Tx, rows: readonly { source: string; sourceRef: string | null }[]) {
  const partsOf = (row: { source: string; sourceRef: string | null }) =>
    row.source === "import" ? (/^([0-9a-f-]{36})#(\d+)$/.exec(row.sourceRef ?? "")?.slice(1) ?? []) : [];
  const ids = [...new Set(rows.flatMap((row) => partsOf(row)[0] ?? []))];
  const files = ids.length > 0 ? await tx.leadImport.findMany({ where: { id: { in: ids } }, select: { id: true, fileName: true } }) : [];
  const nameById = new Map(files.map((file) => [file.id, file.fileName]));
  return (row: { source: string; sourceRef: string | null }): string | null => {
    const [id, line] = partsOf(row);
    return id === undefined ? row.sourceRef : `${nameById.get(id) ?? "of a list"}, row ${line}`;
  };
}

/** Our mails to these people that left, oldest first, by enrolment id. */
export async function loadEarlier(tx: Tx, enrolmentIds: readonly string[]): Promise<Map<string, EarlierMail[]>> {
  const messages = await tx.message.findMany({
    where: { enrolmentId: { in: [...enrolmentIds] }, status: { in: ["sent", "uncertain"] } },
    orderBy: [{ dueAt: "asc" }, { id: "asc" }],
    select: { id: true, enrolmentId: true, subject: true, sentAt: true, dueAt: true, draftId: true },
  });
  const drafts = await tx.draft.findMany({
    where: { id: { in: messages.flatMap((message) => message.draftId ?? []) } },
    select: { id: true, sentences: true, sources: true },
  });
  const byEnrolment = new Map<string, EarlierMail[]>();
  for (const message of messages) {
    if (!message.enrolmentId) continue;
    const draft = drafts.find((one) => one.id === message.draftId);
    const sentences = z.array(sentence).safeParse(draft?.sentences).data ?? [];
    const cited = new Set(sentences.flatMap((one) => one.factIds));
    const used = (z.array(draftSource).safeParse(draft?.sources).data ?? []).filter((one) => cited.has(one.id)).map((one) => one.value);
    const mail = { id: message.id, subject: message.subject, sentAt: message.sentAt ?? message.dueAt, sentences, used };
    byEnrolment.set(message.enrolmentId, [...(byEnrolment.get(message.enrolmentId) ?? []), mail]);
  }
  return byEnrolment;
}

/** What was rejected for a step: a wrong fact is not said again, and a weak mail is followed by other claims. */
export async function loadRejected(tx: Tx, enrolmentIds: readonly string[]): Promise<Map<string, { count: number; avoid: string[] }>> {
  const rows = await tx.draft.findMany({
    where: { enrolmentId: { in: [...enrolmentIds] }, status: "rejected" },
    select: { enrolmentId: true, stepId: true, rejectedReason: true, sentences: true, sources: true },
  });
  const byStep = new Map<string, { count: number; avoid: string[] }>();
  for (const row of rows) {
    const key = `${row.enrolmentId}:${row.stepId}`;
    const known = byStep.get(key) ?? { count: 0, avoid: [] };
    const field = row.rejectedReason === "wrong_fact" ? "fact" : row.rejectedReason === "weak" ? "claim" : null;
    const sources = z.array(draftSource).safeParse(row.sources).data ?? [];
    const avoid = field ? sources.filter((source) => (field === "claim") === (source.about === "us")).map((source) => source.value) : [];
    byStep.set(key, { count: known.count + 1, avoid: [...known.avoid, ...avoid] });
  }
  return byStep;
}
