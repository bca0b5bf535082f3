import { createHash, hkdfSync } from "node:crypto";
import type pg from "pg";
import { AppError } from "./errors.ts";

/** Tells two secrets apart without saying anything about either. */
export function fingerprintOf(secret: string): string {
  return createHash("sha256")
    .update(Buffer.from(hkdfSync("sha256", secret, "leadwright", "fingerprint", 32)))
    .digest("hex")
    .slice(0, 32);
}

/** A database sealed with another secret could be read by nobody: refuse it before anything is changed. */
export async function refuseOtherSecret(client: pg.Client, secret: string): Promise<void> {
  const { rows } = await client.query<{ exists: boolean }>("select to_regclass('public.instance') is not null as exists");
  if (!rows[0]?.exists) return;
  const known = await client.query<{ secret: string | null }>("select key_fingerprints->>'secret' as secret from instance where id = 1");
  const print = known.rows[0]?.secret;
  if (print && print !== fingerprintOf(secret))
    throw new AppError(
      "INVALID_STATE",
      "This database was sealed with another APP_SECRET. Start with that secret (it is in the file `secret` of the data folder of the instance that made it).",
    );
}

export async function rememberSecret(client: pg.Client, secret: string): Promise<void> {
  await client.query("insert into instance (id, key_fingerprints) values (1, $1) on conflict (id) do nothing", [
    { secret: fingerprintOf(secret) },
  ]);
}
