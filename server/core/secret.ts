import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "./env.ts";

/** The instance's secret. The supervisor generates it into DATA_DIR when APP_SECRET is unset. */
export function requireSecret(): string {
  if (!env.APP_SECRET)
    throw new Error("APP_SECRET is not set. npm start generates one; elsewhere set it to at least 32 random characters.");
  return env.APP_SECRET;
}

/** A key for one purpose, so that no two uses of the secret share one. */
export function keyFor(purpose: string): Buffer {
  const secret = LASTING_PURPOSES.has(purpose) ? (env.SUPPRESSION_SECRET ?? requireSecret()) : requireSecret();
  return Buffer.from(hkdfSync("sha256", secret, "leadwright", purpose, 32));
}

/** What is signed for a long time (links in mails) keeps the first secret, as the hashes of erased people do: see SUPPRESSION_SECRET. */
const LASTING_PURPOSES = new Set(["meeting-manage", "booking-link"]);

export function sign(purpose: string, text: string): string {
  return createHmac("sha256", keyFor(purpose)).update(text).digest("base64url");
}

/** Constant-time comparison of a signature made by `sign`. */
export function isSignedBy(purpose: string, text: string, signature: string): boolean {
  const [expected, given] = [Buffer.from(sign(purpose, text)), Buffer.from(signature)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}
