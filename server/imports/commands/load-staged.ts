import { suppressMany } from "#server/compliance/commands.ts";
import { erasedAmong, hashOf, isBounce, ruleMeans } from "#server/compliance/queries/stop-rules.ts";
import type { Tx } from "#server/core/db.ts";
import { settleStatistics } from "#server/core/settle-statistics.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { refreshSearch, refreshSearchAt } from "#server/leads/commands/refresh-search.ts";
import { importOptions } from "../schema.ts";
import { stagedRows } from "./staged-sql.ts";

export type LoadCounts = { created: number; updated: number; skipped: number; suppressed: number };
/** Staged rows from the one behind `after` on. */
export type StagedRange = { after: number; upTo: number };
type Range = Record<"rows" | "ws" | "importId" | "now" | "owner", Prisma.Sql> & { lawfulBasis: string | null; onlyNew: boolean };
/** Who is new has no fields and is on no list: nothing can be there already, and looking for it in every row is left out. */
type Whose = { people: Prisma.Sql; ifThere: Prisma.Sql };
const OF_NEW: Whose = { people: Prisma.sql`p.is_new`, ifThere: Prisma.empty };
const OF_OTHERS: Whose = { people: Prisma.sql`not p.is_new`, ifThere: Prisma.sql`on conflict do nothing` };
type Import = { id: string; listId: string | null; fileName: string; options: unknown };

/** The companies that these rows bring, committed before their people. Again after a kill, it changes nothing. */
export async function writeCompanies(tx: Tx, record: Import, staged: StagedRange): Promise<void> {
  const range = await openRange(tx, record, staged, Prisma.sql`where s.account_id is not null`);
  await settleStatistics(tx, "accounts", await writeNewCompanies(tx, range));
  await fillKnownCompanies(tx, range);
}

/**
 * Writes one range of staged rows into the workspace, set by set: people, what was said, where they stand, search, own fields, list. A row
 * that repeats, or whose person is here already, creates nothing; owners that exist stay. Whoever is new in the file is no other range's
 * concern; for all others `waitForTurn` lets the range before be committed first.
 */
export async function loadStagedRows(tx: Tx, record: Import, staged: StagedRange, waitForTurn: () => Promise<void>): Promise<LoadCounts> {
  const range = await openRange(tx, record, staged, Prisma.empty);
  const created = await writePeople(tx, range, record.fileName);
  await settleStatistics(tx, "leads", created);
  await writeOfCreated(tx, range);
  for (const table of ["lead_state", "lead_search", "observations"] as const) await settleStatistics(tx, table, created);
  await writeOwnFields(tx, range, OF_NEW);
  if (record.listId) await settleStatistics(tx, "lead_list_members", await addToList(tx, range, record.listId, OF_NEW));
  await waitForTurn();
  let updated = 0;
  if ((await findExisting(tx, range)) > 0) {
    updated = await writeOfExisting(tx, range);
    await writeOwnFields(tx, range, OF_OTHERS);
    if (record.listId) await addToList(tx, range, record.listId, OF_OTHERS);
  }
  const suppressed = await writeOptOuts(tx, range);
  const [first] = await tx.$queryRaw<{ count: number }[]>`select count(*)::int as count from ${range.rows} s where s.duplicate_of is null`;
  return { created, updated, skipped: Math.max(0, (first?.count ?? 0) - created - updated), suppressed };
}

/** The staged cells are read and typed once; every statement reads the result, whose size the planner then knows. */
async function openRange(tx: Tx, record: Import, { after, upTo }: StagedRange, which: Prisma.Sql): Promise<Range> {
  await tx.$executeRaw`create temp table import_chunk on commit drop as select * from ${stagedRows(record.id, after, upTo)} s ${which}`;
  await tx.$executeRaw`analyze import_chunk (lead_id, email, company_domain, account_id, duplicate_of)`;
  const options = importOptions.parse(record.options);
  return {
    rows: Prisma.sql`import_chunk`,
    ws: Prisma.sql`${tx.workspaceId}::uuid`,
    importId: Prisma.sql`${record.id}::uuid`,
    now: Prisma.sql`${tx.now}::timestamptz`,
    owner: Prisma.sql`coalesce(s.owner_id, ${options.ownerId}::uuid)`,
    lawfulBasis: options.lawfulBasis,
    onlyNew: options.dedupe === "skip",
  };
}

/**
 * The people who are new. Whom each row became, or found (findExisting), is kept beside the chunk: nothing below looks for it again in tables
 * that grow with every chunk.
 */
