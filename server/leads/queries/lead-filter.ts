import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { listVisibleOwners, ownedBy, type Viewer } from "#server/teams/queries.ts";
import { foldForSearch } from "../domain/read-lead.ts";
import type { LeadFilter } from "../schema.ts";

/** More hits than anybody reads: a search this broad is answered with the best of them. */
const MOST_HITS = 5_000;

/** The rows a filter means, for `from lead_state s join leads l … left join accounts a …`. Visibility is part of it, so counts agree with lists. */
export async function leadWhere(tx: Tx, filter: LeadFilter, viewer: Viewer): Promise<Prisma.Sql> {
  const ws = Prisma.sql`${tx.workspaceId}::uuid`;
  const parts: Prisma.Sql[] = [
    Prisma.sql`s.workspace_id = ${ws}`,
    filter.deleted ? Prisma.sql`l.deleted_at is not null and l.erased_at is null` : Prisma.sql`l.deleted_at is null`,
  ];
  if (filter.ownerId?.length) parts.push(Prisma.sql`l.owner_id = any(${filter.ownerId}::uuid[])`);
  if (filter.grade?.length) {
    const letters = filter.grade.filter((grade) => grade !== "none");
    parts.push(
      filter.grade.includes("none")
        ? Prisma.sql`(s.grade is null or s.grade = any(${letters}::text[]))`
        : Prisma.sql`s.grade = any(${letters}::text[])`,
    );
  }
  const [state, ...otherStates] = filter.state ?? [];
  // One state is asked for as one: only then do the people of its index come in the order of their scores.
  if (state)
    parts.push(
      otherStates.length > 0 ? Prisma.sql`s.contact_state = any(${filter.state}::text[])` : Prisma.sql`s.contact_state = ${state}`,
    );
  if (filter.country?.length) parts.push(Prisma.sql`coalesce(l.country, a.country) = any(${filter.country}::text[])`);
  if (filter.importId) parts.push(Prisma.sql`l.import_id = ${filter.importId}::uuid`);
  if (filter.accountId)
    parts.push(
      Prisma.sql`s.id = any(array(select p.id from leads p where p.workspace_id = ${ws} and p.account_id = ${filter.accountId}::uuid))`,
    );
  // Nobody chosen is nobody, never everybody: a script's list may be empty, and the verb "delete".
  if (filter.ids) parts.push(Prisma.sql`s.id = any(${filter.ids}::uuid[])`);
  if (filter.listId)
    parts.push(
      Prisma.sql`s.id in (select m.lead_id from lead_list_members m where m.workspace_id = ${ws} and m.list_id = ${filter.listId}::uuid)`,
    );
  if (filter.campaignId)
    parts.push(
      Prisma.sql`s.id in (select e.lead_id from enrolments e where e.workspace_id = ${ws} and e.campaign_id = ${filter.campaignId}::uuid)`,
    );
  const terms = searchTerms(filter.search ?? "");
  if (terms.length > 0) parts.push(Prisma.sql`s.id = any(array(select search_people(${terms}::text[], ${MOST_HITS}::int)))`);
  const visible = ownedBy(Prisma.sql`l.owner_id`, await listVisibleOwners(tx, viewer));
  return Prisma.sql`where ${Prisma.join(parts, " and ")} ${visible}`;
}

/** The longest first: it goes through the index, and hardly anybody is left for the others. */
function searchTerms(search: string): string[] {
  const words = foldForSearch(search)
    .split(/\s+/)
    .filter((word) => word !== "");
  return words.slice(0, 6).sort((a, b) => b.length - a.length);
}

export const LEAD_TABLES = Prisma.sql`
  from lead_state s
  join leads l on l.workspace_id = s.workspace_id and l.id = s.id
  left join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id`;
