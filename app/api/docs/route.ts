import { openApiDocument } from "#server/trpc/openapi.ts";
import { openApiPage } from "#server/trpc/openapi-page.ts";

let page: string | undefined;

/** The calls for scripts, to be read by people. Without script, and nothing of any workspace is in it. */
export function GET(): Response {
  page ??= openApiPage(openApiDocument(""));
  return new Response(page, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}
