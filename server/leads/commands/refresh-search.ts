import type { Tx } from "#server/core/db.ts";
import { searchText } from "../domain/read-lead.ts";

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
    select ${tx.workspaceId}::uuid, p.id, p.text from unnest(${ids}::uuid[], ${texts}::text[]) as p (id, text)
    on conflict (workspace_id, lead_id) do update set text = excluded.text`;
}
