import { findOrCreateAccount } from "#server/accounts/commands/find-or-create-account.ts";
import { companyDomain } from "#server/accounts/domain/company-domain.ts";
import { companyNameForMail } from "#server/accounts/domain/company-name.ts";
import { recordAudit } from "#server/audit/commands.ts";
import { isUniqueViolation, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { Prisma } from "#server/generated/prisma/client.ts";
import { scoreLeads } from "#server/scoring/commands/score-leads.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { readCountry } from "../domain/country.ts";
import { normaliseAddress } from "../domain/normalise-address.ts";
import { readLead } from "../domain/read-lead.ts";
import { zoneNamed } from "../domain/time-zone.ts";
import { requireLead } from "../queries/get-lead.ts";
import type { CorrectFactInput, UpdateLeadInput } from "../schema.ts";
import { assignLeads } from "./assign-leads.ts";
import { type ObservedFields, recordObservation } from "./record-observation.ts";
import { refreshLeadState } from "./refresh-lead-state.ts";
import { refreshSearch } from "./refresh-search.ts";
import { writeCustomValues } from "./write-custom-values.ts";

export type Corrector = Viewer & { actorKind: "person" | "api_key" };
/** What a correction stored as said by its person; an Undo names it, null where the value was taken away. */
type Undone = { observationId: string | null };

/**
 * A person's correction: stored as what they said, and taken before anything a machine says, now and later. Fields that are read from
 * others (rank from the title, zone from the city) are read again.
 */
export async function updateLead(tx: Tx, input: UpdateLeadInput, by: Corrector, undoes?: Undone): Promise<Undone> {
  const found = await requireLead(tx, input.id, by);
  if (found.deletedAt) throw new AppError("INVALID_STATE", "This person was deleted. Restore them first.");
  const before = await tx.lead.findFirstOrThrow({ where: { id: input.id }, include: { account: true } });
  const email = input.email === undefined ? before.email : input.email === null || input.email === "" ? null : addressOf(input.email);
  const given = {
    fullName: input.fullName ?? before.fullName,
    title: input.title === undefined ? before.title : input.title,
    phone: input.phone === undefined ? before.phone : input.phone,
    country: input.country === undefined ? before.country : countryOf(input.country),
    city: input.city === undefined ? before.city : input.city,
    timeZone: input.timeZone === undefined ? (before.timeZoneSource === "stated" ? before.timeZone : null) : zoneOf(input.timeZone),
  };
  const read = readLead({ ...given, email, companyCountry: before.account?.country ?? null }, { isStated: true });
  const movesCompany = input.company !== undefined || input.companyDomain !== undefined;
  const account = movesCompany
    ? await findOrCreateAccount(tx, {
        name: input.company ?? null,
        domain: input.companyDomain ?? null,
        email: input.companyDomain || input.company ? null : email,
        ownerId: before.ownerId,
        source: "person",
        setById: by.userId,
      })
    : null;
  const accountId = movesCompany ? (account?.id ?? null) : before.accountId;
  try {
    await tx.lead.updateMany({
      where: { id: input.id },
      data: {
        email,
        ...(email !== before.email && { emailStatus: "none", emailCheckedAt: null }),
        // The name is taken as the person wrote it; only its parts are read from it.
        fullName: input.fullName === undefined ? before.fullName : read.fullName,
        firstName: input.fullName === undefined ? before.firstName : read.firstName,
        lastName: input.fullName === undefined ? before.lastName : read.lastName,
        title: read.title,
        seniority: read.seniority,
        function: read.function,
        phone: read.phone,
        country: read.country,
        city: read.city,
        timeZone: read.timeZone,
        timeZoneSource: read.timeZoneSource,
        ...(input.language !== undefined && { language: input.language }),
        accountId,
        updatedAt: tx.now,
      },
    });
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause;
    throw new AppError("CONFLICT", "Somebody here has this e-mail address already. One person per address.", { cause });
  }
  const corrected = correctedIn(input, email);
  const said = saidIn(corrected);
  const observationId = await keepWord(tx, { subjectType: "lead", subjectId: input.id, fields: said }, by, undoes);
  if (input.customFields) await writeCustomValues(tx, input.id, input.customFields);
  if (input.ownerId && input.ownerId !== before.ownerId) await assignLeads(tx, [input.id], input.ownerId, by.userId);
  await afterCorrection(tx, input.id);
  // What was taken away is a correction too, though nobody said anything: the history and the audit name it.
  const fields = Object.keys({ ...corrected, ...(input.customFields && { customFields: true }), ...(movesCompany && { company: true }) });
  if (fields.length === 0) return { observationId };
  await recordActivity(tx, { kind: "lead/corrected", leadId: input.id, accountId, actorId: by.userId, detail: { fields } });
  await recordAudit(tx, {
    actorId: by.userId,
    actorKind: by.actorKind,
    action: "lead/corrected",
    subjectType: "lead",
    subjectId: input.id,
    fields,
    values: {
      leadId: input.id,
      changes: Object.fromEntries(
        Object.entries(corrected).map(([field, value]) => [field, { before: before[field as keyof typeof before] ?? null, after: value }]),
      ),
    },
  });
  return { observationId };
}

/** One fact, in place: of the person or of their company. */
export async function correctFact(tx: Tx, input: CorrectFactInput, by: Corrector): Promise<Undone> {
  const lead = await requireLead(tx, input.leadId, by);
  if (input.subject === "lead") {
    if (input.field === "name" || input.field === "domain" || input.field === "employees" || input.field === "industry") {
      throw new AppError("INVALID_INPUT", "This field belongs to the company.");
    }
    if (input.field === "fullName" && !input.value) throw new AppError("INVALID_INPUT", "A person needs a name.");
    return updateLead(tx, { id: input.leadId, [input.field]: input.value }, by, input.undoes);
  }
  if (!lead.accountId) throw new AppError("INVALID_STATE", "This person has no company yet. Give the company's name first.");
  const data = accountData(input);
  try {
    await tx.account.updateMany({ where: { id: lead.accountId }, data });
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause;
    throw new AppError("CONFLICT", "Another company here has this web domain.", { cause });
  }
  const fields: ObservedFields = input.value ? { [input.field]: { value: input.value, confidence: 1 } } : {};
  const observationId = await keepWord(tx, { subjectType: "account", subjectId: lead.accountId, fields }, by, input.undoes);
  const people = await tx.lead.findMany({ where: { accountId: lead.accountId, deletedAt: null }, select: { id: true }, take: 2_000 });
  await refreshSearch(
    tx,
    people.map((person) => person.id),
  );
  await scoreLeads(
    tx,
    people.map((person) => person.id),
  );
  await refreshLeadState(
    tx,
    people.map((person) => person.id),
  );
  await recordActivity(tx, {
    kind: "account/corrected",
    leadId: input.leadId,
    accountId: lead.accountId,
    actorId: by.userId,
    detail: { fields: [input.field] },
  });
  await recordAudit(tx, {
    actorId: by.userId,
    actorKind: by.actorKind,
    action: "account/corrected",
    subjectType: "account",
    subjectId: lead.accountId,
    fields: [input.field],
  });
  return { observationId };
}

/** A person's word stands before every later source. After an Undo it is as if never said: what a file said is the file's again. */
async function keepWord(
  tx: Tx,
  said: { subjectType: "lead" | "account"; subjectId: string; fields: ObservedFields },
  by: Corrector,
  undoes: Undone | undefined,
): Promise<string | null> {
  if (!undoes) return recordObservation(tx, { ...said, source: by.actorKind === "person" ? "person" : "api", setById: by.userId });
  if (undoes.observationId)
    await tx.observation.deleteMany({
      where: { id: undoes.observationId, subjectId: said.subjectId, source: { in: ["person", "api"] }, setById: by.userId },
    });
  return null;
}

function accountData({ field, value }: CorrectFactInput): Prisma.AccountUpdateManyMutationInput {
  switch (field) {
    case "name":
      if (!value) throw new AppError("INVALID_INPUT", "A company needs a name.");
      return { name: value, nameForMail: companyNameForMail(value) };
    case "domain": {
      const domain = value ? companyDomain(value) : null;
      if (value && !domain) throw new AppError("INVALID_INPUT", `“${value}” is not a company's web domain.`);
      return { domain };
    }
    case "employees": {
      const employees = value === null || value === "" ? null : Number(value.replace(/[\s,.']/g, ""));
      if (employees !== null && !(Number.isInteger(employees) && employees > 0 && employees < 10_000_000))
        throw new AppError("INVALID_INPUT", "Write the number of people, like 240.");
      return { employees };
    }
    case "country":
      return { country: countryOf(value) };
    case "timeZone":
      return { timeZone: zoneOf(value) };
    case "industry":
      return { industry: value };
    case "city":
      return { city: value };
    default:
      throw new AppError("INVALID_INPUT", "This field belongs to the person.");
  }
}

/** The fields that were given, empty ones as nothing. */
function correctedIn(input: UpdateLeadInput, email: string | null): Record<string, string | null> {
  const { fullName, title, phone, country, city, timeZone, language } = input;
  const values = {
    fullName,
    title,
    phone,
    country: country ? countryOf(country) : country,
    city,
    timeZone,
    language,
    ...(input.email !== undefined && { email }),
  };
  return Object.fromEntries(Object.entries(values).flatMap(([field, value]) => (value === undefined ? [] : [[field, value || null]])));
}

function saidIn(corrected: Record<string, string | null>): ObservedFields {
  return Object.fromEntries(Object.entries(corrected).flatMap(([field, value]) => (value ? [[field, { value, confidence: 1 }]] : [])));
}

async function afterCorrection(tx: Tx, leadId: string): Promise<void> {
  await refreshSearch(tx, [leadId]);
  await refreshLeadState(tx, [leadId]);
  await scoreLeads(tx, [leadId]);
}

function addressOf(raw: string): string {
  const read = normaliseAddress(raw);
  if (!read.ok) throw new AppError("INVALID_INPUT", read.reason);
  return read.email;
}

function countryOf(raw: string | null): string | null {
  if (!raw) return null;
  const code = readCountry(raw);
  if (!code) throw new AppError("INVALID_INPUT", `“${raw}” is not a country. Write its name or its two-letter code.`);
  return code;
}

function zoneOf(raw: string | null): string | null {
  if (!raw) return null;
  const zone = zoneNamed(raw);
  if (!zone) throw new AppError("INVALID_INPUT", `“${raw}” is not a time zone. Write one like Europe/Rome.`);
  return zone;
}
