import type { CustomValue, RowReading } from "./read-row.ts";

/** The columns of a staged row beside its import and number; load-staged.ts reads them by the same names. */
export const STAGED = [
  "lead_id",
  "email",
  "full_name",
  "first_name",
  "last_name",
  "title",
  "seniority",
  "job_function",
  "phone",
  "country",
  "city",
  "time_zone",
  "time_zone_source",
  "language",
  "company_domain",
  "company_name",
  "owner_id",
  "opted_out",
  "search_text",
  "lead_said",
  "lead_observation_id",
  "custom",
  "duplicate_of",
  "account_id",
  "account_said",
  "account_observation_id",
  "name_for_mail",
  "employees",
  "industry",
  "company_country",
  "company_city",
] as const;
export type StagedField = (typeof STAGED)[number];
export type StagedRow = { rowNumber: number; cells: Record<StagedField, string | null> };

export type RowError = { rowNumber: number; message: string; raw: readonly string[] };

/**
 * What earlier rows of the file said: which row has an address, which facts a company already brought, how it was spelled
 * first where nothing but its name tells it. Rebuilt from the staged rows on resume.
 */
export type Seen = { rowByPerson: Map<string, number>; companyFacts: Map<string, number>; companySpelling: Map<string, string> };
export const nothingSeen = (): Seen => ({ rowByPerson: new Map(), companyFacts: new Map(), companySpelling: new Map() });

type Pending = { rowNumber: number; row: RowReading; duplicateOf: number | null };

/** Turns the readings of one chunk into staged rows: repeats inside the chunk are joined, later repeats point to the first row. */
export function stageRows(
  rows: readonly { rowNumber: number; row: RowReading }[],
  seen: Seen,
  newId: () => string,
  toSearchText: (row: RowReading) => string,
): { staged: StagedRow[]; joined: number } {
  const pending = new Map<string, Pending>();
  const ordered: Pending[] = [];
  let joined = 0;
  for (const { rowNumber, row } of rows) {
    const key = personKey(row);
    const before = pending.get(key);
    if (before) {
      before.row = joinRows(before.row, row);
      joined += 1;
      continue;
    }
    const duplicateOf = seen.rowByPerson.get(key) ?? null;
    const entry = { rowNumber, row, duplicateOf };
    if (duplicateOf === null) seen.rowByPerson.set(key, rowNumber);
    else joined += 1;
    pending.set(key, entry);
    ordered.push(entry);
  }
  return { staged: ordered.map((entry) => stage(entry, seen, newId, toSearchText)), joined };
}

/** One person per address; without one, per name and company. */
export function personKey(row: { email: string | null; lead: { fullName: string }; company: { key: string } | null }): string {
  return row.email ?? nameKey(row.lead.fullName, row.company?.key ?? null);
}
export function nameKey(fullName: string, company: string | null): string {
  return `${fullName.toLowerCase()}\u001f${company ?? ""}`;
}

/** The first row wins; the later one fills what it left empty. */
export function joinRows(first: RowReading, later: RowReading): RowReading {
  const lead = fill(first.lead, later.lead);
  // The address and the domain stand in for names that are not known: they are empty too.
  if (first.lead.fullName === first.email) lead.fullName = later.lead.fullName;
  // What a title says goes with the title.
  if (first.lead.title !== null) Object.assign(lead, { seniority: first.lead.seniority, function: first.lead.function });
  const company =
    first.company && later.company && first.company.key === later.company.key
      ? joinCompanies(first.company, later.company)
      : (first.company ?? later.company);
  const keys = new Set(first.custom.map((value) => value.key));
  return {
    ...first,
    lead,
    company,
    ownerId: first.ownerId ?? later.ownerId,
    optedOut: first.optedOut || later.optedOut,
    lastContactedOn: first.lastContactedOn ?? later.lastContactedOn,
    custom: [...first.custom, ...later.custom.filter((value) => !keys.has(value.key))],
    saidOfLead: { ...later.saidOfLead, ...first.saidOfLead },
    saidOfCompany: { ...later.saidOfCompany, ...first.saidOfCompany },
  };
}

type Company = NonNullable<RowReading["company"]>;
function joinCompanies(first: Company, later: Company): Company {
  const named = first.name === first.domain ? later : first;
  return { ...fill(first, later), name: named.name, nameForMail: named.nameForMail };
}

