import { inIdentity } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";

const PATIENCE_MS = 3_000;

/** The process answers and reaches its database, soon enough for whoever decides by it. Says nothing about why not: anybody may ask. */
export async function GET(): Promise<Response> {
  let late: NodeJS.Timeout | undefined;
  try {
    const isLate = new Promise<never>((_, reject) => {
      late = setTimeout(() => reject(new Error("late")), PATIENCE_MS);
    });
    await Promise.race([inIdentity((tx) => tx.$queryRaw`select 1`), isLate]);
    return Response.json({ status: "ready" }, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    const detail = error instanceof AppError ? error.message : "The database does not answer. Nothing was lost.";
    return Response.json({ status: "waiting", detail }, { status: 503, headers: { "cache-control": "no-store", "retry-after": "2" } });
  } finally {
    clearTimeout(late);
  }
}
