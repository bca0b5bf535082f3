import { openApiDocument } from "#server/trpc/openapi.ts";
import { openApiPage } from "#server/trpc/openapi-page.ts";

/** The calls for scripts, to be read by people. Without script, and nothing of any workspace is in it. */
export function GET(request: Request): Response {
  return new Response(openApiPage(openApiDocument(new URL(request.url).origin)), {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}
