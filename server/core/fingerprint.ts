import { createHash, hkdfSync } from "node:crypto";
import type pg from "pg";
import { AppError } from "./errors.ts";

/** What of the keys a database knows. `next`: a change of APP_SECRET that has begun and not ended. */
type Prints = { secret?: string; lasting?: string; next?: string };

/** Tells two secrets apart without saying anything about either. */
export function fingerprintOf(secret: string): string {
  return createHash("sha256")
    .update(Buffer.from(hkdfSync("sha256", secret, "leadwright", "fingerprint", 32)))
    .digest("hex")
    .slice(0, 32);
}

/**
 * A database sealed with another secret could be read by nobody, and with another lasting secret erased people would be mailed again: both
 * are refused before anything is changed. `lasting`: SUPPRESSION_SECRET, or the secret itself until it was ever changed.
 */
export async function refuseOtherSecret(
  client: pg.Client,
  secret: string,
  options: { lasting?: string; isRotating?: boolean } = {},
): Promise<void> {
  const prints = await readPrints(client);
  if (!prints) return;
  if (prints.next && !options.isRotating)
    throw new AppError("INVALID_STATE", "A change of APP_SECRET has begun and not ended. Finish it: npm run admin -- rotate-keys");
  if (prints.secret && prints.secret !== fingerprintOf(secret))
    throw new AppError(
      "INVALID_STATE",
      "This database was sealed with another APP_SECRET. Start with that secret (it is in the file `secret` of the data folder of the instance that made it).",
    );
  if (prints.lasting && prints.lasting !== fingerprintOf(options.lasting ?? secret))
    throw new AppError(
      "INVALID_STATE",
      "SUPPRESSION_SECRET is not the one of this database. Set it to the APP_SECRET that this database was first used with: without it, erased people could be mailed again.",
    );
}

export async function rememberSecret(client: pg.Client, secret: string, lasting: string = secret): Promise<void> {
  const prints: Prints = { secret: fingerprintOf(secret), lasting: fingerprintOf(lasting) };
  await client.query(
    `insert into instance (id, key_fingerprints) values (1, $1)
     on conflict (id) do update set key_fingerprints = $1::jsonb || instance.key_fingerprints`,
    [prints],
  );
}

export async function readPrints(client: pg.Client): Promise<Prints | null> {
  const { rows } = await client.query<{ exists: boolean }>("select to_regclass('public.instance') is not null as exists");
  if (!rows[0]?.exists) return null;
  const known = await client.query<{ prints: Prints }>("select key_fingerprints as prints from instance where id = 1");
  return known.rows[0]?.prints ?? null;
}
