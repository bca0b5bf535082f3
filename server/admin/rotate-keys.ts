import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { inIdentity, inWorkspace } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { fingerprintOf } from "#server/core/fingerprint.ts";
import { type SealPlace, seal, unseal } from "#server/core/seal.ts";
import { provenWorkspace, type WorkspaceId } from "#server/core/tenancy.ts";
import { Prisma } from "#server/generated/prisma/client.ts";
import type { BlobStore } from "#server/providers/blob-store/port.ts";

/** Every column that holds sealed values: a test finds them in the database's catalogue. */
export const SEALED_COLUMNS = [
  { table: "mailboxes", column: "secret" },
  { table: "erasures", column: "terms" },
] as const;
export const SEALED_OF_PEOPLE = { table: "users", column: "totp_secret" } as const;

type Secrets = { old: string; next: string; lasting: string };
type Options = { folder: string; blobsWith: (secret: string) => BlobStore; say: (sentence: string) => void };
type Done = { values: number; files: number };

/**
 * Seals everything anew. Each value is tried with the new secret first, so that a run that was interrupted goes on where it was. Nothing else
 * may run meanwhile: the start is refused until this has ended. The key of erased people's hashes stays.
 */
export async function rotateKeys(secrets: Secrets, options: Options): Promise<Done> {
  if (!(await beginRotation(secrets))) return { values: 0, files: 0 };
  const done: Done = { values: await resealPeople(secrets), files: 0 };
  const workspaces = await inIdentity((tx) => tx.workspace.findMany({ select: { id: true }, orderBy: { createdAt: "asc" } }));
  for (const [index, { id }] of workspaces.entries()) {
    const workspaceId = provenWorkspace(id);
    for (const place of SEALED_COLUMNS) done.values += await resealColumn(workspaceId, place, secrets);
    done.files += await resealFiles(workspaceId, secrets, options);
    options.say(`${index + 1} of ${workspaces.length} workspaces: ${done.values} secrets and ${done.files} files sealed anew`);
  }
  await endRotation(secrets);
  return done;
}

/** False when it has ended already, and only the file of the secret was not changed yet. */
async function beginRotation({ old, next, lasting }: Secrets): Promise<boolean> {
  return inIdentity(async (tx) => {
    const instance = await tx.instance.findUniqueOrThrow({ where: { id: 1 } });
    const prints = instance.keyFingerprints as { secret?: string; next?: string };
    if (prints.secret === fingerprintOf(next)) return false;
    if (prints.next && prints.next !== fingerprintOf(next))
      throw new AppError("INVALID_INPUT", "A change to another secret has begun. Finish it with that one.");
    const keyFingerprints = { secret: fingerprintOf(old), lasting: fingerprintOf(lasting), next: fingerprintOf(next) };
    await tx.instance.update({ where: { id: 1 }, data: { keyFingerprints } });
    return true;
  });
}

async function endRotation({ next, lasting }: Secrets): Promise<void> {
  const keyFingerprints = { secret: fingerprintOf(next), lasting: fingerprintOf(lasting) };
  await inIdentity((tx) => tx.instance.update({ where: { id: 1 }, data: { keyFingerprints } }));
}

async function resealPeople(secrets: Secrets): Promise<number> {
  return inIdentity(async (tx) => {
    const users = await tx.user.findMany({ where: { totpSecret: { not: null } }, select: { id: true, totpSecret: true } });
    let changed = 0;
    for (const { id, totpSecret } of users) {
      const sealed = totpSecret && reseal(totpSecret, { workspaceId: "", ...SEALED_OF_PEOPLE, rowId: id }, secrets);
      if (!sealed) continue;
      await tx.user.update({ where: { id }, data: { totpSecret: sealed } });
      changed += 1;
    }
    return changed;
  });
}

async function resealColumn(workspaceId: WorkspaceId, place: (typeof SEALED_COLUMNS)[number], secrets: Secrets): Promise<number> {
  const [table, column] = [Prisma.raw(place.table), Prisma.raw(place.column)];
  return inWorkspace(workspaceId, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; sealed: Uint8Array }[]>`
      select id, ${column} as sealed from ${table} where workspace_id = ${workspaceId}::uuid and ${column} is not null for update`;
    let changed = 0;
    for (const { id, sealed } of rows) {
      const anew = reseal(sealed, { workspaceId, ...place, rowId: id }, secrets);
      if (!anew) continue;
      await tx.$executeRaw`update ${table} set ${column} = ${anew} where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid`;
      changed += 1;
    }
    return changed;
  });
}

/** Null when it is sealed with the new secret already. */
function reseal(sealed: Uint8Array, place: SealPlace, { old, next }: Secrets): Uint8Array<ArrayBuffer> | null {
  try {
    unseal(sealed, place, next);
    return null;
  } catch {
    return seal(unseal(sealed, place, old), place, next);
  }
}

async function resealFiles(workspaceId: WorkspaceId, { old, next }: Secrets, { folder, blobsWith }: Options): Promise<number> {
  const [from, to] = [blobsWith(old), blobsWith(next)];
  const shelves = await readdir(join(folder, workspaceId), { withFileTypes: true }).catch(() => []);
  let changed = 0;
  for (const shelf of shelves.filter((entry) => entry.isDirectory())) {
    for (const digest of await readdir(join(folder, workspaceId, shelf.name))) {
      if (await isReadable(to, workspaceId, digest)) continue;
      // Written beside it and renamed over it; its name is the digest of the plain bytes, so a wrong key is noticed.
      if (!(await isReadable(from, workspaceId, digest))) throw new AppError("INVALID_STATE", `A stored file cannot be opened: ${digest}.`);
      await to.put(workspaceId, await from.open(workspaceId, digest));
      changed += 1;
    }
  }
  return changed;
}

async function isReadable(store: BlobStore, workspaceId: WorkspaceId, digest: string): Promise<boolean> {
  try {
    for await (const _ of await store.open(workspaceId, digest));
    return true;
  } catch {
    return false;
  }
}
