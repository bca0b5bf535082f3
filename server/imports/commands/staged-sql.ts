import { Prisma } from "#server/generated/prisma/client.ts";

/** Staged rows of one import as typed columns, rows `after` to `upTo`. Name it in a from clause: `from ${stagedRows(…)} s`. */
export function stagedRows(importId: string, after = 0, upTo: number | null = null): Prisma.Sql {
  return Prisma.sql`staged_rows(${importId}::uuid, ${after}::int, ${upTo}::int)`;
}
