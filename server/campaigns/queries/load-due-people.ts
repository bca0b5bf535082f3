import * as z from "zod";
import type { Tx } from "#server/core/db.ts";
import type { EnrolmentStatus } from "#server/enrolments/schema.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import type { DraftState } from "../domain/approval.ts";
import { type CampaignRules, campaignRules } from "../schema.ts";

/** One person in one campaign with all that a decision about them needs: one query for a whole batch. */
export type PersonRow = {
  id: string;
  campaignId: string;
  campaignStatus: string;
  rules: CampaignRules;
  isSendingPaused: boolean;
  isSandbox: boolean;
  leadId: string;
  accountId: string | null;
  email: string | null;
  emailStatus: string;
  isDeleted: boolean;
  contactState: string | null;
  score: number | null;
  ownerId: string;
  country: string | null;
  city: string | null;
  zone: string | null;
  zoneSource: string | null;
  status: EnrolmentStatus;
  stepId: string | null;
  stepLineageId: string | null;
  /** the place of the step: dice must not depend on ids */
  stepSeed: string;
  enteredAt: Date;
  plannedAt: Date | null;
  planKind: "exact" | "not_before" | null;
  notBefore: Date | null;
  awayUntil: string | null;
  mailboxId: string | null;
  lastSentAt: Date | null;
  /** whether the step begins a new thread */
  isNewThread: boolean;
  mailbox: {
    address: string;
    kind: string;
    status: string;
    lastReadAt: Date | null;
    stopReason: string | null;
    sendError: string | null;
  } | null;
  draftId: string | null;
  draftState: DraftState | null;
  messageId: string | null;
  messageState: string | null;
  messageSentAt: Date | null;
  messageReason: string | null;
};

type RawRow = Omit<PersonRow, "rules" | "mailbox"> & {
  rules: unknown;
  address: string | null;
  mailboxKind: string;
  mailboxStatus: string;
  lastReadAt: Date | null;
  stopReason: string | null;
  sendError: string | null;
};

const rulesById = z.record(z.string(), z.unknown());

/** `lock` holds the rows for the caller's transaction, always in the order of their ids, so that two batches never wait in a circle. */
export async function loadPeople(tx: Tx, enrolmentIds: readonly string[], options: { lock: boolean }): Promise<PersonRow[]> {
  if (enrolmentIds.length === 0) return [];
  // Mostly it is one person: the plan of that question is kept, where a list of any length is planned each time.
  const [only] = enrolmentIds.length === 1 ? enrolmentIds : [];
  const among = only ? Prisma.sql`e.id = ${only}::uuid` : Prisma.sql`e.id = any(${[...enrolmentIds]}::uuid[])`;
  // Locked first, read after: a statement that waited for a lock would still see the campaign as it was before the wait.
  if (options.lock) {
    await tx.$queryRaw`
      select 1 as one from enrolments e where workspace_id = ${tx.workspaceId}::uuid and ${among} order by id for no key update`;
  }
  // These few first, whatever Postgres knows of the tables: before it has looked at them it would start from everybody.
  const rows = await tx.$queryRaw<RawRow[]>`
    with asked as materialized (select * from enrolments e where e.workspace_id = ${tx.workspaceId}::uuid and ${among})
    select e.id, e.campaign_id as "campaignId", c.status as "campaignStatus", c.rules, w.sending_paused_at is not null as "isSendingPaused", w.kind = 'sandbox' as "isSandbox", e.lead_id as "leadId", e.account_id as "accountId",
      l.email, l.email_status as "emailStatus", l.deleted_at is not null as "isDeleted", ls.contact_state as "contactState", ls.score,
      l.owner_id as "ownerId", upper(coalesce(l.country, a.country)) as country, coalesce(l.city, a.city) as city,
      coalesce(l.time_zone, a.time_zone) as zone, case when l.time_zone is null then 'company' else l.time_zone_source end as "zoneSource",
      e.status, e.step_id as "stepId", s.lineage_id as "stepLineageId", coalesce(s.position, 0)::text as "stepSeed", e.entered_at as "enteredAt", e.planned_at as "plannedAt", e.plan_kind as "planKind",
      e.not_before as "notBefore", e.away_until::text as "awayUntil", e.mailbox_id as "mailboxId", e.last_sent_at as "lastSentAt",
      s.config ->> 'thread' = 'new' as "isNewThread", b.address, b.kind as "mailboxKind", b.status as "mailboxStatus", b.last_read_at as "lastReadAt",
      b.stop_reason as "stopReason", b.send_error as "sendError",
      d.id as "draftId", d.status as "draftState",
      m.id as "messageId", m.status as "messageState", m.sent_at as "messageSentAt", m.reason as "messageReason"
    from asked e
    join workspaces w on w.id = e.workspace_id
    join campaigns c on c.workspace_id = e.workspace_id and c.id = e.campaign_id
    join leads l on l.workspace_id = e.workspace_id and l.id = e.lead_id
    left join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
    left join lead_state ls on ls.workspace_id = l.workspace_id and ls.id = l.id
    left join campaign_steps s on s.workspace_id = e.workspace_id and s.id = e.step_id
    left join mailboxes b on b.workspace_id = e.workspace_id and b.id = e.mailbox_id and b.removed_at is null
    left join lateral (
      select id, status from drafts d where d.workspace_id = e.workspace_id and d.enrolment_id = e.id and d.step_id = e.step_id
        and d.status not in ('rejected', 'replaced') limit 1
    ) d on true
    left join lateral (
      select id, status, sent_at, reason from messages m where m.workspace_id = e.workspace_id and m.enrolment_id = e.id and m.step_id = e.step_id
        and (m.status <> 'failed' or m.reserved_at >= e.entered_at)
      order by m.reserved_at desc, m.id desc limit 1
    ) m on true
    order by e.id`;
  const parsed = new Map<string, CampaignRules>();
  return rows.map(({ address, mailboxKind, mailboxStatus, lastReadAt, stopReason, sendError, ...row }) => {
    const mailbox = address === null ? null : { address, kind: mailboxKind, status: mailboxStatus, lastReadAt, stopReason, sendError };
    const rules = parsed.get(row.campaignId) ?? readRules(row.rules);
    parsed.set(row.campaignId, rules);
    return { ...row, isNewThread: row.isNewThread === true, rules, mailbox };
  });
}

/** Rules written by an older release get the defaults of what they did not know. */
export function readRules(raw: unknown): CampaignRules {
  return campaignRules.parse(rulesById.safeParse(raw).data ?? {});
}
