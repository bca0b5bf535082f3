import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { getActor, getSessionOf } from "#server/auth/session.ts";
import { addressOf } from "#server/core/client-address.ts";
import { readAtMost } from "#server/core/read-at-most.ts";
import { createSharedReads } from "#server/core/shared-reads.ts";
import { services } from "#server/services.ts";
import { rethrowTranslated } from "#server/trpc/init.ts";
import { isOwnOrigin } from "#server/trpc/origin.ts";
import { appRouter } from "#server/trpc/root.ts";

/** The longest that a form of ours sends is a pasted list of two million letters. */
const MOST_BYTES = 8_000_000;

async function handle(request: Request): Promise<Response> {
  if (!isOwnOrigin(request)) return Response.json({ code: "FORBIDDEN", detail: "This request came from another site." }, { status: 403 });
  const body = request.method === "POST" ? await readAtMost(request, MOST_BYTES) : undefined;
  if (body === null) return Response.json({ code: "TOO_LARGE", detail: "This is too much at once." }, { status: 413 });
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    req: body ? new Request(request.url, { method: "POST", headers: request.headers, signal: request.signal, body }) : request,
    router: appRouter,
    createContext: async () => ({
      services,
      actor: await getActor().catch(rethrowTranslated),
      reads: createSharedReads(),
      session: getSessionOf,
      origin: addressOf(request.headers),
    }),
    responseMeta: ({ errors }) => {
      const waits = errors.some((error) => error.code === "SERVICE_UNAVAILABLE" || error.code === "TOO_MANY_REQUESTS");
      return { headers: new Headers({ "cache-control": "private, no-store", ...(waits && { "retry-after": "2" }) }) };
    },
  });
  return response;
}

export { handle as GET, handle as POST };
