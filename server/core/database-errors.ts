import { Prisma } from "#server/generated/prisma/client.ts";
import { AppError } from "./errors.ts";

const UNAVAILABLE = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);
const NETWORK = /ECONNREFUSED|ECONNRESET|ENOENT|terminat|Connection|timeout exceeded|the database system is/i;
const BUSY = /unable to start a transaction|timeout exceeded when trying to connect|too many clients|remaining connection slots|\b53300\b/i;
/** A zero byte in a text or in JSON, a number or a date out of range: what no schema thinks of is still the caller's, not ours. */
const UNSTORABLE = ["22021", "22P05", "22003", "22007", "22008"];
const FULL = /\b53100\b|no space left on device|could not extend file/i;

/** What the database's failures mean to whoever waits. Anything else is a mistake of ours and stays what it is. */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  const message = `${typeof code === "string" ? code : ""} ${error instanceof Error ? error.message : ""}`;
  if (UNSTORABLE.some((state) => hasSqlState(error, "", state)) || code === "P2020" || code === "P2000")
    return new AppError("INVALID_INPUT", "This holds a letter, a number or a date that cannot be stored. Change it and try again.", {
      cause: error,
    });
  if (hasSqlState(error, "", "57014"))
    return unavailable("This took too long and was stopped. Nothing was changed; try again, or ask for less at once.", 30_000, error);
  // Two that waited for each other: the database ended one of them, and the other one went on.
  if (hasSqlState(error, "P2034", "40P01") || hasSqlState(error, "P2034", "40001"))
    return unavailable("Somebody changed the same at this moment. Nothing was changed; try again.", 1_000, error);
  if (FULL.test(message))
    return unavailable("The disk of this Leadwright is full. Nothing was lost; it goes on when there is space again.", 30_000, error);
  if (BUSY.test(message))
    return unavailable("Leadwright is very busy at the moment. Nothing was lost; try again in a few seconds.", 3_000, error);
  const isDown =
    (typeof code === "string" && (UNAVAILABLE.has(code) || code === "ECONNREFUSED" || code.startsWith("57P"))) ||
    error instanceof Prisma.PrismaClientInitializationError ||
    (code === undefined && NETWORK.test(message));
  return isDown ? unavailable("The database does not answer. Nothing was lost; try again in a moment.", 2_000, error) : error;
}

function unavailable(sentence: string, retryAfterMs: number, cause: unknown): AppError {
  return new AppError("DATABASE_UNAVAILABLE", sentence, { cause, retryAfterMs });
}

/** True for a violated unique constraint or index, in Prisma's form or in raw SQL's. */
export function isUniqueViolation(error: unknown): boolean {
  return hasSqlState(error, "P2002", "23505");
}
/** True for a violated exclusion constraint (an overlapping meeting). */
export function isExclusionViolation(error: unknown): boolean {
  return hasSqlState(error, "", "23P01");
}
function hasSqlState(error: unknown, prismaCode: string, sqlState: string): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { code, meta, cause } = error as { code?: unknown; meta?: { code?: unknown }; cause?: unknown };
  if (code === sqlState || (prismaCode !== "" && code === prismaCode) || meta?.code === sqlState) return true;
  // Whole, not a piece of a record's id that Prisma quotes beside it.
  if (new RegExp(`(?<![\\w-])${sqlState}(?![\\w-])`).test(JSON.stringify(meta ?? null))) return true;
  return cause !== undefined && cause !== error && hasSqlState(cause, prismaCode, sqlState);
}
