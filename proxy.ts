import { type NextRequest, NextResponse } from "next/server";
import { pressure, secondsUntilRoom } from "#server/core/pressure.ts";

/**
 * Gives every page its own nonce and a strict policy. Routes under /api never pass here: Next buffers the body of what
 * a proxy matches and cuts it at 10 MB without an error.
 */
export function proxy(request: NextRequest): NextResponse {
  const seconds = secondsUntilRoom(pressure(), Date.now());
  if (seconds !== null) return comeBack(seconds);
  const nonce = btoa(crypto.randomUUID());
  const isDevelopment = process.env.NODE_ENV === "development";
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    // Positions of floating and virtual parts are set as style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("cache-control", "private, no-store");
  response.headers.set("referrer-policy", "strict-origin-when-cross-origin");
  response.headers.set("x-content-type-options", "nosniff");
  return response;
}

/** No room, or no database: said at once and in words, before a page is begun that could not be finished. */
function comeBack(seconds: number): NextResponse {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${seconds}"><title>Leadwright is busy</title></head><body style="font-family:system-ui;max-width:32rem;margin:20vh auto;padding:0 1rem"><h1 style="font-size:1.25rem">Leadwright cannot read its data just now</h1><p>Nothing was lost. This page comes back by itself in a few seconds.</p></body></html>`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "retry-after": String(seconds),
    "cache-control": "private, no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
  };
  return new NextResponse(page, { status: 503, headers });
}

export const config = { matcher: ["/((?!api/|_next/static|_next/image|favicon.ico|icon).*)"] };
