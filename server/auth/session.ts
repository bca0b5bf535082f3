import { cookies, headers } from "next/headers";
import { decode, type JWT } from "next-auth/jwt";
import { cache } from "react";
import type { Actor, SessionOf } from "#server/trpc/context.ts";
import { sessionCookie, sessionSecret } from "./options.ts";
import { findPending, findSignedIn, type SignedIn } from "./queries.ts";

const WORKSPACE_COOKIE = "leadwright-workspace";

/**
 * What the session's cookie says; null for one that is over or not ours. Only opened: the library's getServerSession would seal it anew
 * for each page, which no page sends.
 */
export const getSession = cache(async (): Promise<JWT | null> => {
  const token = (await cookies()).get(sessionCookie())?.value;
  return token ? decode({ token, secret: sessionSecret() }).catch(() => null) : null;
});

/** The person of this request, once per request. Null when nobody is signed in, or the second step is still owed. */
export const getSignedIn = cache(async (): Promise<SignedIn | null> => {
  const session = await getSession();
  return session?.userId ? findSignedIn(session.userId, session.sessionVersion, session.sessionId ?? null) : null;
});

/** Which session this is, for whoever passes or sets up a second step. `pending`: it still owes one. */
export const getSessionOf = cache(async (): Promise<SessionOf | null> => {
  const session = await getSession();
  if (!session?.userId || !session.sessionId) return null;
  const { userId, sessionId } = session;
  return { userId, sessionId, pending: await findPending(userId, session.sessionVersion, sessionId) };
});

/**
 * The person and the workspace they look at. The app's own calls name it in a header, and its forms in a field, and get no other one; a
 * page load takes the cookie's, else the first.
 */
export const getActor = cache(async (asked: string | null = null): Promise<Actor | null> => {
  const signedIn = await getSignedIn();
  if (!signedIn) return null;
  const named = asked ?? (await headers()).get("x-workspace");
  const wanted = named ?? (await cookies()).get(WORKSPACE_COOKIE)?.value;
  const match = signedIn.memberships.find((each) => each.workspaceId === wanted) ?? null;
  return { kind: "person", signedIn, membership: match ?? (named ? null : (signedIn.memberships[0] ?? null)) };
});
