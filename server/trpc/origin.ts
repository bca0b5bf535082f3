import { env } from "#server/core/env.ts";

/**
 * True when a request that changes something comes from our own pages: browsers state the origin of such requests and
 * pages cannot forge it. API keys are no cookies, so calls that carry one are not asked.
 */
export function isOwnOrigin(request: Request): boolean {
  if (request.method === "GET" || request.method === "HEAD") return true;
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return false;
  const origin = request.headers.get("origin");
  if (!origin) return site === "same-origin" || site === "none" || site === null;
  const own = new Set([request.headers.get("host"), env.APP_URL ? new URL(env.APP_URL).host : null]);
  return URL.canParse(origin) && own.has(new URL(origin).host);
}
