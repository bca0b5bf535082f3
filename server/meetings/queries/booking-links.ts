import { publicBase } from "#server/compliance/queries/public-base.ts";
import type { Tx } from "#server/core/db.ts";
import { linkToken } from "../commands/manage-token.ts";

/** How a link to a host's booking page is made for one person, where a mail may carry one. */
export type BookingLinks = (hostId: string, leadId: string) => string | null;

/** The booking pages of these hosts as personal links; none while our address is not proven reachable. Two queries, however many hosts. */
export async function loadBookingLinks(tx: Tx, hostIds: readonly string[], appUrl?: string): Promise<BookingLinks> {
  const base = await publicBase(tx, appUrl);
  const pages = base
    ? await tx.bookingPage.findMany({
        where: { ownerId: { in: [...hostIds] }, isActive: true },
        orderBy: { createdAt: "asc" },
        select: { ownerId: true, slug: true },
      })
    : [];
  return (hostId, leadId) => {
    const page = pages.find((one) => one.ownerId === hostId);
    return base && page ? `${base}/book/${page.slug}?l=${linkToken(leadId)}` : null;
  };
}