function fill<T extends object>(first: T, later: T): T {
  const filled = { ...first };
  for (const key of Object.keys(later) as (keyof T)[]) if (filled[key] === null) filled[key] = later[key];
  return filled;
}

function stage(
  { rowNumber, row, duplicateOf }: Pending,
  seen: Seen,
  newId: () => string,
  toSearchText: (row: RowReading) => string,
): StagedRow {
  const { lead, company } = row;
  const known = company ? seen.companyFacts.get(company.key) : undefined;
  const facts = company ? factMask(company) : 0;
  // The company travels with the first row that names it, and again only when a row knows more about it.
  const bringsCompany = company !== null && (known === undefined || (facts & ~known) !== 0);
  if (company) seen.companyFacts.set(company.key, (known ?? 0) | facts);
  return {
    rowNumber,
    cells: {
      lead_id: newId(),
      email: row.email,
      full_name: lead.fullName,
      first_name: lead.firstName,
      last_name: lead.lastName,
      title: lead.title,
      seniority: lead.seniority,
      job_function: lead.function,
      phone: lead.phone,
      country: lead.country,
      city: lead.city,
      time_zone: lead.timeZone,
      time_zone_source: lead.timeZoneSource,
      language: languageOf(row.saidOfLead.language),
      company_domain: company?.domain ?? null,
      company_name: company && spelledFirst(company, seen),
      owner_id: row.ownerId,
      opted_out: row.optedOut ? "t" : "f",
      search_text: toSearchText(row),
      lead_said: sayings(row.saidOfLead),
      lead_observation_id: newId(),
      custom: customJson(row.custom),
      duplicate_of: duplicateOf === null ? null : String(duplicateOf),
      account_id: bringsCompany ? newId() : null,
      account_said: bringsCompany ? sayings(row.saidOfCompany) : null,
      account_observation_id: bringsCompany ? newId() : null,
      name_for_mail: bringsCompany ? (company?.nameForMail ?? null) : null,
      employees: bringsCompany && company?.employees ? String(company.employees) : null,
      industry: bringsCompany ? (company?.industry ?? null) : null,
      company_country: bringsCompany ? (company?.country ?? null) : null,
      company_city: bringsCompany ? (company?.city ?? null) : null,
    },
  };
}

function factMask(company: NonNullable<RowReading["company"]>): number {
  return (
    (company.employees ? 1 : 0) |
    (company.industry ? 2 : 0) |
    (company.country ? 4 : 0) |
    (company.city ? 8 : 0) |
    (company.name !== company.domain ? 16 : 0)
  );
}

function languageOf(said: string | undefined): string | null {
  return said && /^[a-z]{2,3}(?:[-_][a-z]{2,4})?$/i.test(said) ? said.toLowerCase().replace("_", "-") : null;
}

function sayings(said: Record<string, string | number>): string {
  const fields: Record<string, { value: string | number }> = {};
  for (const [field, value] of Object.entries(said)) fields[field] = { value };
  return JSON.stringify(fields);
}

function customJson(values: readonly CustomValue[]): string | null {
  return values.length === 0 ? null : JSON.stringify(values);
}

/** The columns that `copyLine` fills, for COPY. */
export const COPY_COLUMNS = `import_id, row_number, ${STAGED.join(", ")}`;

/** One line of COPY's text format. */
export function copyLine(importId: string, row: StagedRow): string {
  let line = `${importId}\t${row.rowNumber}`;
  for (const field of STAGED) {
    const value = row.cells[field];
    line += `\t${value === null ? "\\N" : NEEDS_ESCAPE.test(value) ? escaped(value) : value}`;
  }
  return `${line}\n`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: COPY's own control characters are what is escaped here.
const NEEDS_ESCAPE = /[\\\t\n\r\u0000]/;

function escaped(value: string): string {
  // Postgres text holds no zero byte.
  return value.replaceAll("\u0000", "").replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
}

/** One name for all rows of a company: what is written later is looked up by it. */
function spelledFirst({ key, name, domain }: NonNullable<RowReading["company"]>, { companySpelling }: Seen): string {
  if (domain !== null) return name;
  const first = companySpelling.get(key) ?? name;
  companySpelling.set(key, first);
  return first;
}
