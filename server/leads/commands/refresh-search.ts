import type { Tx } from "#server/core/db.ts";
import { searchText } from "../domain/read-lead.ts";

const AT_ONCE = 2_000;

/** Everybody at companies that have a new name. */
export async function refreshSearchAt(tx: Tx, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length === 0) return;
  const people = await tx.lead.findMany({ where: { accountId: { in: [...accountIds] }, deletedAt: null }, select: { id: true } });
  const ids = people.map((person) => person.id);
  for (let from = 0; from < ids.length; from += AT_ONCE) await refreshSearch(tx, ids.slice(from, from + AT_ONCE));
}

/** What search knows of these people, written anew from what they are now. */
export async function refreshSearch(tx: Tx, leadIds: readonly string[]): Promise<void> {
  if (leadIds.length === 0) return;
  const people = await tx.lead.findMany({
    where: { id: { in: [...leadIds] } },
    select: { id: true, fullName: true, email: true, title: true, account: { select: { name: true } } },
  });
  const ids = people.map((person) => person.id);
  const texts = people.map((person) => searchText({ ...person, company: person.account?.name ?? null }));
  await tx.$executeRaw`
    insert into lead_search (workspace_id, lead_id, text)
    select ${tx.workspaceId}::uuid, p.id, lower(unaccent(p.text)) from unnest(${ids}::uuid[], ${texts}::text[]) as p (id, text)
    on conflict (workspace_id, lead_id) do update set text = excluded.text`;
}
