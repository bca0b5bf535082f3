import * as z from "zod";
import { INTENT_COOKIE, writeIntent } from "#server/auth/outside-sign-in.ts";
import { getSession, getSignedIn } from "#server/auth/session.ts";
import { env } from "#server/core/env.ts";
import { AppError } from "#server/core/errors.ts";
import { readAtMost } from "#server/core/read-at-most.ts";
import { isOwnOrigin } from "#server/trpc/origin.ts";
import { problemOf } from "#server/trpc/rest.ts";

const MOST_BYTES = 2_000;
const body = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("link") }),
  z.object({ kind: z.literal("invitation"), token: z.string().min(1).max(200) }),
  z.object({ kind: z.literal("none") }),
]);

/** Says what somebody is about to do at Google or Microsoft, in a cookie that comes back with them. */
export async function POST(request: Request): Promise<Response> {
  try {
    if (!isOwnOrigin(request)) throw new AppError("FORBIDDEN", "This request did not come from one of our pages.");
    const wanted = body.safeParse(await readSmall(request));
    if (!wanted.success) throw new AppError("INVALID_INPUT", "Say what this is for.");
    const value = wanted.data.kind === "link" ? await linkIntent() : wanted.data.kind === "invitation" ? writeIntent(wanted.data) : "";
    const secure = env.APP_URL?.startsWith("https://") ? "; secure" : "";
    const cookie = `${INTENT_COOKIE}=${value}; path=/api/auth; max-age=${value ? 600 : 0}; httponly; samesite=lax${secure}`;
    return new Response(null, { status: 204, headers: { "set-cookie": cookie, "cache-control": "private, no-store" } });
  } catch (error) {
    return problemOf(error);
  }
}

async function readSmall(request: Request): Promise<unknown> {
  const sent = await readAtMost(request, MOST_BYTES);
  if (!sent) throw new AppError("TOO_LARGE", "This is too much.");
  try {
    return JSON.parse(sent.toString());
  } catch {
    return null;
  }
}

async function linkIntent(): Promise<string> {
  const [session, signedIn] = [await getSession(), await getSignedIn()];
  if (!signedIn || !session?.sessionId) throw new AppError("UNAUTHENTICATED", "Sign in first.");
  return writeIntent({ kind: "link", userId: signedIn.userId, sessionVersion: session.sessionVersion, sessionId: session.sessionId });
}
