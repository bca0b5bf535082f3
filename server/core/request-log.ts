import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { newId } from "./ids.ts";
import { logger } from "./logger.ts";
import { withEvent } from "./wide-event.ts";

/**
 * One line per request, written when its answer ends. Loaded by the preload of the web process (bin/lib/web-requests.mjs), which sees every
 * request: pages, tRPC, REST, webhooks, public pages. The route is the template out of the build; a path as it was asked for may hold a
 * token or an address, and is never written.
 */
export function logRequest(request: IncomingMessage, response: ServerResponse, answer: () => void): void {
  const began = performance.now();
  const requestId = newId();
  response.setHeader("x-request-id", requestId);
  withEvent({ requestId }, (event) => {
    response.once("close", () => {
      const { transactions, databaseMs, notes, ids } = event;
      const route = routeOf(request.url ?? "");
      const status = response.writableFinished || response.headersSent ? response.statusCode : 0;
      const fields = {
        ...ids,
        kind: kindOf(route),
        method: request.method ?? "",
        route,
        status,
        ms: Math.round(performance.now() - began),
        ...(transactions > 0 && { transactions, databaseMs: Math.round(databaseMs) }),
        ...notes,
        ...(!response.writableFinished && { isCutOff: true }),
      };
      const level = status >= 500 ? "error" : route.startsWith("/api/health/") ? "debug" : "info";
      logger[level](fields, "request");
    });
    answer();
  });
}

type Route = { page: string; pattern: RegExp };
let routes: Route[] | undefined;

/** The build's own list: static routes first, then the others in the order in which Next tries them. */
function knownRoutes(): Route[] {
  if (routes) return routes;
  try {
    const manifest = JSON.parse(readFileSync(".next/routes-manifest.json", "utf8")) as Record<
      "staticRoutes" | "dynamicRoutes",
      { page: string; regex: string }[]
    >;
    routes = [...manifest.staticRoutes, ...manifest.dynamicRoutes].map(({ page, regex }) => ({ page, pattern: new RegExp(regex) }));
    return routes;
  } catch {
    // While developing there is no build.
    return [];
  }
}

export function routeOf(url: string, known: Route[] = knownRoutes()): string {
  const path = url.split("?", 1)[0] ?? "";
  return known.find(({ pattern }) => pattern.test(path))?.page ?? "(none)";
}

const KINDS: [prefix: string, kind: string][] = [
  ["/api/trpc/", "trpc"],
  ["/api/v1/", "rest"],
  ["/api/webhooks/", "webhook"],
  ["/api/inngest", "inngest"],
  ["/api/health/", "health"],
  ["/api/auth", "auth"],
  ["/api/", "api"],
  ["/u/", "public"],
  ["/book", "public"],
  ["/t/", "public"],
  ["(none)", "none"],
];

function kindOf(route: string): string {
  return KINDS.find(([prefix]) => route.startsWith(prefix))?.[1] ?? "page";
}
