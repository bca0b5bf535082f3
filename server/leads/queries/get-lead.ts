import * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { listVisibleOwners, ownedBy, type Viewer } from "#server/teams/queries.ts";
import { pickFacts } from "../domain/pick-facts.ts";
import type { LeadFactView, LeadJson, LeadPageView } from "../schema.ts";
import { leadJson, leadRow } from "../schema.ts";
import { LEAD_TABLES } from "./lead-filter.ts";
import { LEAD_COLUMNS, OWNER } from "./list-leads.ts";

/** A person that this viewer may see, or NOT_FOUND: another workspace's, another team's and a deleted one look the same to strangers. */
export async function requireLead(
  tx: Tx,
  leadId: string,
  viewer: Viewer,
): Promise<{ id: string; accountId: string | null; deletedAt: Date | null; ownerId: string; email: string | null }> {
  const visible = ownedBy(Prisma.sql`l.owner_id`, await listVisibleOwners(tx, viewer));
  const [lead] = await tx.$queryRaw<
    { id: string; accountId: string | null; deletedAt: Date | null; ownerId: string; email: string | null }[]
  >`
    select l.id, l.account_id as "accountId", l.deleted_at as "deletedAt", l.owner_id as "ownerId", l.email
    from leads l where l.workspace_id = ${tx.workspaceId}::uuid and l.id = ${leadId}::uuid and l.erased_at is null ${visible}`;
  if (!lead) throw new AppError("NOT_FOUND", "This person no longer exists.");
  return lead;
}

/** For scripts. */
export async function getLeadJson(tx: Tx, leadId: string, viewer: Viewer): Promise<LeadJson> {
  const found = await requireLead(tx, leadId, viewer);
  if (found.deletedAt) throw new AppError("NOT_FOUND", "This person was deleted.");
  const [row] = await tx.$queryRaw<
    unknown[]
  >`select ${LEAD_COLUMNS} ${LEAD_TABLES} ${OWNER} where s.workspace_id = ${tx.workspaceId}::uuid and s.id = ${leadId}::uuid`;
  const { customFields } = await readCustomFields(tx, leadId);
  return leadJson.parse({ ...leadRow.parse(row), customFields });
}

/** Everything the lead page shows beside timeline and score. */
export async function getLeadPage(tx: Tx, leadId: string, viewer: Viewer): Promise<LeadPageView> {
  await requireLead(tx, leadId, viewer);
  const [row] = await tx.$queryRaw<(Record<string, unknown> & { accountId: string | null })[]>`
    select ${LEAD_COLUMNS}, l.first_name as "firstName", l.seniority, l.job_function as "function", l.city, l.time_zone_source as "timeZoneSource", l.language,
      l.source, l.import_row as "importRow", l.lawful_basis as "lawfulBasis", l.created_at as "createdAt", l.deleted_at as "deletedAt",
      a.name_for_mail as "companyForMail", a.industry, a.paused_at as "companyPausedAt"
    ${LEAD_TABLES} ${OWNER} where s.workspace_id = ${tx.workspaceId}::uuid and s.id = ${leadId}::uuid`;
  if (!row) throw new AppError("NOT_FOUND", "This person no longer exists.");
  const account = z.uuid().nullable().parse(row.accountId);
  const colleagues = account
    ? await tx.$queryRaw<{ state: string; count: number }[]>`
        select s.contact_state as state, count(*)::int as count from leads l join lead_state s on s.workspace_id = l.workspace_id and s.id = l.id
        where l.workspace_id = ${tx.workspaceId}::uuid and l.account_id = ${account}::uuid and l.id <> ${leadId}::uuid and l.deleted_at is null group by 1 order by 2 desc`
    : [];
  const campaigns = await tx.enrolment.findMany({
    where: { leadId },
    orderBy: { enteredAt: "desc" },
    take: 10,
    select: {
      id: true,
      status: true,
      plannedAt: true,
      planKind: true,
      stopReason: true,
      pausedReason: true,
      awayUntil: true,
      campaign: { select: { id: true, name: true } },
    },
  });
  const { customFields } = await readCustomFields(tx, leadId);
  return {
    ...(row as Omit<LeadPageView, "colleagues" | "campaigns" | "customFields">),
    colleagues: colleagues as LeadPageView["colleagues"],
    campaigns,
    customFields,
  };
}

/** The facts of a person and of their company, with every source that said something. */
export async function listFacts(tx: Tx, leadId: string, viewer: Viewer): Promise<LeadFactView[]> {
  const lead = await requireLead(tx, leadId, viewer);
  const subjects = [lead.id, ...(lead.accountId ? [lead.accountId] : [])];
  const rows = await tx.$queryRaw<
    {
      id: string;
      subjectType: "lead" | "account";
      source: string;
      sourceRef: string | null;
      setById: string | null;
      setByName: string | null;
      fileName: string | null;
      fetchedAt: Date;
      fields: unknown;
    }[]
  >`
    select o.id, o.subject_type as "subjectType", o.source, o.source_ref as "sourceRef", o.set_by_id as "setById", m.full_name as "setByName",
           i.file_name as "fileName", o.fetched_at as "fetchedAt", o.fields
    from observations o
    left join members m on m.workspace_id = o.workspace_id and m.user_id = o.set_by_id
    left join lead_imports i on i.workspace_id = o.workspace_id and o.source = 'import' and i.id::text = split_part(o.source_ref, '#', 1)
    where o.workspace_id = ${tx.workspaceId}::uuid and o.subject_id = any(${subjects}::uuid[])
    order by o.fetched_at desc limit 400`;
  const names = new Map(rows.map((row) => [row.id, { by: row.setByName, from: sourceName(row) }]));
  return (["lead", "account"] as const).flatMap((subject) =>
    pickFacts(
      rows
        .filter((row) => row.subjectType === subject)
        .map((row) => ({
          observationId: row.id,
          source: row.source,
          sourceRef: row.sourceRef,
          setById: row.setById,
          fetchedAt: row.fetchedAt,
          fields: observedFields.parse(row.fields),
        })),
    ).map(({ field, winner, others }) => ({ subject, field, ...shown(winner), others: others.map(shown) })),
  );

  function shown(value: { value: string; source: string; observationId: string; at: Date; quote: string | null }) {
    const name = names.get(value.observationId);
    return {
      value: value.value,
      source: name?.from ?? value.source,
      byPerson: value.source === "person",
      setByName: name?.by ?? null,
      at: value.at,
      quote: value.quote,
    };
  }
}

const observedFields = z.record(
  z.string(),
  z.object({ value: z.union([z.string(), z.number()]), quote: z.string().optional(), confidence: z.number().optional() }),
);

function sourceName(row: { source: string; sourceRef: string | null; fileName: string | null }): string {
  if (row.source !== "import") return row.source;
  return row.fileName ? `${row.fileName}, row ${row.sourceRef?.split("#")[1] ?? "?"}` : "import";
}

async function readCustomFields(tx: Tx, leadId: string): Promise<{ customFields: Record<string, string | number> }> {
  const rows = await tx.$queryRaw<{ label: string; text: string | null; number: number | null; date: string | null }[]>`
    select coalesce(f.label, v.key) as label, v.text_value as text, v.number_value as number, to_char(v.date_value, 'YYYY-MM-DD') as date
    from lead_custom_values v left join custom_fields f on f.workspace_id = v.workspace_id and f.key = v.key
    where v.workspace_id = ${tx.workspaceId}::uuid and v.lead_id = ${leadId}::uuid order by f.label`;
  return { customFields: Object.fromEntries(rows.map((row) => [row.label, row.number ?? row.date ?? row.text ?? ""])) };
}
