import type { Tx } from "#server/core/db.ts";
import { listVisibleOwners, type Viewer } from "#server/teams/queries.ts";
import { weeklyHours } from "../schema.ts";

const MONTH_MS = 30 * 86_400_000;

/** Booking pages of the people one may see, one's own first, with what came of them in 30 days. */
export async function listBookingPages(tx: Tx, viewer: Viewer) {
  const owners = await listVisibleOwners(tx, viewer);
  const pages = await tx.bookingPage.findMany({
    where: owners === null ? {} : { ownerId: { in: owners } },
    orderBy: { createdAt: "asc" },
  });
  const members = await tx.member.findMany({
    where: { userId: { in: pages.map((page) => page.ownerId) }, removedAt: null },
    select: { userId: true, fullName: true },
  });
  const since = new Date(tx.now.getTime() - MONTH_MS);
  const counts = await tx.$queryRaw<{ pageId: string; booked: number; held: number; noShow: number }[]>`
    select booking_page_id as "pageId", count(*)::int as booked, count(*) filter (where outcome = 'held')::int as held,
      count(*) filter (where outcome = 'no_show')::int as "noShow"
    from meetings where workspace_id = ${tx.workspaceId}::uuid and created_at > ${since} and booking_page_id is not null group by 1`;
  return pages
    .flatMap((page) => {
      const owner = members.find((member) => member.userId === page.ownerId);
      const count = counts.find((each) => each.pageId === page.id);
      if (!owner) return [];
      const { workspaceId: _, createdAt: __, hours, ...rest } = page;
      return [
        {
          ...rest,
          hours: weeklyHours.safeParse(hours).data ?? {},
          ownerName: owner.fullName,
          booked30Days: count?.booked ?? 0,
          held30Days: count?.held ?? 0,
          noShow30Days: count?.noShow ?? 0,
        },
      ];
    })
    .sort((a, b) => Number(b.ownerId === viewer.userId) - Number(a.ownerId === viewer.userId));
}
