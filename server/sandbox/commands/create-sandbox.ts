import { findOrCreateAccount } from "#server/accounts/commands/find-or-create-account.ts";
import { createFirstTouch } from "#server/campaigns/commands/create-campaign.ts";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { recordObservation } from "#server/leads/commands/record-observation.ts";
import { createOffer } from "#server/offers/commands.ts";
import { sampleOffers } from "#server/offers/domain/sample-offers.ts";
import { furnishWorkspace } from "#server/workspaces/commands/furnish-workspace.ts";
import { openWorkspace } from "#server/workspaces/commands/open-workspace.ts";

/** Wide enough that a mailbox in Lisbon can write to California in its morning. */
const MAILBOX_HOURS = { days: [1, 2, 3, 4, 5], from: "07:00", to: "20:00" };

/** A pretend workspace: offers, a mailbox that reaches nobody, and First touch, ready and not started. */
export async function createSandbox(input: {
  ownerId: string;
  name: string;
  timeZone: string;
}): Promise<{ id: WorkspaceId; slug: string }> {
  const id = await openWorkspace({ ...input, kind: "sandbox" });
  return inWorkspace(id, async (tx) => {
    const workspace = await tx.workspace.update({
      where: { id },
      data: { country: "PT", postalAddress: "Acme Ledger, Rua do Ouro 1, 1100-060 Lisboa, Portugal" },
    });
    const owner = await tx.member.update({
      where: { workspaceId_userId: { workspaceId: id, userId: input.ownerId } },
      data: { signature: `${(await tx.member.findFirstOrThrow({ where: { userId: input.ownerId } })).fullName}\nAcme Ledger` },
    });
    await furnishWorkspace(tx, { userId: owner.userId, email: owner.email });
    for (const offer of sampleOffers) await createOffer(tx, { userId: owner.userId }, offer);
    const offer = await tx.offer.findFirstOrThrow({ where: { isDefault: true } });
    await createMailbox(tx, { ownerId: owner.userId, ownerName: owner.fullName, timeZone: workspace.timeZone });
    await plantDoubtfulFact(tx, owner.userId);
    await createFirstTouch(tx, { offerId: offer.id, ownerId: owner.userId });
    return { id, slug: workspace.slug };
  });
}

/**
 * What a careless reader of a website would have stored: the value says more than its quote. The verifier checks the quote, so the
 * sentence about it is struck out in the draft to Otis Park.
 */
async function plantDoubtfulFact(tx: Tx, ownerId: string): Promise<void> {
  const account = await findOrCreateAccount(tx, {
    name: "Oakum Inc.",
    domain: "oakum.example",
    ownerId,
    source: "website",
    sourceRef: "oakum.example/news",
  });
  if (!account) return;
  await recordObservation(tx, {
    subjectType: "account",
    subjectId: account.id,
    source: "website",
    sourceRef: "oakum.example/news",
    fields: {
      growth: { value: "growing 40 % a year", quote: "This year we open two new depots and plan to keep growing", confidence: 0.6 },
    },
  });
}

async function createMailbox(tx: Tx, owner: { ownerId: string; ownerName: string; timeZone: string }): Promise<void> {
  const first =
    owner.ownerName
      .split(" ")[0]
      ?.normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z]/g, "") || "sales";
  await tx.mailbox.create({
    data: {
      id: newId(),
      workspaceId: tx.workspaceId,
      ownerId: owner.ownerId,
      address: `${first}@acme-ledger.example`,
      displayName: owner.ownerName,
      kind: "sandbox",
      status: "ready",
      proof: [],
      dailyCap: 40,
      timeZone: owner.timeZone,
      hours: MAILBOX_HOURS,
      lastReadAt: tx.now,
      createdAt: tx.now,
    },
  });
}
