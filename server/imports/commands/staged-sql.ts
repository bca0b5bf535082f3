import { Prisma } from "#server/generated/prisma/client.ts";
import { STAGED } from "../domain/staged-row.ts";

const CASTS: Partial<Record<(typeof STAGED)[number], string>> = {
  lead_id: "::uuid",
  owner_id: "::uuid",
  lead_observation_id: "::uuid",
  account_id: "::uuid",
  account_observation_id: "::uuid",
  opted_out: " is not null",
  lead_said: "::jsonb",
  account_said: "::jsonb",
  custom: "::jsonb",
  duplicate_of: "::int",
  employees: "::int",
};
const COLUMNS = Prisma.raw(STAGED.map((field, index) => `(cells[${index + 1}])${CASTS[field] ?? ""} as ${field}`).join(", "));

/** Staged rows of one import as typed columns, rows `after` to `upTo`. Name it in a from clause: `from ${stagedRows(…)} s`. */
export function stagedRows(importId: string, after = 0, upTo: number | null = null): Prisma.Sql {
  const end = upTo === null ? Prisma.empty : Prisma.sql`and row_number <= ${upTo}`;
  return Prisma.sql`(select row_number, ${COLUMNS} from import_staging where import_id = ${importId}::uuid and row_number > ${after} ${end})`;
}
