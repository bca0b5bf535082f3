import { openApiDocument } from "#server/trpc/openapi.ts";
import { handleRest } from "#server/trpc/rest.ts";
// A sandbox run drives the jobs in this process; loading the registry provides them.
import "#server/jobs/registry.ts";

async function handle(request: Request): Promise<Response> {
  const { pathname, origin } = new URL(request.url);
  if (request.method === "GET" && pathname === "/api/v1/openapi.json") return Response.json(openApiDocument(origin));
  return handleRest(request);
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
