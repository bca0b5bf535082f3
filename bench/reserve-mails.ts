import type pg from "pg";
import { newId } from "#server/core/ids.ts";

/** What a person of a benchmark is sent. */
export const BODY =
  "Hi Nadia,\n\nYou are hiring a group controller in Milan. Teams of your size close the month in three entities by hand.\n\nWorth a look on Tuesday?\n\nAna Müller\nAcme Ledger\nRua do Ouro 1, Lisboa\n";

export type Into = {
  workspace: { id: string; userId: string };
  campaign: { id: string; stepIds: readonly string[]; lineageIds: readonly string[] };
  mailboxIds: readonly string[];
};

/** Three working days until the second mail, so that a run is about sending: nobody is planned anew, and the campaign does not end. */
export async function addWait(owner: pg.Client, workspaceId: string, campaignId: string): Promise<void> {
  await owner.query("update campaign_steps set position = 2 where campaign_id = $1 and position = 1", [campaignId]);
  await owner.query(
    `insert into campaign_steps (id, workspace_id, campaign_id, lineage_id, position, kind, config, created_at)
     values (gen_random_uuid(), $1, $2, gen_random_uuid(), 1, 'wait', '{"workingDays": 3}', now())`,
    [workspaceId, campaignId],
  );
}

/** People `from` to `from + rows` of a campaign whose first mail is reserved and due, written at once; the worker then finds them. */
export async function reserveMails(owner: pg.Client, { workspace, campaign, mailboxIds }: Into, from: number, rows: number): Promise<void> {
  const [step, lineage] = [campaign.stepIds[0], campaign.lineageIds[0]];
  // The product's own ids, which grow with time: random ones would scatter what it writes side by side.
  const ids = () => Array.from({ length: rows }, newId);
  await owner.query("begin");
  await owner.query(
    `create temp table people on commit drop as
     select lead, enrolment, message, thread, ($2::uuid[])[n % cardinality($2::uuid[]) + 1] as mailbox, n from (
       select lead, enrolment, message, thread, $1::int + place - 1 as n
       from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[]) with ordinality as t (lead, enrolment, message, thread, place)) numbered`,
    [from, mailboxIds, ids(), ids(), ids(), ids()],
  );
  await owner.query(
    `insert into leads (id, workspace_id, email, email_status, full_name, owner_id, source, country, time_zone, created_at, updated_at)
     select lead, $1::uuid, 'p' || n || '-' || left($2::uuid::text, 8) || '@norvale.example', 'verified', 'Person ' || n, $3::uuid, 'bench', 'IT', 'Europe/Rome', now(), now() from people`,
    [workspace.id, campaign.id, workspace.userId],
  );
  await owner.query("insert into lead_state (id, workspace_id, contact_state) select lead, $1::uuid, 'in_campaign' from people", [
    workspace.id,
  ]);
  await owner.query(
    `insert into enrolments (id, workspace_id, campaign_id, lead_id, status, step_id, mailbox_id, planned_at, plan_kind, entered_at)
     select enrolment, $1::uuid, $2::uuid, lead, 'active', $3::uuid, mailbox, now(), 'exact', now() from people`,
    [workspace.id, campaign.id, step],
  );
  await owner.query(
    "insert into threads (id, workspace_id, lead_id, mailbox_id, subject, created_at, last_at) select thread, $1::uuid, lead, mailbox, 's', now(), now() from people",
    [workspace.id],
  );
  await owner.query(
    `insert into messages (id, workspace_id, dedupe_key, purpose, status, lead_id, enrolment_id, campaign_id, step_id, mailbox_id, thread_id, to_address, subject, body_text, message_id_header, "references", due_at, reserved_at)
     select message, $1::uuid, 'campaign:' || $4::text || ':' || lead, 'campaign', 'reserved', lead, enrolment, $2::uuid, $3::uuid, mailbox, thread,
       'p' || n || '-' || left($2::uuid::text, 8) || '@norvale.example', 'closing books across four entities', $5, '<' || message || '@acme.example>', '{}', now(), now() from people`,
    [workspace.id, campaign.id, step, lineage, BODY],
  );
  await owner.query("insert into due (workspace_id, kind, subject_id, due_at) select $1::uuid, 'message', message, now() from people", [
    workspace.id,
  ]);
  await owner.query("commit");
  await owner.query("analyze");
}