async function writePeople(tx: Tx, { rows, ws, importId, now, owner, lawfulBasis }: Range, fileName: string): Promise<number> {
  await tx.$executeRaw`create temp table import_people (row_number int, id uuid, account_id uuid, import_id uuid, is_new boolean) on commit drop`;
  return tx.$executeRaw`
    with written as (
    insert into leads (id, workspace_id, email, full_name, first_name, last_name, title, seniority, job_function, account_id, phone, country, city,
                       time_zone, time_zone_source, language, owner_id, source, import_id, import_row, lawful_basis, created_at, updated_at)
    select s.lead_id, ${ws}, s.email, s.full_name, s.first_name, s.last_name, s.title, s.seniority, s.job_function, coalesce(d.id, n.id), s.phone, s.country, s.city,
           s.time_zone, s.time_zone_source, s.language, ${owner}, ${fileName}, ${importId}, s.row_number, ${lawfulBasis}, ${now}, ${now}
    from ${rows} s
    left join accounts d on d.workspace_id = ${ws} and d.domain = s.company_domain
    left join lateral (select a.id from accounts a where a.workspace_id = ${ws} and a.name = s.company_name and a.domain is null and s.company_domain is null
                       order by a.id limit 1) n on true
    where s.duplicate_of is null
      and not (s.email is null and exists (
        select 1 from leads l where l.workspace_id = ${ws} and l.account_id is not distinct from coalesce(d.id, n.id) and l.email is null
          and l.full_name = s.full_name and l.deleted_at is null))
    order by s.row_number
    on conflict (workspace_id, email) do nothing
    returning import_row, id, account_id, import_id
    )
    insert into import_people (row_number, id, account_id, import_id, is_new) select w.*, true from written w`;
}

/** Whoever was here before, or stands in the file twice, is known by the address: one look-up each. */
async function findExisting(tx: Tx, { rows, ws }: Range): Promise<number> {
  return tx.$executeRaw`
    insert into import_people (row_number, id, account_id, import_id, is_new)
    select s.row_number, l.id, l.account_id, l.import_id, false
    from ${rows} s
    join lateral (select p.id, p.account_id, p.import_id from leads p where p.workspace_id = ${ws} and p.email = s.email limit 1) l on true
    where not exists (select 1 from import_people n where n.row_number = s.row_number)`;
}

async function writeNewCompanies(tx: Tx, { rows, ws, importId, now, owner }: Range): Promise<number> {
  return tx.$executeRaw`
    with fresh as (
      insert into accounts (id, workspace_id, name, name_for_mail, domain, country, city, employees, industry, owner_id, created_at)
      select distinct on (s.company_domain) s.account_id, ${ws}, s.company_name, s.name_for_mail, s.company_domain, s.company_country, s.company_city, s.employees, s.industry, ${owner}, ${now}
      from ${rows} s where s.company_domain is not null order by s.company_domain, s.row_number
      on conflict (workspace_id, domain) do nothing returning id
    ), named as (
      insert into accounts (id, workspace_id, name, name_for_mail, country, city, employees, industry, owner_id, created_at)
      select distinct on (s.company_name) s.account_id, ${ws}, s.company_name, s.name_for_mail, s.company_country, s.company_city, s.employees, s.industry, ${owner}, ${now}
      from ${rows} s
      where s.company_domain is null and not exists (select 1 from accounts a where a.workspace_id = ${ws} and a.name = s.company_name and a.domain is null)
      order by s.company_name, s.row_number returning id
    )
    insert into observations (id, workspace_id, subject_type, subject_id, source, source_ref, fetched_at, fields)
    select s.account_observation_id, ${ws}, 'account', s.account_id, 'import', ${importId}::text || '#' || s.row_number, ${now}, s.account_said
    from ${rows} s join (select id from fresh union all select id from named) f on f.id = s.account_id where s.account_said <> '{}'::jsonb`;
}

