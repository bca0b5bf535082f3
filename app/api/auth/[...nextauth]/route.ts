import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "#server/auth/options.ts";
import { INTENT_COOKIE, type Intent, readIntent } from "#server/auth/outside-sign-in.ts";
import { getSession } from "#server/auth/session.ts";
import { AppError } from "#server/core/errors.ts";
import { readAtMost } from "#server/core/read-at-most.ts";
import { problemOf } from "#server/trpc/rest.ts";

type Handler = (request: Request, context: { params: Promise<{ nextauth: string[] }> }) => Promise<Response>;

/** An address, a password and a code: the library would hold whatever is sent in memory, of anybody. */
const MOST_BYTES = 20_000;

const handler: Handler = async (request, context) => {
  const small = await withSmallBody(request);
  if (!small) return problemOf(new AppError("TOO_LARGE", "This is too much for signing in."));
  return NextAuth(authOptions(await intentOf(request)))(small, context);
};

async function withSmallBody(request: Request): Promise<Request | null> {
  if (request.method !== "POST") return request;
  const body = await readAtMost(request, MOST_BYTES);
  return body && new NextRequest(request.url, { method: "POST", headers: request.headers, ...(body.byteLength > 0 && { body }) });
}

/** Connecting an account counts only in the session that began it: whoever sits down after a sign-out connects nothing. */
async function intentOf(request: Request): Promise<Intent | null> {
  const cookie = new RegExp(`(?:^|;\\s*)${INTENT_COOKIE}=([^;]+)`).exec(request.headers.get("cookie") ?? "")?.[1];
  const intent = readIntent(cookie);
  if (intent?.kind !== "link") return intent;
  return (await getSession())?.sessionId === intent.sessionId ? intent : null;
}

export { handler as GET, handler as POST };
