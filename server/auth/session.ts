import { cookies, headers } from "next/headers";
import { getServerSession } from "next-auth";
import { cache } from "react";
import type { Actor } from "#server/trpc/context.ts";
import { authOptions } from "./options.ts";
import { findSignedIn, type SignedIn } from "./queries.ts";

export const WORKSPACE_COOKIE = "leadwright-workspace";

/** The person of this request, once per request. Null when nobody is signed in. */
export const getSignedIn = cache(async (): Promise<SignedIn | null> => {
  const session = await getServerSession(authOptions());
  return session?.userId ? findSignedIn(session.userId, session.sessionVersion) : null;
});

/**
 * The person and the workspace they look at. The app's own calls name it in a header and get no other one; a page load
 * takes the cookie's, else the first.
 */
export const getActor = cache(async (): Promise<Actor | null> => {
  const signedIn = await getSignedIn();
  if (!signedIn) return null;
  const named = (await headers()).get("x-workspace");
  const wanted = named ?? (await cookies()).get(WORKSPACE_COOKIE)?.value;
  const match = signedIn.memberships.find((each) => each.workspaceId === wanted) ?? null;
  return { kind: "person", signedIn, membership: match ?? (named ? null : (signedIn.memberships[0] ?? null)) };
});
