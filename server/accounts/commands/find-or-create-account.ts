import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import { type ObservationSource, observed, recordObservation } from "#server/leads/commands/record-observation.ts";
import { refreshSearchAt } from "#server/leads/commands/refresh-search.ts";
import { companyDomain, companyDomainOfAddress } from "../domain/company-domain.ts";
import { companyNameForMail } from "../domain/company-name.ts";

export type CompanyGiven = {
  name?: string | null;
  domain?: string | null;
  /** A work address of somebody there; personal mail says nothing about a company. */
  email?: string | null;
  country?: string | null;
  ownerId: string;
  source: ObservationSource;
  sourceRef?: string | null;
  setById?: string | null;
};

/** One company per registrable domain; without a domain, one per exact name. Null when nothing names a company. */
export async function findOrCreateAccount(tx: Tx, given: CompanyGiven): Promise<{ id: string; created: boolean } | null> {
  const domain = (given.domain ? companyDomain(given.domain) : null) ?? (given.email ? companyDomainOfAddress(given.email) : null);
  const name = given.name?.trim() || domain;
  if (!name) return null;
  const existing = await tx.account.findFirst({
    where: domain ? { domain } : { name, domain: null, deletedAt: null },
    select: { id: true, name: true, deletedAt: true },
    orderBy: { id: "asc" },
  });
  if (existing) {
    // Until somebody says its name, a company is called by its domain.
    const named = domain && existing.name === domain && name !== domain ? { name, nameForMail: companyNameForMail(name) } : {};
    if (existing.deletedAt || "name" in named)
      await tx.account.updateMany({ where: { id: existing.id }, data: { ...named, deletedAt: null } });
    if ("name" in named) await refreshSearchAt(tx, [existing.id]);
    return { id: existing.id, created: false };
  }
  const id = newId();
  const country = given.country ?? null;
  // Two people of one new company arriving at once: one creates it, the other finds it.
  await tx.$executeRaw`
    insert into accounts (id, workspace_id, name, name_for_mail, domain, country, owner_id, created_at)
    values (${id}::uuid, ${tx.workspaceId}::uuid, ${name}, ${companyNameForMail(name)}, ${domain}, ${country}, ${given.ownerId}::uuid, ${tx.now})
    on conflict (workspace_id, domain) do nothing`;
  const stored = domain ? await tx.account.findFirst({ where: { domain }, select: { id: true } }) : { id };
  if (!stored) return null;
  if (stored.id !== id) return { id: stored.id, created: false };
  await recordObservation(tx, {
    subjectType: "account",
    subjectId: id,
    source: given.source,
    sourceRef: given.sourceRef ?? null,
    setById: given.setById ?? null,
    fields: observed({ name, domain, country }),
  });
  return { id, created: true };
}
