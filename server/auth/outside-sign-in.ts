import * as z from "zod";
import { inIdentity } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { isSignedBy, sign } from "#server/core/secret.ts";
import type { OutsidePerson } from "./outside-providers.ts";
import { findSignedIn, hashToken } from "./queries.ts";
import type { Refusal } from "./refusals.ts";

const PURPOSE = "outside-intent";
const VALID_MS = 10 * 60 * 1000;

const intentShape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("link"), userId: z.uuid(), sessionVersion: z.number().int(), sessionId: z.uuid(), until: z.number() }),
  z.object({ kind: z.literal("invitation"), token: z.string().min(1).max(200), until: z.number() }),
]);
export type Intent = z.output<typeof intentShape>;
type NewIntent = { kind: "link"; userId: string; sessionVersion: number; sessionId: string } | { kind: "invitation"; token: string };

export const INTENT_COOKIE = "leadwright-intent";

/** What somebody began on our pages, carried through the other side in a cookie that only we can write. */
export function writeIntent(intent: NewIntent): string {
  const text = Buffer.from(JSON.stringify({ ...intent, until: Date.now() + VALID_MS })).toString("base64url");
  return `${text}.${sign(PURPOSE, text)}`;
}

export function readIntent(cookie: string | null | undefined): Intent | null {
  const [text = "", signature = ""] = (cookie ?? "").split(".");
  if (!text || !isSignedBy(PURPOSE, text, signature)) return null;
  const intent = intentShape.safeParse(JSON.parse(Buffer.from(text, "base64url").toString()));
  return intent.success && intent.data.until > Date.now() ? intent.data : null;
}

type Found = { id: string; sessionVersion: number; sessionId?: string };

/**
 * The person of an outside account. It is found by issuer and subject; it comes to belong to somebody only when they are signed in and
 * connect it, or by an invitation. An address is never a reason.
 */
export async function signInWithOutside(outside: OutsidePerson | null, intent: Intent | null): Promise<Found | Refusal> {
  if (!outside) return "unreadable";
  const owner = await inIdentity((tx) => findOwner(tx, outside));
  if (intent?.kind === "link") return linkTo(outside, intent, owner);
  if (intent?.kind === "invitation") return joinBy(outside, intent.token, owner);
  return owner ?? "unknown";
}

async function linkTo(outside: OutsidePerson, intent: Extract<Intent, { kind: "link" }>, owner: Found | null): Promise<Found | Refusal> {
  const signedIn = await findSignedIn(intent.userId, intent.sessionVersion, intent.sessionId);
  if (!signedIn) return "signed-out";
  if (owner && owner.id !== intent.userId) return "taken";
  if (!owner) await inIdentity((tx) => writeAccount(tx, outside, intent.userId));
  return { id: intent.userId, sessionVersion: intent.sessionVersion, sessionId: intent.sessionId };
}

async function joinBy(outside: OutsidePerson, token: string, owner: Found | null): Promise<Found | Refusal> {
  const invitation = await inIdentity((tx) =>
    tx.invitation.findFirst({ where: { tokenHash: hashToken(token), acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } } }),
  );
  if (!invitation) return "invitation-gone";
  // An invitation for one address is for whoever proves that address; only an issuer's word counts as proof.
  if (invitation.email && !(outside.isEmailProven && outside.email === invitation.email)) return "other-address";
  if (owner) return owner;
  if (!outside.email) return "no-address";
  const { email } = outside;
  try {
    return await inIdentity(async (tx) => {
      if (await tx.user.findUnique({ where: { email } })) throw new AppError("CONFLICT", "known");
      const id = newId();
      const fullName = outside.name?.trim().slice(0, 120) || email.split("@")[0] || email;
      const user = await tx.user.create({ data: { id, email, fullName, passwordHash: null } });
      await writeAccount(tx, outside, id);
      return { id, sessionVersion: user.sessionVersion };
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "CONFLICT") return "address-known";
    throw error;
  }
}

type Identity = Parameters<Parameters<typeof inIdentity>[0]>[0];

async function findOwner(tx: Identity, outside: OutsidePerson): Promise<Found | null> {
  const account = await tx.outsideAccount.findUnique({
    where: { issuer_subject: { issuer: outside.issuer, subject: outside.subject } },
    include: { user: true },
  });
  if (!account) return null;
  await tx.outsideAccount.update({ where: { id: account.id }, data: { lastUsedAt: new Date(), label: outside.email ?? account.label } });
  return { id: account.user.id, sessionVersion: account.user.sessionVersion };
}

async function writeAccount(tx: Identity, outside: OutsidePerson, userId: string): Promise<void> {
  const { provider, issuer, subject, email } = outside;
  await tx.outsideAccount.create({ data: { id: newId(), userId, provider, issuer, subject, label: email, lastUsedAt: new Date() } });
}
