import type { Tx } from "#server/core/db.ts";
import type { Whose } from "../queries.ts";
import { MOST_OF_A_KIND } from "../schema.ts";
import { whichAnswers } from "./list-answers.ts";
import { whichDrafts } from "./list-drafts-waiting.ts";
import { countHealth } from "./list-health.ts";
import { whichMeetings } from "./list-meetings-of-today.ts";
import { whichTasks } from "./list-tasks-of-today.ts";

/** How many things the queue would hold, in one statement: the rail asks it with every page. */
export async function countQueue(tx: Tx, whose: Whose): Promise<number> {
  const [row] = await tx.$queryRaw<{ total: number }[]>`
    select ((select least(count(*), ${MOST_OF_A_KIND}) from replies r where ${whichAnswers(tx, whose)})
      + (select least(count(*), ${MOST_OF_A_KIND}) from meetings m where ${await whichMeetings(tx, whose)})
      + (select count(*) from ${whichDrafts(tx, whose)})
      + (select least(count(*), ${MOST_OF_A_KIND}) from tasks t where ${whichTasks(tx, whose)})
      + ${countHealth(tx, whose)})::int as total`;
  return row?.total ?? 0;
}
