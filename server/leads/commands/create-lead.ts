import { findOrCreateAccount } from "#server/accounts/commands/find-or-create-account.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { scoreLeads } from "#server/scoring/commands/score-leads.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { normaliseAddress } from "../domain/normalise-address.ts";
import { readLead } from "../domain/read-lead.ts";
import type { CreateLeadInput } from "../schema.ts";
import { type ObservationSource, observed, recordObservation } from "./record-observation.ts";
import { refreshLeadState } from "./refresh-lead-state.ts";
import { refreshSearch } from "./refresh-search.ts";
import { writeCustomValues } from "./write-custom-values.ts";

export type NewLead = Omit<CreateLeadInput, "ownerId"> & {
  ownerId: string;
  /** Shown as where the person comes from: "by hand", "reply", "booking", "api". */
  source: string;
  /** The record behind the source, where there is one. */
  sourceRef?: string | null;
  actorId?: string | null;
};

/**
 * One person per address. Who is known already is found, not doubled (and comes back from the trash);
 * the company is found or created by its registrable domain.
 */
export async function createLead(
  tx: Tx,
  given: NewLead,
): Promise<{ id: string; accountId: string | null; created: boolean; wasDeleted: boolean }> {
  const email = given.email ? addressOf(given.email) : null;
  if (!email && !given.fullName?.trim()) throw new AppError("INVALID_INPUT", "Enter a name or an e-mail address.");
  if (email) {
    const known = await tx.lead.findFirst({ where: { email }, select: { id: true, accountId: true, deletedAt: true } });
    if (known) {
      if (known.deletedAt) await restoreFound(tx, known.id, given.actorId ?? null);
      return { id: known.id, accountId: known.accountId, created: false, wasDeleted: known.deletedAt !== null };
    }
  }
  const source = observationSource(given.source);
  const read = readLead({ ...given, email }, { isStated: source === "api" || source === "person" });
  const account = await findOrCreateAccount(tx, {
    name: given.company ?? null,
    domain: given.companyDomain ?? null,
    email,
    country: read.country,
    ownerId: given.ownerId,
    source,
    sourceRef: given.sourceRef ?? null,
    setById: given.actorId ?? null,
  });
  const id = newId();
  const { function: jobFunction, ...columns } = read;
  await tx.lead.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      email,
      ...columns,
      function: jobFunction,
      accountId: account?.id ?? null,
      ownerId: given.ownerId,
      source: given.source,
      createdAt: tx.now,
      updatedAt: tx.now,
    },
  });
  await recordObservation(tx, {
    subjectType: "lead",
    subjectId: id,
    source,
    sourceRef: given.sourceRef ?? null,
    setById: given.actorId ?? null,
    fields: observed({
      fullName: given.fullName,
      email,
      title: given.title,
      phone: given.phone,
      country: given.country,
      city: given.city,
      timeZone: given.timeZone,
      company: given.company,
      companyDomain: given.companyDomain,
    }),
  });
  if (given.customFields) await writeCustomValues(tx, id, given.customFields);
  await refreshSearch(tx, [id]);
  await refreshLeadState(tx, [id]);
  await scoreLeads(tx, [id]);
  await recordActivity(tx, {
    kind: "lead/created",
    leadId: id,
    accountId: account?.id ?? null,
    actorId: given.actorId ?? null,
    detail: { source },
  });
  return { id, accountId: account?.id ?? null, created: true, wasDeleted: false };
}

function addressOf(raw: string): string {
  const read = normaliseAddress(raw);
  if (!read.ok) throw new AppError("INVALID_INPUT", read.reason);
  return read.email;
}

function observationSource(source: string): ObservationSource {
  if (source === "api" || source === "reply" || source === "booking") return source;
  return "person";
}

async function restoreFound(tx: Tx, leadId: string, actorId: string | null): Promise<void> {
  await tx.lead.updateMany({ where: { id: leadId }, data: { deletedAt: null, updatedAt: tx.now } });
  await refreshLeadState(tx, [leadId]);
  await recordActivity(tx, { kind: "lead/restored", leadId, actorId });
}