/** A company that is here already, or that another row of this range brought first, is known better now: only what is empty is filled. */
async function fillKnownCompanies(tx: Tx, { rows, ws, importId, now }: Range): Promise<void> {
  const renamed = await tx.$queryRaw<{ id: string }[]>`
    with said as materialized (
      select a.id, a.is_unnamed, s.* from ${rows} s
      join lateral (
        select a.id, a.name = a.domain as is_unnamed from accounts a where a.workspace_id = ${ws} and a.domain = s.company_domain
        union all
        (select a.id, false from accounts a where s.company_domain is null and a.workspace_id = ${ws} and a.name = s.company_name and a.domain is null order by a.id limit 1)
      ) a on true
      where a.id <> s.account_id
    ), together as (
      select id, bool_or(is_unnamed) as is_unnamed, max(employees) as employees,
        (array_agg(company_name order by row_number) filter (where company_name is distinct from company_domain))[1] as name,
        (array_agg(name_for_mail order by row_number) filter (where company_name is distinct from company_domain))[1] as name_for_mail, (array_agg(industry order by row_number) filter (where industry is not null))[1] as industry,
        (array_agg(company_country order by row_number) filter (where company_country is not null))[1] as country,
        (array_agg(company_city order by row_number) filter (where company_city is not null))[1] as city
      from said group by id
    ), filled as (
      update accounts a set name = case when a.name = a.domain and t.name is not null then t.name else a.name end,
        name_for_mail = case when a.name = a.domain and t.name is not null then t.name_for_mail else a.name_for_mail end, employees = coalesce(a.employees, t.employees), industry = coalesce(a.industry, t.industry),
        country = coalesce(a.country, t.country), city = coalesce(a.city, t.city), deleted_at = null
      from together t
      where a.workspace_id = ${ws} and a.id = t.id
        and (a.deleted_at is not null or (a.name = a.domain and t.name is not null) or (a.employees is null and t.employees is not null) or (a.industry is null and t.industry is not null)
             or (a.country is null and t.country is not null) or (a.city is null and t.city is not null))
      returning a.id, t.is_unnamed and t.name is not null as is_renamed
    ), heard as (
      insert into observations (id, workspace_id, subject_type, subject_id, source, source_ref, fetched_at, fields)
      select account_observation_id, ${ws}, 'account', id, 'import', ${importId}::text || '#' || row_number, ${now}, account_said
      from said where account_said <> '{}'::jsonb
      on conflict do nothing
    )
    select id from filled where is_renamed`;
  await refreshSearchAt(
    tx,
    renamed.map((row) => row.id),
  );
}

async function writeOfCreated(tx: Tx, { rows, ws, importId, now }: Range): Promise<void> {
  const email = Prisma.sql`c.email`;
  const erased = await erasedAmong(tx, Prisma.sql`select r.email from ${rows} r`);
  const addressee = { email, accountId: Prisma.sql`p.account_id`, accountDomain: Prisma.sql`a.domain`, hash: hashOf(erased, email) };
  const created = Prisma.sql`${rows} c join import_people p on p.row_number = c.row_number and p.is_new`;
  await tx.$executeRaw`
    with said as (
      insert into observations (id, workspace_id, subject_type, subject_id, source, source_ref, fetched_at, fields)
      select c.lead_observation_id, ${ws}, 'lead', p.id, 'import', ${importId}::text || '#' || c.row_number, ${now}, c.lead_said from ${created}
    ), found as (
      insert into lead_search (workspace_id, lead_id, text) select ${ws}, p.id, lower(unaccent(c.search_text)) from ${created}
    )
    insert into lead_state (id, workspace_id, contact_state)
    select p.id, ${ws},
      case when c.opted_out or rules.stop then 'do_not_contact' when a.is_customer then 'customer'
           when c.email is null or rules.bounced then 'needs_address' else 'free' end
    from ${created}
    left join accounts a on a.workspace_id = ${ws} and a.id = p.account_id
    left join lateral (
      select bool_or(not ${isBounce}) as stop, bool_or(${isBounce}) as bounced from suppressions s where ${ruleMeans(tx, addressee)}
    ) rules on true`;
  // Their company may be known here by another name than the file gives it.
  const named = await tx.$queryRaw<{ id: string }[]>`
    select p.id from ${created} join accounts a on a.workspace_id = ${ws} and a.id = p.account_id where a.name is distinct from c.company_name`;
  await refreshSearch(
    tx,
    named.map((row) => row.id),
  );
}

