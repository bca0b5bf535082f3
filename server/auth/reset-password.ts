import { randomBytes } from "node:crypto";
import { type IdentityTx, inIdentity } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { createLimit } from "#server/core/limits.ts";
import { logger } from "#server/core/logger.ts";
import type { SystemMail } from "#server/providers/system-mail/port.ts";
import { can, roles } from "./constants.ts";
import { hashPassword } from "./password.ts";
import { hashToken } from "./queries.ts";
import { forgiveAddress } from "./throttle.ts";

const BY_MAIL_MS = 3600 * 1000;
const BY_HAND_MS = 24 * 3600 * 1000;
const GONE = "This link was used, replaced or has run out. Ask for a new one.";
const perAddress = createLimit({ name: "reset-address", points: 4, durationS: 3600 });
const perOrigin = createLimit({ name: "reset-origin", points: 20, durationS: 3600 });

/**
 * "I forgot my password": the same answer, after the same work, whether somebody has this address or not. The mail leaves after the
 * answer, so its time says nothing either.
 */
export async function requestReset(mail: SystemMail | null, input: { email: string; origin: string }): Promise<void> {
  if (!mail || !env.APP_URL) return;
  try {
    await Promise.all([perAddress.consume(input.email), perOrigin.consume(input.origin)]);
  } catch (error) {
    if (error instanceof AppError && error.code === "QUOTA_EXCEEDED") return;
    throw error;
  }
  const { token, isKnown } = await inIdentity(async (tx) => {
    const user = await tx.user.findUnique({ where: { email: input.email }, select: { id: true } });
    return { token: await writeReset(tx, { userId: user?.id ?? null, madeById: null, validMs: BY_MAIL_MS }), isKnown: user !== null };
  });
  if (!isKnown) return;
  const link = resetLink(env.APP_URL, token);
  void mail
    .send({
      to: input.email,
      subject: "Choose a new password for Leadwright",
      text: `Somebody, probably you, asked for a new password.\n\n${link}\n\nThe link works once, for an hour. If it was not you, do nothing: your password stays as it is.\n`,
    })
    .catch((error: unknown) => logger.error({ err: error }, "a password mail could not be sent"));
}

/** A link that an admin, or the command line, hands over by another way. Earlier links of this person stop working. */
export async function makeResetLink(input: { userId: string; madeById: string | null }): Promise<{ token: string }> {
  const token = await inIdentity((tx) => writeReset(tx, { ...input, validMs: BY_HAND_MS }));
  return { token };
}

/** The new password; every session of this person ends. @throws INVALID_STATE for a link that does not work any more. */
export async function resetPassword(input: { token: string; password: string }): Promise<{ email: string }> {
  // The link first: hashing is dear, and who has no link need not make us do it.
  if (!(await isResetOpen(input.token))) throw new AppError("INVALID_STATE", GONE);
  const passwordHash = await hashPassword(input.password);
  const done = await inIdentity(async (tx) => {
    const now = new Date();
    const tokenHash = hashToken(input.token);
    const { count } = await tx.passwordReset.updateMany({
      where: { tokenHash, usedAt: null, userId: { not: null }, expiresAt: { gt: now } },
      data: { usedAt: now },
    });
    const reset = count === 1 ? await tx.passwordReset.findUnique({ where: { tokenHash } }) : null;
    if (!reset?.userId) throw new AppError("INVALID_STATE", GONE);
    await tx.passwordReset.deleteMany({ where: { userId: reset.userId, usedAt: null } });
    const user = await tx.user.update({ where: { id: reset.userId }, data: { passwordHash, sessionVersion: { increment: 1 } } });
    return { email: user.email };
  });
  // Who guessed until nobody could is let in by the link that they were told to ask for.
  await forgiveAddress(done.email);
  return done;
}

export async function isResetOpen(token: string): Promise<boolean> {
  return inIdentity(async (tx) => {
    const reset = await tx.passwordReset.findFirst({
      where: { tokenHash: hashToken(token), usedAt: null, userId: { not: null }, expiresAt: { gt: new Date() } },
    });
    return reset?.userId ? isMakerStillAllowed(tx, reset.userId, reset.madeById) : false;
  });
}

/**
 * A colleague's link opens what its maker runs, when it is used and not only when it was made: they may have left or been lowered, and whom
 * it is for may have become an owner, the operator, or somebody of another workspace.
 */
async function isMakerStillAllowed(tx: IdentityTx, userId: string, madeById: string | null): Promise<boolean> {
  if (madeById === null || madeById === userId) return true;
  const makers = roles.filter((role) => can(role, "team:write"));
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from members maker
    join members m on m.workspace_id = maker.workspace_id and m.user_id = ${userId}::uuid and m.removed_at is null
    join users u on u.id = m.user_id and not u.is_operator
    where maker.user_id = ${madeById}::uuid and maker.removed_at is null and maker.role = any(${makers}::text[])
      and (m.role <> 'owner' or maker.role = 'owner')
      and not exists (select 1 from members o where o.user_id = m.user_id and o.removed_at is null and o.workspace_id <> m.workspace_id)`;
  return rows.length > 0;
}

async function writeReset(tx: IdentityTx, input: { userId: string | null; madeById: string | null; validMs: number }): Promise<string> {
  const token = randomBytes(24).toString("base64url");
  const { userId, madeById, validMs } = input;
  await tx.passwordReset.deleteMany({ where: userId ? { userId, usedAt: null } : { userId: null, expiresAt: { lt: new Date() } } });
  await tx.passwordReset.create({
    data: { id: newId(), userId, tokenHash: hashToken(token), madeById, expiresAt: new Date(Date.now() + validMs) },
  });
  return token;
}

export function resetLink(appUrl: string, token: string): string {
  return new URL(`/reset/${token}`, appUrl).toString();
}
