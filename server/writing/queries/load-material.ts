import * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import { loadBookingLinks } from "#server/meetings/queries/booking-links.ts";
import type { BriefInput } from "../domain/brief.ts";
import { loadEarlier, loadObservations, loadOffers, loadRejected } from "./load-sources.ts";

export type StepKey = { enrolmentId: string; stepId: string };
export type Material = StepKey & {
  input: BriefInput;
  links: string[];
  leadId: string;
  campaignId: string;
  offerVersionId: string;
  workspaceKind: string;
};

const stepConfig = z.object({
  thread: z.enum(["new", "same"]).default("new"),
  intent: z.enum(["introduce", "remind", "close"]).default("introduce"),
  instruction: z.string().default(""),
  subject: z.string().nullable().default(null),
  bookingLink: z.boolean().default(false),
});

type Person = { enrolmentId: string | null; leadId: string; campaignId: string; senderId: string | null; stepId: string };

/** Everything that mails to these people rest on: a fixed number of queries for any number of people. */
export async function loadMaterial(tx: Tx, keys: readonly StepKey[]): Promise<Material[]> {
  if (keys.length === 0) return [];
  const select = { id: true, leadId: true, campaignId: true, senderId: true } as const;
  const rows = await tx.enrolment.findMany({ where: { id: { in: keys.map((key) => key.enrolmentId) } }, select });
  const byId = new Map(rows.map(({ id, ...row }) => [id, row]));
  const people = keys.flatMap(({ enrolmentId, stepId }) => {
    const row = byId.get(enrolmentId);
    return row ? [{ ...row, enrolmentId, stepId }] : [];
  });
  return (await loadPeople(tx, people)).flatMap(({ enrolmentId, ...material }) => (enrolmentId ? [{ ...material, enrolmentId }] : []));
}

/** The same for somebody who is not in the campaign: what the preview shows. */
export async function loadPreviewMaterial(tx: Tx, key: { leadId: string; stepId: string }): Promise<Omit<Material, "enrolmentId"> | null> {
  const step = await tx.campaignStep.findFirst({ where: { id: key.stepId }, select: { campaignId: true } });
  if (!step) return null;
  const known = await tx.enrolment.findFirst({
    where: { leadId: key.leadId, campaignId: step.campaignId },
    select: { id: true, senderId: true },
  });
  const person = { ...key, campaignId: step.campaignId, enrolmentId: known?.id ?? null, senderId: known?.senderId ?? null };
  const [material] = await loadPeople(tx, [person]);
  return material ?? null;
}

async function loadPeople(tx: Tx, people: readonly Person[]): Promise<(Omit<Material, "enrolmentId"> & { enrolmentId: string | null })[]> {
  const unique = (ids: readonly string[]) => [...new Set(ids)];
  const leads = await tx.lead.findMany({
    where: { id: { in: people.map((person) => person.leadId) }, deletedAt: null },
    include: { account: true },
  });
  const leadById = new Map(leads.map((lead) => [lead.id, lead]));
  const campaigns = await tx.campaign.findMany({
    where: { id: { in: unique(people.map((person) => person.campaignId)) } },
    select: { id: true, name: true, offerId: true },
  });
  const steps = await tx.campaignStep.findMany({ where: { id: { in: unique(people.map((person) => person.stepId)) } } });
  const workspace = await tx.workspace.findFirst({ where: { id: tx.workspaceId }, select: { kind: true, timeZone: true } });
  const offers = await loadOffers(tx, unique(campaigns.map((campaign) => campaign.offerId)));
  const observations = await loadObservations(
    tx,
    leads.map((lead) => ({ leadId: lead.id, accountId: lead.accountId, source: lead.source, at: lead.createdAt })),
  );
  const enrolmentIds = people.flatMap((person) => person.enrolmentId ?? []);
  const earlier = await loadEarlier(tx, enrolmentIds);
  const rejected = await loadRejected(tx, enrolmentIds);
  const senderIds = unique([...people.flatMap((person) => person.senderId ?? []), ...leads.map((lead) => lead.ownerId)]);
  const senders = new Map((await tx.member.findMany({ where: { userId: { in: senderIds } } })).map((member) => [member.userId, member]));

  const bookingLinks = await loadBookingLinks(tx, senderIds);

  return people.flatMap(({ enrolmentId, stepId, leadId, campaignId, senderId }) => {
    const lead = leadById.get(leadId);
    const campaign = campaigns.find((one) => one.id === campaignId);
    const step = steps.find((one) => one.id === stepId);
    const offer = campaign ? offers.get(campaign.offerId) : undefined;
    if (!lead || !campaign || !step || !offer || !workspace) return [];
    const { account } = lead;
    const sender = senders.get(senderId ?? lead.ownerId);
    const config = stepConfig.parse(step.config);
    const before = rejected.get(`${enrolmentId}:${stepId}`);
    const input: BriefInput = {
      person: { fullName: lead.fullName, firstName: lead.firstName, title: lead.title, email: lead.email },
      companyNames: account ? unique([account.nameForMail, account.name]).filter((name) => name !== "") : [],
      observations: [...(observations.get(lead.id) ?? []), ...(account ? (observations.get(account.id) ?? []) : [])],
      offer: offer.offer,
      earlier: enrolmentId ? (earlier.get(enrolmentId) ?? []) : [],
      sender: { fullName: sender?.fullName ?? "" },
      step: { subject: config.subject, instruction: config.instruction, intent: config.intent, sameThread: config.thread === "same" },
      bookingUrl: config.bookingLink ? bookingLinks(senderId ?? lead.ownerId, leadId) : null,
      language: lead.language,
      seed: [lead.email ?? lead.fullName, campaign.name, step.position, ...(before ? [before.count] : [])].join(":"),
      ...(before && { avoid: before.avoid }),
      zone: lead.timeZone ?? account?.timeZone ?? workspace.timeZone,
      now: tx.now,
    };
    const links = [...offer.links, ...(sender ? [sender.email.split("@")[1] ?? ""] : [])].filter((link) => link !== "");
    return [{ enrolmentId, stepId, input, links, leadId, campaignId, offerVersionId: offer.versionId, workspaceKind: workspace.kind }];
  });
}
