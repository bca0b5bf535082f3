import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { csvLine } from "#server/imports/domain/write-csv.ts";
import type { Viewer } from "#server/teams/queries.ts";
import type { LeadFilter } from "../schema.ts";
import { LEAD_TABLES, leadWhere } from "./lead-filter.ts";
import { OWNER } from "./list-leads.ts";

const SLICE = 2_000;

type ExportRow = {
  id: string;
  owner: string;
  company: string | null;
  domain: string | null;
  employees: number | null;
  industry: string | null;
  companyCountry: string | null;
  companyCity: string | null;
  score: number | null;
  grade: string | null;
  state: string;
} & Record<
  "fullName" | "firstName" | "lastName" | "email" | "title" | "phone" | "country" | "city" | "timeZone" | "language",
  string | null
>;

/** Headings are those that our own import knows: what goes out comes back in as it was. */
const HEADINGS = [
  "Name",
  "First name",
  "Last name",
  "E-mail",
  "Title",
  "Company",
  "Company domain",
  "Company size",
  "Industry",
  "Company country",
  "Company city",
  "Phone",
  "Country",
  "City",
  "Time zone",
  "Language",
  "Owner",
  "State",
  "Grade",
  "Score",
];

export async function exportHeadings(tx: Tx): Promise<{ fields: { key: string; label: string }[]; line: string }> {
  const fields = await tx.customField.findMany({ orderBy: { createdAt: "asc" }, select: { key: true, label: true } });
  return { fields, line: csvLine([...HEADINGS, ...fields.map((field) => field.label)]) };
}

/** The next slice of people as CSV lines, in id order. */
export async function exportSlice(
  tx: Tx,
  filter: LeadFilter,
  viewer: Viewer,
  fields: readonly { key: string }[],
  after: string | null,
): Promise<{ lines: string; after: string | null }> {
  const rows = await tx.$queryRaw<ExportRow[]>`
    select l.id, l.full_name as "fullName", l.first_name as "firstName", l.last_name as "lastName", l.email, l.title, a.name as company, a.domain, a.employees, a.industry,
      a.country as "companyCountry", a.city as "companyCity", l.phone, l.country, l.city, case when l.time_zone_source = 'stated' then l.time_zone end as "timeZone", l.language,
      m.email as owner, s.contact_state as state, s.grade, s.score
    ${LEAD_TABLES} ${OWNER} ${await leadWhere(tx, filter, viewer)} ${after ? Prisma.sql`and s.id > ${after}::uuid` : Prisma.empty}
    order by s.id limit ${SLICE}`;
  const values = await tx.$queryRaw<{ leadId: string; key: string; value: string }[]>`
    select v.lead_id as "leadId", v.key, coalesce(v.text_value, to_char(v.date_value, 'YYYY-MM-DD'), v.number_value::text) as value
    from lead_custom_values v where v.workspace_id = ${tx.workspaceId}::uuid and v.lead_id = any(${rows.map((row) => row.id)}::uuid[])`;
  const own = new Map<string, Map<string, string>>();
  for (const { leadId, key, value } of values) own.set(leadId, (own.get(leadId) ?? new Map()).set(key, value));
  const lines = rows.map((row) => csvLine([...cellsOf(row), ...fields.map((field) => own.get(row.id)?.get(field.key) ?? null)]));
  return { lines: lines.join(""), after: rows.length < SLICE ? null : (rows.at(-1)?.id ?? null) };
}

function cellsOf(row: ExportRow): (string | number | null)[] {
  const name = row.fullName === row.email ? null : row.fullName;
  return [
    name,
    row.firstName,
    row.lastName,
    row.email,
    row.title,
    row.company,
    row.domain,
    row.employees,
    row.industry,
    row.companyCountry,
    row.companyCity,
    row.phone,
    row.country,
    row.city,
    row.timeZone,
    row.language,
    row.owner,
    row.state,
    row.grade,
    row.score,
  ];
}
