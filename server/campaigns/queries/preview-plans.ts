import type { Tx } from "#server/core/db.ts";
import { personToPlan } from "../domain/person-to-plan.ts";
import { type Planned, planPerson } from "../domain/plan-people.ts";
import { countApprovedByPeople } from "./count-approved.ts";
import { loadBoard } from "./load-board.ts";
import { loadPeople, type PersonRow } from "./load-due-people.ts";
import { publicHolidays } from "./public-holidays.ts";

/** As many as one screen needs; more would only be guessed. */
const MOST_PEOPLE = 500;

export type PreviewedPerson = { row: PersonRow; planned: Planned };

/** When the mails of a campaign would leave if it started now. Books nothing. */
export async function previewPlans(tx: Tx, campaignId: string): Promise<PreviewedPerson[]> {
  const ids = await tx.$queryRaw<{ id: string }[]>`
    select e.id from enrolments e join leads l on l.workspace_id = e.workspace_id and l.id = e.lead_id
    left join lead_state s on s.workspace_id = e.workspace_id and s.id = e.lead_id
    where e.workspace_id = ${tx.workspaceId}::uuid and e.campaign_id = ${campaignId}::uuid and e.status = 'active' and e.step_id is not null
    order by s.score desc nulls last, l.email limit ${MOST_PEOPLE}`;
  const rows = await loadPeople(
    tx,
    ids.map((row) => row.id),
    { lock: false },
  );
  const approved = await countApprovedByPeople(tx, rows);
  const board = await loadBoard(tx);
  return [...rows]
    .sort((a, b) => (b.score ?? -1) - (a.score ?? -1) || ((a.email ?? "") < (b.email ?? "") ? -1 : 1))
    .map((row) => {
      const around = {
        now: board.now,
        holidays: publicHolidays(row.country, board.now),
        approvedByPeople: approved.get(row.campaignId) ?? 0,
      };
      return { row, planned: planPerson(board, personToPlan(row, around, null)) };
    });
}
