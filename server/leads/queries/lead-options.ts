import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { listVisibleOwners, type Viewer, whereOwner } from "#server/teams/queries.ts";
import { countryName } from "../domain/country.ts";
import type { LeadOptions } from "../schema.ts";

/** What the filter bar and the verbs offer: colleagues, lists, campaigns and the countries that occur. */
export async function listLeadOptions(tx: Tx, viewer: Viewer): Promise<LeadOptions> {
  const visible = await listVisibleOwners(tx, viewer);
  const owners = await tx.member.findMany({
    where: { removedAt: null },
    orderBy: { fullName: "asc" },
    select: { userId: true, fullName: true },
  });
  const lists = await tx.leadList.findMany({ orderBy: { createdAt: "desc" }, take: 200, select: { id: true, name: true } });
  const campaigns = await tx.campaign.findMany({
    where: { deletedAt: null, ...whereOwner(visible) },
    orderBy: { createdAt: "desc" },
    take: 200,
    select: { id: true, name: true },
  });
  const countries = await listCountries(tx, visible);
  return {
    owners: owners.map((owner) => ({ id: owner.userId, name: owner.fullName })),
    lists,
    campaigns,
    countries: countries.map(({ code }) => ({ code, name: countryName(code) })),
  };
}

/** From one country to the next by index; of somebody who sees few people, by their owner. */
async function listCountries(tx: Tx, visible: string[] | null): Promise<{ code: string }[]> {
  const here = Prisma.sql`workspace_id = ${tx.workspaceId}::uuid`;
  if (visible !== null)
    return tx.$queryRaw`select distinct country as code from leads where ${here} and owner_id = any(${visible}::uuid[]) and country is not null order by 1`;
  return tx.$queryRaw`
    with recursive found as (
      (select country as code from leads where ${here} and country is not null order by country limit 1)
      union all
      select (select country from leads where ${here} and country > found.code order by country limit 1) from found where found.code is not null
    ) select code from found where code is not null`;
}
