import type { Tx } from "#server/core/db.ts";
import { type SetupFacts, setupLines } from "./domain/setup-lines.ts";
import type { SetupView } from "./schema.ts";

/** The setup list of this workspace, read from what is there. */
export async function getSetup(tx: Tx, input: { userId: string }): Promise<SetupView> {
  const [facts, isHidden] = await readFacts(tx, input.userId);
  const lines = setupLines(facts);
  return { lines, done: lines.filter((line) => line.state === "ok").length, isHidden };
}

async function readFacts(tx: Tx, userId: string): Promise<[SetupFacts, boolean]> {
  const workspace = await tx.workspace.findUniqueOrThrow({ where: { id: tx.workspaceId } });
  const me = await tx.member.findFirst({ where: { userId } });
  const offer = await tx.offer.findFirst({ where: { archivedAt: null }, orderBy: [{ isDefault: "desc" }, { createdAt: "asc" }] });
  const version = offer
    ? await tx.offerVersion.findFirst({
        where: { offerId: offer.id, version: offer.currentVersion },
        include: { _count: { select: { claims: true } } },
      })
    : null;
  // Own domains stand there from the start; they say nothing about customers, competitors and past opt-outs.
  const suppressed = await tx.suppression.groupBy({ by: ["kind"], where: { liftedAt: null, reason: { not: "own_domain" } }, _count: true });
  const suppressedAs = (kinds: string[]) => suppressed.filter((row) => kinds.includes(row.kind)).reduce((sum, row) => sum + row._count, 0);
  const mailboxes = await tx.mailbox.findMany({ where: { removedAt: null }, select: { status: true, readError: true, sendError: true } });
  const anyone = await tx.lead.findFirst({ where: { deletedAt: null }, select: { id: true } });
  const people = anyone ? await tx.lead.count({ where: { deletedAt: null } }) : 0;
  const profile = await tx.scoringProfile.findFirst({ where: { isCurrent: true }, select: { version: true } });
  const started = await tx.campaign.findFirst({ where: { startedAt: { not: null } }, select: { id: true } });

  return [
    {
      offerName: offer?.name ?? null,
      claims: version?._count.claims ?? 0,
      hasSignature: (me?.signature ?? "").trim() !== "",
      postalAddress: workspace.postalAddress,
      place: (me?.timeZone ?? workspace.timeZone).split("/").at(-1)?.replaceAll("_", " ") ?? "",
      suppressedAddresses: suppressedAs(["address", "hash"]),
      suppressedDomains: suppressedAs(["domain", "company"]),
      mailboxes: mailboxes.map((each) => ({ status: each.status, error: each.sendError ?? each.readError })),
      isReachable: workspace.publicUrlProvenAt !== null,
      people,
      scoringVersion: profile?.version ?? 1,
      hasStartedCampaign: started !== null,
    },
    workspace.setupHiddenAt !== null,
  ];
}
