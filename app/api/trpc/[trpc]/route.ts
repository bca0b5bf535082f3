import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { getActor, getSessionOf } from "#server/auth/session.ts";
import { addressOf } from "#server/core/client-address.ts";
import { createSharedReads } from "#server/core/shared-reads.ts";
import { services } from "#server/services.ts";
import { rethrowTranslated } from "#server/trpc/init.ts";
import { isOwnOrigin } from "#server/trpc/origin.ts";
import { appRouter } from "#server/trpc/root.ts";

async function handle(request: Request): Promise<Response> {
  if (!isOwnOrigin(request)) return Response.json({ code: "FORBIDDEN", detail: "This request came from another site." }, { status: 403 });
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
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
