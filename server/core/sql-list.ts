import { Prisma } from "#server/generated/prisma/client.ts";

/**
 * Ids or instants as one value of a statement, for hot paths that give hundreds at once: value by value, the client takes longer to hand
 * them over than the database to use them. Neither holds a comma; null stays null.
 */
export function sqlList(values: readonly (string | Date | null)[], type: "uuid" | "timestamptz"): Prisma.Sql {
  const text = values.map((value) => (value instanceof Date ? value.toISOString() : (value ?? ""))).join(",");
  return Prisma.sql`string_to_array(${text}, ',', '')::${Prisma.raw(type)}[]`;
}
