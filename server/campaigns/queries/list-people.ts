import * as z from "zod";
import { listName, openCursor, sealCursor } from "#server/core/cursor.ts";
import type { Tx } from "#server/core/db.ts";
import { type CampaignPerson, heldReasons, type ListPeopleInput, type PeopleState } from "#server/enrolments/schema.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { dayAt, isKnownZone, parseIsoDay } from "../domain/zone-days.ts";
import { countApprovedByPeople } from "./count-approved.ts";
import { getCampaign } from "./get-campaign.ts";

const place = z.object({ at: z.string(), id: z.uuid() });
type Row = Omit<CampaignPerson, "heldBy" | "mailNumber" | "mails"> & { heldBy: unknown; stepId: string | null; sort: string };

/** Every word, in any order and with or without its marks: "rossi nadia", "muller". */
function found(search = ""): Prisma.Sql {
  const said = Prisma.sql`lower(unaccent(l.full_name || ' ' || coalesce(a.name, '') || ' ' || coalesce(l.email, '')))`;
  const words = search.split(/\s+/).filter((word) => word !== "");
  const parts = words.slice(0, 6).map((word) => Prisma.sql`and position(lower(unaccent(${word})) in ${said}) > 0`);
  return parts.length > 0 ? Prisma.join(parts, " ") : Prisma.empty;
}

/** The people of a campaign, whose mail leaves next first, with what holds each; and how many are in each state. */
export async function listPeople(
  tx: Tx,
  input: ListPeopleInput,
): Promise<{ items: CampaignPerson[]; nextCursor?: string; counts: Record<string, number>; total: number }> {
  const campaign = await getCampaign(tx, input.id);
  const approved =
    (await countApprovedByPeople(tx, [{ campaignId: campaign.id, rules: campaign.rules, draftState: null }])).get(campaign.id) ?? 0;
  const { mode, first } = campaign.rules.drafts;
  const readyWaits = mode === "review_each" || (mode === "review_first" && approved < first);
  const stated = Prisma.sql`
    select e.*, d.status as draft_status, case
      when m.id is not null then 'uncertain'
      when e.status = 'replied' then 'replied' when e.status = 'finished' then 'finished' when e.status in ('stopped', 'given_up') then 'stopped'
      when e.status = 'paused' then 'paused'
      when e.away_until > ${tx.now}::date + 1 or e.id = any(${await awayAround(tx, campaign.id)}::uuid[]) then 'away'
      when d.status in ('needs_look', 'writing') or (d.status = 'ready' and ${readyWaits}) then 'waiting_approval'
      else 'waiting_hours' end as state
    from enrolments e
    left join lateral (
      select status from drafts d where d.workspace_id = e.workspace_id and d.enrolment_id = e.id and d.step_id = e.step_id and d.status not in ('rejected', 'replaced') limit 1
    ) d on true
    left join lateral (
      select id from messages m where m.workspace_id = e.workspace_id and m.enrolment_id = e.id and m.status = 'uncertain' limit 1
    ) m on true
    where e.workspace_id = ${tx.workspaceId}::uuid and e.campaign_id = ${campaign.id}::uuid`;
  const counts = await tx.$queryRaw<
    { state: PeopleState; count: number }[]
  >`select state, count(*)::int as count from (${stated}) s group by state`;

  const list = listName("campaign-people", [input.id, input.state, input.search]);
  const after = input.cursor ? openCursor(list, input.cursor, place) : null;
  const sort = Prisma.sql`coalesce(e.planned_at, e.ended_at + interval '100 years', '9000-01-01')`;
  const rows = await tx.$queryRaw<Row[]>`
    select e.id, e.lead_id as "leadId", l.full_name as "fullName", l.title, a.name as company, s.grade, e.status, e.state, e.step_id as "stepId",
      e.planned_at as "plannedAt", e.plan_kind as "planKind", coalesce(l.time_zone, a.time_zone, b.time_zone, w.time_zone) as zone, l.city as place, e.held_by as "heldBy",
      e.away_until::text as "awayUntil", coalesce(e.stop_reason, e.paused_reason) as reason, e.draft_status as "draftStatus", b.address as "senderAddress",
      e.last_sent_at as "lastSentAt", ${sort}::text as sort
    from (${stated}) e
    join workspaces w on w.id = e.workspace_id
    join leads l on l.workspace_id = e.workspace_id and l.id = e.lead_id
    left join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
    left join lead_state s on s.workspace_id = l.workspace_id and s.id = l.id
    left join mailboxes b on b.workspace_id = e.workspace_id and b.id = e.mailbox_id
    where true ${input.state ? Prisma.sql`and e.state = ${input.state}` : Prisma.empty}
      ${found(input.search)}
      ${after ? Prisma.sql`and (${sort}, e.id) > (${after.at}::timestamptz, ${after.id}::uuid)` : Prisma.empty}
    order by ${sort}, e.id limit ${input.limit + 1}`;
  const mails = campaign.steps.filter((step) => step.kind === "email");
  const items = rows.slice(0, input.limit).map(({ sort: _sort, stepId, heldBy, ...row }): CampaignPerson => {
    const number = mails.findIndex((step) => step.id === stepId);
    return { ...row, heldBy: heldReasons.safeParse(heldBy).data ?? [], mailNumber: number < 0 ? null : number + 1, mails: mails.length };
  });
  const last = rows.length > input.limit ? rows[input.limit - 1] : undefined;
  return {
    items,
    counts: Object.fromEntries(counts.map((row) => [row.state, row.count])),
    total: counts.reduce((sum, row) => sum + row.count, 0),
    ...(last && { nextCursor: sealCursor(list, { at: last.sort, id: last.id }) }),
  };
}

/** Whose last day away lies so near that their own clock decides whether it is over, as it does for the planner. */
async function awayAround(tx: Tx, campaignId: string): Promise<string[]> {
  const near = await tx.$queryRaw<{ id: string; until: string; theirs: string | null; mailbox: string | null }[]>`
    select e.id, e.away_until::text as until, coalesce(l.time_zone, a.time_zone) as theirs, b.time_zone as mailbox
    from enrolments e
    join leads l on l.workspace_id = e.workspace_id and l.id = e.lead_id
    left join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
    left join mailboxes b on b.workspace_id = e.workspace_id and b.id = e.mailbox_id
    where e.workspace_id = ${tx.workspaceId}::uuid and e.campaign_id = ${campaignId}::uuid
      and e.away_until between ${tx.now}::date - 1 and ${tx.now}::date + 1`;
  const isAway = ({ mailbox, theirs, until }: (typeof near)[number]) =>
    dayAt([theirs, mailbox].find((zone) => zone && isKnownZone(zone)) ?? "UTC", tx.now.getTime()) <= parseIsoDay(until);
  return near.filter(isAway).map((person) => person.id);
}
