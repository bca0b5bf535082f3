import type { Tx } from "#server/core/db.ts";
import { Prisma } from "#server/generated/prisma/client.ts";

/**
 * Rows that numbers rest on (who was contacted, answered, met, won) stay as counts without a word of the person. The columns named here
 * are emptied; everything else with a lead_id is deleted, so a table that nobody thought of loses its rows and not its secrets.
 */
const EMPTIED: Record<string, readonly string[]> = {
  messages: [
    "to_address = ''",
    "subject = ''",
    "body_text = ''",
    "body_html = null",
    "calendar_part = null",
    "in_reply_to = null",
    "\"references\" = '{}'",
    "reason = null",
    "provider_id = null",
  ],
  replies: [
    "from_address = ''",
    "from_name = null",
    "subject = ''",
    "text = ''",
    "quoted_text = null",
    "evidence = '[]'",
    "referral = null",
    "actions = '[]'",
    "no_answer_because = null",
    "status = case status when 'needs_me' then 'done' else status end",
  ],
  drafts: ["subject = ''", "sentences = '[]'", "removed = '[]'", "findings = '[]'", "sources = '[]'", "rejected_reason = null"],
  enrolments: ["held_by = null", "paused_reason = null", "stop_reason = case when stop_reason is not null then 'Erased' end"],
  threads: ["subject = ''"],
  mail_events: ["detail = '{}'"],
  activities: ["detail = '{}'"],
  meetings: [
    "title = 'Meeting'",
    "attendee_name = 'An erased person'",
    "attendee_email = ''",
    "place = ''",
    "answer = null",
    "guests = '{}'",
    "state = case when starts_at > workspace_now(workspace_id) then 'cancelled' else state end",
  ],
  deals: ["title = 'With an erased person'", "next_step = null", "close_reason = null"],
  tasks: [
    "title = 'About an erased person'",
    "note = null",
    "proposal = null",
    "status = case status when 'open' then 'dropped' else status end",
  ],
};
/** Not deleted although they name the person: how it was decided holds ids and closed values, and the erasure itself goes on. */
const KEPT = new Set(["decisions", "erasures", ...Object.keys(EMPTIED)]);

export async function eraseOwnRows(tx: Tx, leadId: string): Promise<void> {
  const theirs = Prisma.sql`workspace_id = ${tx.workspaceId}::uuid and lead_id = ${leadId}::uuid`;
  await tx.$executeRaw`
    update message_attempts a set response = null from messages m
    where a.workspace_id = ${tx.workspaceId}::uuid and m.workspace_id = a.workspace_id and m.id = a.message_id and m.lead_id = ${leadId}::uuid`;
  await tx.$executeRaw`
    update busy_blocks b set released_at = ${tx.now} from meetings m
    where b.workspace_id = ${tx.workspaceId}::uuid and b.released_at is null and m.workspace_id = b.workspace_id and m.id = b.meeting_id
      and m.lead_id = ${leadId}::uuid and m.starts_at > ${tx.now}`;
  await tx.$executeRaw`
    update inbound_mails i set message_id_header = null, error = null from replies r
    where i.workspace_id = ${tx.workspaceId}::uuid and r.workspace_id = i.workspace_id and r.inbound_id = i.id and r.lead_id = ${leadId}::uuid`;
  for (const [table, changes] of Object.entries(EMPTIED))
    await tx.$executeRaw`update ${Prisma.raw(table)} set ${Prisma.raw(changes.join(", "))} where ${theirs}
      ${table === "messages" ? Prisma.sql`and status <> 'sending'` : Prisma.empty}`;
  for (const table of await othersWithLead(tx)) await tx.$executeRaw`delete from ${Prisma.raw(`"${table}"`)} where ${theirs}`;
  await tx.$executeRaw`delete from observations where workspace_id = ${tx.workspaceId}::uuid and subject_id = ${leadId}::uuid`;
  await tx.$executeRaw`
    update lead_state set score = null, grade = null, contact_state = 'do_not_contact', reply_class = null, next_at = null
    where workspace_id = ${tx.workspaceId}::uuid and id = ${leadId}::uuid`;
  await tx.$executeRaw`
    update leads set email = null, email_status = 'none', email_checked_at = null, full_name = 'An erased person', first_name = null, last_name = null,
      title = null, seniority = null, job_function = null, account_id = null, phone = null, country = null, city = null, time_zone = null,
      time_zone_source = null, language = null, source = 'erased', import_id = null, import_row = null, lawful_basis = null,
      deleted_at = coalesce(deleted_at, ${tx.now}), erased_at = ${tx.now}, updated_at = ${tx.now}
    where workspace_id = ${tx.workspaceId}::uuid and id = ${leadId}::uuid`;
}

async function othersWithLead(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select c.relname::text as name from pg_class c
    join pg_attribute l on l.attrelid = c.oid and l.attname = 'lead_id' and not l.attisdropped
    join pg_attribute w on w.attrelid = c.oid and w.attname = 'workspace_id' and not w.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`;
  return rows.map((row) => row.name).filter((name) => !KEPT.has(name));
}
