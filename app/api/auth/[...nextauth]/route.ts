import NextAuth from "next-auth";
import { authOptions } from "#server/auth/options.ts";
import { INTENT_COOKIE, type Intent, readIntent } from "#server/auth/outside-sign-in.ts";
import { getSession } from "#server/auth/session.ts";

type Handler = (request: Request, context: { params: Promise<{ nextauth: string[] }> }) => Promise<Response>;

const handler: Handler = async (request, context) => NextAuth(authOptions(await intentOf(request)))(request, context);

/** Connecting an account counts only in the session that began it: whoever sits down after a sign-out connects nothing. */
async function intentOf(request: Request): Promise<Intent | null> {
  const cookie = new RegExp(`(?:^|;\\s*)${INTENT_COOKIE}=([^;]+)`).exec(request.headers.get("cookie") ?? "")?.[1];
  const intent = readIntent(cookie);
  if (intent?.kind !== "link") return intent;
  return (await getSession())?.sessionId === intent.sessionId ? intent : null;
}

export { handler as GET, handler as POST };
