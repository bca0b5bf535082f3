import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { encode } from "uqr";
import { type IdentityTx, inIdentity } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { createLimit } from "#server/core/limits.ts";
import { seal, unseal } from "#server/core/seal.ts";
import { hashToken } from "./queries.ts";

const PERIOD_S = 30;
const RECOVERY_CODES = 10;
const RECOVERY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
const WRONG = "This code is not right, or it was used already. Codes change every 30 seconds.";

/** Codes are six digits, so guesses are few: five in fifteen minutes for a person, whatever the session. */
const guesses = createLimit({
  name: "second-step",
  points: 5,
  durationS: 15 * 60,
  say: (minutes) => `Too many codes. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`,
});

/**
 * A new secret for the authenticator app, not yet in force. The picture is drawn here: the secret never goes to a stranger's service.
 * @throws INVALID_STATE when the second step is on already.
 */
export async function beginSecondStep(input: { userId: string }): Promise<{ secret: string; qr: { size: number; path: string } }> {
  const secret = new Secret({ size: 20 });
  const email = await inIdentity(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: input.userId } });
    if (user.totpEnabledAt) throw new AppError("INVALID_STATE", "The second step is on already. Turn it off first.");
    await tx.user.update({
      where: { id: input.userId },
      data: { totpSecret: seal(secret.base32, placeOf(input.userId)), totpLastStep: null },
    });
    return user.email;
  });
  return { secret: secret.base32, qr: squaresOf(totp(secret.base32, email).toString()) };
}

/** Puts it in force with a first code; the session that did it has passed. Answers the recovery codes, which are shown once. */
export async function enableSecondStep(input: { userId: string; sessionId: string; code: string }): Promise<{ recoveryCodes: string[] }> {
  await guesses.consume(input.userId);
  const recoveryCodes = await inIdentity(async (tx) => {
    if (!(await takeCode(tx, input.userId, input.code, { enabled: false }))) throw new AppError("INVALID_INPUT", WRONG);
    await tx.user.update({ where: { id: input.userId }, data: { totpEnabledAt: new Date() } });
    await pass(tx, input);
    return writeRecoveryCodes(tx, input.userId);
  });
  await guesses.forgive(input.userId);
  return { recoveryCodes };
}

/** The second step of a sign-in: a code of the app, or a recovery code, which then is gone. */
export async function passSecondStep(input: { userId: string; sessionId: string; code: string }): Promise<void> {
  await proveSecondStep(input);
  await inIdentity((tx) => pass(tx, input));
}

export async function disableSecondStep(input: { userId: string; code: string }): Promise<void> {
  await inIdentity(async (tx) => {
    const members = await tx.member.findMany({ where: { userId: input.userId, removedAt: null }, select: { workspaceId: true } });
    const asking = await tx.workspace.findFirst({
      where: { id: { in: members.map((member) => member.workspaceId) }, requiresSecondStep: true },
    });
    if (asking) throw new AppError("INVALID_STATE", `${asking.name} asks everybody for a second step, so it cannot be turned off.`);
  });
  await proveSecondStep(input);
  await inIdentity((tx) => forgetSecondStep(tx, input.userId));
}

/** Without a code: for `npm run admin -- reset-second-step`. */
export async function forgetSecondStep(tx: IdentityTx, userId: string): Promise<void> {
  await tx.user.update({ where: { id: userId }, data: { totpSecret: null, totpEnabledAt: null, totpLastStep: null } });
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.secondStep.deleteMany({ where: { userId } });
}

export async function renewRecoveryCodes(input: { userId: string; code: string }): Promise<{ recoveryCodes: string[] }> {
  await proveSecondStep(input);
  return { recoveryCodes: await inIdentity((tx) => writeRecoveryCodes(tx, input.userId)) };
}

async function proveSecondStep(input: { userId: string; code: string }): Promise<void> {
  await guesses.consume(input.userId);
  const isRight = await inIdentity(
    async (tx) =>
      (await takeCode(tx, input.userId, input.code, { enabled: true })) || (await takeRecoveryCode(tx, input.userId, input.code)),
  );
  if (!isRight) throw new AppError("INVALID_INPUT", WRONG);
  await guesses.forgive(input.userId);
}

/** One statement decides, so that the same code sent twice at the same moment works once. */
async function takeCode(tx: IdentityTx, userId: string, given: string, want: { enabled: boolean }): Promise<boolean> {
  const token = given.replace(/\s/g, "");
  const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
  if (!user.totpSecret || (user.totpEnabledAt !== null) !== want.enabled || !/^\d{6}$/.test(token)) return false;
  const delta = totp(unseal(user.totpSecret, placeOf(userId)), user.email).validate({ token, window: 1 });
  if (delta === null) return false;
  const step = BigInt(Math.floor(Date.now() / 1000 / PERIOD_S) + delta);
  const { count } = await tx.user.updateMany({
    where: { id: userId, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] },
    data: { totpLastStep: step },
  });
  return count === 1;
}

async function takeRecoveryCode(tx: IdentityTx, userId: string, given: string): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({
    where: { userId, codeHash: hashRecoveryCode(userId, given), usedAt: null },
    data: { usedAt: new Date() },
  });
  return count === 1;
}

async function pass(tx: IdentityTx, input: { userId: string; sessionId: string }): Promise<void> {
  await tx.secondStep.createMany({ data: [{ sessionId: input.sessionId, userId: input.userId }], skipDuplicates: true });
}

async function writeRecoveryCodes(tx: IdentityTx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, makeRecoveryCode);
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ id: newId(), userId, codeHash: hashRecoveryCode(userId, code) })) });
  return codes;
}

/** Sixteen characters of 31: 79 bits, so one round of sha-256 keeps them. */
function makeRecoveryCode(): string {
  const letters: string[] = [];
  while (letters.length < 16) {
    // The few bytes above the last whole multiple are thrown away, so that every letter is as likely.
    for (const byte of randomBytes(32)) if (byte < 248 && letters.length < 16) letters.push(RECOVERY_ALPHABET[byte % 31] ?? "a");
  }
  return (letters.join("").match(/.{4}/g) ?? []).join("-");
}

function hashRecoveryCode(userId: string, code: string): string {
  return hashToken(`${userId}:${code.toLowerCase().replace(/[^a-z0-9]/g, "")}`);
}

function totp(secret: string, email: string): TOTP {
  return new TOTP({ issuer: "Leadwright", label: email, algorithm: "SHA1", digits: 6, period: PERIOD_S, secret });
}

function placeOf(userId: string) {
  return { workspaceId: "", table: "users", column: "totp_secret", rowId: userId };
}

/** The dark squares as one SVG path, and the side of the picture in squares. */
function squaresOf(text: string): { size: number; path: string } {
  const { size, data } = encode(text, { border: 4 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: path.join("") };
}
