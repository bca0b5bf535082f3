import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { getActor } from "#server/auth/session.ts";
import { services } from "#server/services.ts";
import { isOwnOrigin } from "#server/trpc/origin.ts";
import { appRouter } from "#server/trpc/root.ts";

async function handle(request: Request): Promise<Response> {
  if (!isOwnOrigin(request)) return Response.json({ code: "FORBIDDEN", detail: "This request came from another site." }, { status: 403 });
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: async () => ({ services, actor: await getActor() }),
    responseMeta: ({ errors }) => {
      const waits = errors.some((error) => error.code === "SERVICE_UNAVAILABLE" || error.code === "TOO_MANY_REQUESTS");
      return { headers: new Headers({ "cache-control": "private, no-store", ...(waits && { "retry-after": "2" }) }) };
    },
  });
  return response;
}

export { handle as GET, handle as POST };
