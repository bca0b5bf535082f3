import type { Tx } from "#server/core/db.ts";
import { listVisibleOwners, type Viewer, whereOwner } from "#server/teams/queries.ts";
import { countryName } from "../domain/country.ts";
import type { LeadOptions } from "../schema.ts";

/** What the filter bar and the verbs offer: colleagues, lists, campaigns and the countries that occur. */
export async function listLeadOptions(tx: Tx, viewer: Viewer): Promise<LeadOptions> {
  const owners = await tx.member.findMany({
    where: { removedAt: null },
    orderBy: { fullName: "asc" },
    select: { userId: true, fullName: true },
  });
  const lists = await tx.leadList.findMany({ orderBy: { createdAt: "desc" }, take: 200, select: { id: true, name: true } });
  const campaigns = await tx.campaign.findMany({
    where: { deletedAt: null, ...whereOwner(await listVisibleOwners(tx, viewer)) },
    orderBy: { createdAt: "desc" },
    take: 200,
    select: { id: true, name: true },
  });
  const countries = await tx.$queryRaw<{ code: string }[]>`
    select distinct country as code from leads where workspace_id = ${tx.workspaceId}::uuid and country is not null order by 1`;
  return {
    owners: owners.map((owner) => ({ id: owner.userId, name: owner.fullName })),
    lists,
    campaigns,
    countries: countries.map(({ code }) => ({ code, name: countryName(code) })),
  };
}