/** People who were here, or who stand in the file twice: what is empty is filled, nothing is overwritten, owners stay. */
async function writeOfExisting(tx: Tx, { rows, ws, importId, now, onlyNew }: Range): Promise<number> {
  // Who lies in the trash is wanted again: the person put them into this file.
  const restored = await tx.$queryRaw<{ id: string }[]>`
    update leads l set deleted_at = null, updated_at = ${now} from import_people p
    where l.workspace_id = ${ws} and l.id = p.id and not p.is_new and l.deleted_at is not null returning l.id`;
  await refreshLeadState(
    tx,
    restored.map((row) => row.id),
  );
  if (onlyNew) return restored.length;
  // Said with less confidence than what stands there, so that the winner of a filled field stays the same when it is judged again.
  await tx.$executeRaw`
    insert into observations (id, workspace_id, subject_type, subject_id, source, source_ref, fetched_at, fields)
    select s.lead_observation_id, ${ws}, 'lead', p.id, 'import', ${importId}::text || '#' || s.row_number, ${now},
           (select coalesce(jsonb_object_agg(f.key, f.value || '{"confidence": 0.4}'), '{}') from jsonb_each(s.lead_said) f)
    from ${rows} s join import_people p on p.row_number = s.row_number and not p.is_new`;
  const filled = await tx.$queryRaw<{ id: string; isRepeat: boolean }[]>`
    update leads l set
      full_name = case when l.full_name = l.email then s.full_name else l.full_name end,
      first_name = coalesce(l.first_name, s.first_name), last_name = coalesce(l.last_name, s.last_name),
      title = coalesce(l.title, s.title), seniority = case when l.title is null then s.seniority else l.seniority end,
      job_function = case when l.title is null then s.job_function else l.job_function end,
      phone = coalesce(l.phone, s.phone), country = coalesce(l.country, s.country), city = coalesce(l.city, s.city),
      time_zone = coalesce(l.time_zone, s.time_zone), time_zone_source = case when l.time_zone is null then s.time_zone_source else l.time_zone_source end,
      language = coalesce(l.language, s.language), account_id = coalesce(l.account_id, d.id),
      updated_at = case when l.import_id = ${importId} then l.updated_at else ${now} end
    from ${rows} s join import_people p on p.row_number = s.row_number and not p.is_new
    left join accounts d on d.workspace_id = ${ws} and d.domain = s.company_domain
    where l.workspace_id = ${ws} and l.id = p.id
      and ((l.full_name = l.email and s.full_name <> l.email) or (l.title is null and s.title is not null) or (l.phone is null and s.phone is not null)
        or (l.country is null and s.country is not null) or (l.city is null and s.city is not null) or (l.time_zone is null and s.time_zone is not null)
        or (l.language is null and s.language is not null) or (l.account_id is null and d.id is not null) or (l.first_name is null and s.first_name is not null))
    returning l.id, s.duplicate_of is not null as "isRepeat"`;
  await refreshSearch(
    tx,
    filled.map((row) => row.id),
  );
  const changed = new Set([...restored.map((row) => row.id), ...filled.filter((row) => !row.isRepeat).map((row) => row.id)]);
  return changed.size;
}

async function writeOwnFields(tx: Tx, { rows, ws, importId, onlyNew }: Range, { people, ifThere }: Whose): Promise<void> {
  await tx.$executeRaw`
    insert into lead_custom_values (workspace_id, lead_id, key, text_value, number_value, date_value)
    select distinct on (p.id, v->>'key') ${ws}, p.id, v->>'key', v->>'text', (v->>'number')::double precision, (v->>'date')::date
    from ${rows} s join import_people p on p.row_number = s.row_number cross join lateral jsonb_array_elements(s.custom) v
    where s.custom is not null and ${people} ${onlyNew ? Prisma.sql`and p.import_id = ${importId}` : Prisma.empty}
    order by p.id, v->>'key', s.row_number
    ${ifThere}`;
}

/** The file's own opt-outs become do-not-contact entries for good. Counts the people of these rows who may not be mailed. */
async function writeOptOuts(tx: Tx, { rows, ws, importId, now }: Range): Promise<number> {
  // Who is here already may be in a campaign: for them the entry comes with all its consequences.
  const here = await tx.$queryRaw<{ email: string }[]>`
    select s.email from ${rows} s join import_people p on p.row_number = s.row_number and not p.is_new where s.opted_out`;
  await suppressMany(
    tx,
    here.map(({ email }) => ({ kind: "address", value: email, reason: "opted_out" as const })),
  );
  await tx.$executeRaw`
    insert into suppressions (id, workspace_id, kind, value, reason, created_at, source_ref)
    select s.lead_observation_id, ${ws}, 'address', s.email, 'opted_out', ${now}, 'import:' || ${importId}::text
    from ${rows} s where s.opted_out and s.email is not null
    on conflict (workspace_id, kind, value, reason) where lifted_at is null do nothing`;
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from ${rows} s join import_people p on p.row_number = s.row_number
    join lead_state t on t.workspace_id = ${ws} and t.id = p.id where s.duplicate_of is null and t.contact_state = 'do_not_contact'`;
  return row?.count ?? 0;
}

async function addToList(tx: Tx, { ws, now }: Range, listId: string, { people, ifThere }: Whose): Promise<number> {
  return tx.$executeRaw`
    insert into lead_list_members (workspace_id, list_id, lead_id, added_at)
    select ${ws}, ${listId}::uuid, p.id, ${now} from (select distinct p.id from import_people p where ${people}) p order by p.id
    ${ifThere}`;
}
