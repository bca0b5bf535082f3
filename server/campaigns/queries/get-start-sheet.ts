import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { checkOffer } from "#server/offers/domain/check-offer.ts";
import type { SendingMailbox } from "../domain/choose-mailbox.ts";
import { type StartFacts, startChecks } from "../domain/start-checks.ts";
import { cityOfZone } from "../domain/zone-days.ts";
import type { CampaignRules, StartCheck, StartSheet } from "../schema.ts";
import { loadMailboxes } from "./load-board.ts";
import { readRules } from "./load-due-people.ts";
import { loadSteps } from "./load-steps.ts";
import { type PreviewedPerson, previewPlans } from "./preview-plans.ts";

const FIRST_SHOWN = 5;

/** The sheet before the start: checks, people, and the first mails with names and times. */
export async function getStartSheet(tx: Tx, campaignId: string): Promise<StartSheet> {
  const checks = await runStartChecks(tx, campaignId);
  const previews = await previewPlans(tx, campaignId);
  const leads = new Map((await namesOf(tx, previews)).map((lead) => [lead.id, lead]));
  const draftsReady = await tx.draft.count({ where: { campaignId, status: { in: ["ready", "approved"] } } });
  const first = previews
    .flatMap(({ row, planned }) => (planned.plan ? [{ row, plan: planned.plan, mailbox: planned.mailbox }] : []))
    .sort((a, b) => a.plan.at - b.plan.at)
    .slice(0, FIRST_SHOWN)
    .map(({ row, plan, mailbox }) => {
      const zone = row.zone ?? mailbox.zone;
      const lead = leads.get(row.leadId);
      return {
        leadId: row.leadId,
        fullName: lead?.fullName ?? "",
        company: lead?.account?.name ?? null,
        at: new Date(plan.at),
        zone,
        place: row.city ?? cityOfZone(zone),
        from: mailbox.label,
        heldBy: plan.reasons,
      };
    });
  const people = await tx.enrolment.count({ where: { campaignId, status: "active" } });
  return { checks, canStart: checks.every((check) => check.ok), people, draftsReady, first, held: countHeld(previews) };
}

export async function runStartChecks(tx: Tx, campaignId: string): Promise<StartCheck[]> {
  const campaign = await tx.campaign.findFirst({ where: { id: campaignId, deletedAt: null }, include: { offer: true } });
  if (!campaign) throw new AppError("NOT_FOUND", "This campaign no longer exists.");
  const workspace = await tx.workspace.findFirst({
    where: { id: tx.workspaceId },
    select: { postalAddress: true, publicUrlProvenAt: true },
  });
  const version = await tx.offerVersion.findFirst({
    where: { offerId: campaign.offerId, version: campaign.offer.currentVersion },
    include: { claims: true },
  });
  const owners = await tx.$queryRaw<{ ownerId: string; name: string }[]>`
    select distinct l.owner_id as "ownerId", m.full_name as name from enrolments e
    join leads l on l.workspace_id = e.workspace_id and l.id = e.lead_id
    join members m on m.workspace_id = l.workspace_id and m.user_id = l.owner_id
    where e.workspace_id = ${tx.workspaceId}::uuid and e.campaign_id = ${campaignId}::uuid and e.status = 'active' order by 2`;
  const rules = readRules(campaign.rules);
  const all = await loadMailboxes(tx);
  const facts: StartFacts = {
    now: tx.now.getTime(),
    campaignId,
    steps: await loadSteps(tx, campaignId),
    people: await tx.enrolment.count({ where: { campaignId, status: "active" } }),
    offer: version ? { name: campaign.offer.name, missing: checkOffer(version).map((part) => part.message) } : null,
    mailboxes: allowedMailboxes(all, rules, owners.length > 0 ? owners.map((owner) => owner.ownerId) : [campaign.ownerId]),
    ownersWithoutMailbox:
      rules.sender.mode === "owner"
        ? owners.filter((owner) => !all.some((mailbox) => mailbox.ownerId === owner.ownerId)).map((owner) => owner.name)
        : [],
    hasPublicAddress: Boolean(workspace?.publicUrlProvenAt),
    postalAddress: workspace?.postalAddress ?? null,
  };
  return startChecks(facts);
}

function allowedMailboxes(all: readonly SendingMailbox[], rules: CampaignRules, owners: readonly string[]): SendingMailbox[] {
  const { sender } = rules;
  if (sender.mode === "pool") return [...all];
  if (sender.mode === "mailboxes") return all.filter((mailbox) => sender.mailboxIds.includes(mailbox.id));
  return all.filter((mailbox) => owners.includes(mailbox.ownerId));
}

async function namesOf(tx: Tx, previews: readonly PreviewedPerson[]) {
  return tx.lead.findMany({
    where: { id: { in: previews.map(({ row }) => row.leadId) } },
    select: { id: true, fullName: true, account: { select: { name: true } } },
  });
}

function countHeld(previews: readonly PreviewedPerson[]): { text: string; people: number }[] {
  const counts = new Map<string, number>();
  for (const { planned } of previews) {
    const text = planned.plan ? null : planned.held[0]?.text;
    if (text) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, people]) => ({ text, people })).sort((a, b) => b.people - a.people);
}
