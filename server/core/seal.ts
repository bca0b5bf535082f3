import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { env } from "./env.ts";
import { AppError } from "./errors.ts";

/** Where a sealed value lives. A value copied to another row, column or workspace does not open. */
export type SealPlace = { workspaceId: string; table: string; column: string; rowId: string };

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM under a key derived from APP_SECRET: version, nonce, tag, text. `secret`: another one, while keys are rotated. */
export function seal(text: string, place: SealPlace, secret?: string): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", derivedKey("seal", secret), iv).setAAD(boundTo(place));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Uint8Array.from(Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), body]));
}

export function unseal(sealed: Uint8Array, place: SealPlace, secret?: string): string {
  const bytes = Buffer.from(sealed);
  const iv = bytes.subarray(1, 1 + IV_BYTES);
  const tag = bytes.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv("aes-256-gcm", derivedKey("seal", secret), iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(boundTo(place)).setAuthTag(tag);
    return Buffer.concat([decipher.update(bytes.subarray(1 + IV_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new AppError("INVALID_STATE", "A stored secret cannot be opened with this APP_SECRET. Enter it again.", { cause });
  }
}

/**
 * The keyed hash by which an erased address stays unmailable. Its key is separate from the sealing key and is never rotated: set
 * SUPPRESSION_SECRET to the first APP_SECRET before APP_SECRET is changed.
 */
export function suppressionHash(normalisedAddress: string): string {
  return createHmac("sha256", derivedKey("suppression")).update(normalisedAddress).digest("hex");
}

/** A signature for links that must work for years, so under the key that is never rotated. */
export function signLasting(purpose: string, payload: Uint8Array): Buffer {
  return createHmac("sha256", derivedKey("suppression")).update(purpose).update("\0").update(payload).digest().subarray(0, 16);
}

export function isSignedLasting(purpose: string, payload: Uint8Array, signature: Uint8Array): boolean {
  const expected = signLasting(purpose, payload);
  return signature.length === expected.length && timingSafeEqual(expected, signature);
}

const keys = new Map<string, KeyObject>();

function derivedKey(purpose: "seal" | "suppression", given?: string): KeyObject {
  const secret = given ?? (purpose === "suppression" ? env.SUPPRESSION_SECRET : undefined) ?? env.APP_SECRET;
  if (!secret) throw new AppError("INVALID_STATE", "APP_SECRET is not set: start Leadwright with npm start, which makes one.");
  const known = keys.get(`${purpose}\0${secret}`);
  if (known) return known;
  const key = createSecretKey(new Uint8Array(hkdfSync("sha256", secret, "leadwright", `leadwright/${purpose}/v1`, 32)));
  keys.set(`${purpose}\0${secret}`, key);
  return key;
}

function boundTo(place: SealPlace): Buffer {
  return Buffer.from([place.workspaceId, place.table, place.column, place.rowId].join("\0"));
}
