import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { overridableCodes, splitCodes } from "#server/enrolments/constants.ts";
import type { AddPeopleInput, AudienceSplit, SplitCode } from "#server/enrolments/schema.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import { listLeadIds } from "#server/leads/queries/list-leads.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { readRules } from "./load-due-people.ts";
import { nextUnsentMail } from "./next-unsent-mail.ts";

export type SplitInput = { campaignId: string; leadIds: readonly string[]; include?: readonly SplitCode[] };
export type SplitRow = {
  id: string;
  code: SplitCode;
  fullName: string;
  company: string | null;
  grade: string | null;
  note: string | null;
  wasHere: boolean;
};

const ROWS_SHOWN = 200;

/** Who would be added and who not, and why: each person is in exactly one group, the strongest reason first. Writes nothing. */
export async function splitAudience(tx: Tx, input: SplitInput): Promise<AudienceSplit> {
  const rows = await splitRows(tx, input);
  const groups = splitCodes
    .map((code) => {
      const inGroup = rows.filter((row) => row.code === code);
      return {
        code,
        count: inGroup.length,
        leads: inGroup.slice(0, ROWS_SHOWN).map(({ code: _code, wasHere: _wasHere, ...lead }) => lead),
      };
    })
    .filter((group) => group.count > 0);
  return { total: rows.length, willBeAdded: rows.filter((row) => row.code === "will_be_added").length, groups };
}

export async function splitRows(tx: Tx, input: SplitInput): Promise<SplitRow[]> {
  const campaign = await tx.campaign.findFirst({
    where: { id: input.campaignId, deletedAt: null },
    select: { id: true, ownerId: true, rules: true },
  });
  if (!campaign) throw new AppError("NOT_FOUND", "This campaign no longer exists.");
  const rules = readRules(campaign.rules);
  const workspace = Prisma.sql`${tx.workspaceId}::uuid`;
  const setAside = (code: SplitCode) => overridableCodes.includes(code) && (input.include ?? []).includes(code);
  const contactedSince =
    rules.leaveOut.contactedWithinDays === null || setAside("contacted")
      ? null
      : new Date(tx.now.getTime() - rules.leaveOut.contactedWithinDays * 86_400_000);
  return tx.$queryRaw<SplitRow[]>`
    with person as (
      select l.id, l.full_name, a.name as company, ls.grade, ls.score, ls.contact_state, l.account_id, o.full_name as owner_name,
        l.email is null or l.email_status = 'bounced' as no_address,
        coalesce(a.is_customer, false) or ls.contact_state = 'customer' as is_customer,
        l.owner_id <> ${campaign.ownerId}::uuid as is_others,
        here.status as here_status, here.stop_reason as here_reason,
        here.status in ('stopped', 'given_up')
          -- whoever answered or met us is not begun with again
          and not exists (select 1 from replies r where r.workspace_id = l.workspace_id and r.lead_id = l.id and r.received_at >= here.entered_at
            and not r.is_automatic and r.class not in ('away', 'bounce', 'automatic'))
          and not exists (select 1 from meetings m where m.workspace_id = l.workspace_id and m.lead_id = l.id and m.created_at >= here.entered_at)
          and ${nextUnsentMail(workspace, Prisma.sql`here.campaign_id`, Prisma.sql`l.id`)} is not null as was_here, elsewhere.name as elsewhere_name, deal.title as deal_title, mailed.at as mailed_at, colleague.full_name as colleague_name
      from leads l
      left join accounts a on a.workspace_id = l.workspace_id and a.id = l.account_id
      left join lead_state ls on ls.workspace_id = l.workspace_id and ls.id = l.id
      left join members o on o.workspace_id = l.workspace_id and o.user_id = l.owner_id
      left join enrolments here on here.workspace_id = l.workspace_id and here.campaign_id = ${campaign.id}::uuid and here.lead_id = l.id
      left join lateral (
        select c.name from enrolments e join campaigns c on c.workspace_id = e.workspace_id and c.id = e.campaign_id
        where e.workspace_id = l.workspace_id and e.lead_id = l.id and e.status in ('active', 'paused') and e.campaign_id <> ${campaign.id}::uuid limit 1
      ) elsewhere on true
      left join lateral (
        select d.title from deals d where d.workspace_id = l.workspace_id and d.lead_id = l.id and d.closed_at is null limit 1
      ) deal on true
      left join lateral (
        select max(m.sent_at) as at from messages m where m.workspace_id = l.workspace_id and m.lead_id = l.id and m.purpose = 'campaign' and m.campaign_id <> ${campaign.id}::uuid and m.sent_at >= ${contactedSince}::timestamptz
      ) mailed on true
      left join lateral (
        select x.full_name from enrolments e join leads x on x.workspace_id = e.workspace_id and x.id = e.lead_id
        where e.workspace_id = l.workspace_id and x.account_id = l.account_id and e.lead_id <> l.id and e.status in ('active', 'paused') limit 1
      ) colleague on ${rules.oneCompanyAtATime && !setAside("same_company")}
      where l.workspace_id = ${tx.workspaceId}::uuid and l.id = any(${[...input.leadIds]}::uuid[]) and l.deleted_at is null
    ), judged as (
      select *, case
        when no_address then 'no_address'
        when contact_state = 'do_not_contact' then 'do_not_contact'
        when is_customer and ${rules.leaveOut.customers} then 'customer'
        when here_status is not null and was_here is not true then 'already_here'
        when elsewhere_name is not null then 'elsewhere'
        when was_here and ${!setAside("was_here")} then 'was_here'
        when deal_title is not null and ${rules.leaveOut.openDeal && !setAside("open_deal")} then 'open_deal'
        when is_others and ${rules.leaveOut.ownedByOthers && !setAside("owned_by_others")} then 'owned_by_others'
        when mailed_at is not null then 'contacted'
        when colleague_name is not null then 'same_company'
        else 'will_be_added' end as first_code
      from person
    ), ranked as (
      select *, row_number() over (partition by account_id, first_code order by score desc nulls last, full_name, id) as place from judged
    )
    select id, case when first_code = 'will_be_added' and place > 1 and account_id is not null and ${rules.oneCompanyAtATime && !setAside("same_company")}
        then 'same_company' else first_code end as code,
      full_name as "fullName", company, grade,
      case first_code when 'elsewhere' then elsewhere_name when 'open_deal' then deal_title when 'owned_by_others' then owner_name
        when 'same_company' then colleague_name when 'already_here' then here_status when 'was_here' then here_reason end as note, coalesce(was_here, false) as "wasHere"
    from ranked order by score desc nulls last, full_name, id`;
}

/** The people meant, as far as this person may see them: given ones, a list, or everybody who matches a filter. */
export async function resolveLeadIds(
  tx: Tx,
  viewer: Viewer,
  input: Pick<AddPeopleInput, "leadIds" | "listId" | "filter" | "except">,
): Promise<string[]> {
  const filter = input.leadIds?.length
    ? { ids: [...new Set(input.leadIds)] }
    : input.listId
      ? { listId: input.listId }
      : (input.filter ?? {});
  return listLeadIds(tx, filter, input.except, viewer);
}
