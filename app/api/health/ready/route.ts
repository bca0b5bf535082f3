import { inIdentity } from "#server/core/db.ts";

/** The process answers and reaches its database. */
export async function GET(): Promise<Response> {
  try {
    await inIdentity((tx) => tx.$queryRaw`select 1`);
    return Response.json({ status: "ready" }, { headers: { "cache-control": "no-store" } });
  } catch {
    const detail = "The database does not answer. Nothing was lost.";
    return Response.json({ status: "waiting", detail }, { status: 503, headers: { "cache-control": "no-store", "retry-after": "2" } });
  }
}
