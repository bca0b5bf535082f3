import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { AppError } from "#server/core/errors.ts";
import { fingerprintOf } from "#server/core/fingerprint.ts";
import { migrateDatabase } from "#server/core/migrate.ts";
import { provenWorkspace, type WorkspaceId } from "#server/core/tenancy.ts";
import type { BlobStore } from "#server/providers/blob-store/port.ts";
import { liftForce, listReferences, listTables } from "../queries/catalogue.ts";
import { type BackupHead, type BackupPart, backupHead, backupPart, MOST_LINE_BYTES } from "../schema.ts";
import { ByteReader } from "./byte-reader.ts";
import { emptyDatabase } from "./empty-database.ts";
import { backupKey, openFrames } from "./envelope.ts";

type Input = {
  ownerUrl: string;
  loginPassword: string;
  secret: string;
  lasting?: string;
  blobs: BlobStore;
  file: string;
  migrations: readonly string[];
};
type Told = { madeAt: string; tables: number; rows: number; blobs: number; missingBlobs: number; applied: string[] };
const BROKEN = "This backup is not complete. Nothing was restored; take another copy of it.";

/**
 * Fills an empty instance: first the migrations that the backup had, then its rows in one transaction, then whatever this release
 * adds. Files that were put before a failure are taken away again.
 */
export async function restoreBackup(input: Input): Promise<Told> {
  const file = createReadStream(input.file);
  const reader = new ByteReader(file);
  const line = await reader.line(MOST_LINE_BYTES).catch((cause: unknown) => {
    throw new AppError("INVALID_INPUT", `${input.file} cannot be read.`, { cause });
  });
  const head = readHead(line, input);
  await emptyDatabase(input.ownerUrl);
  await migrateDatabase({ ...input, only: head.migrations });

  const client = new pg.Client({ connectionString: input.ownerUrl });
  client.on("error", () => {});
  await client.connect();
  const put: { workspaceId: WorkspaceId; digest: string }[] = [];
  try {
    const told: Told = { madeAt: head.madeAt, tables: 0, rows: 0, blobs: 0, missingBlobs: 0, applied: [] };
    await client.query("set timezone = 'UTC'; set datestyle = 'ISO'; set client_encoding = 'UTF8'; set synchronous_commit = on");
    await client.query("begin");
    const doors = await openDoors(client);
    const frames = openFrames(reader, { line: line ?? "", key: backupKey(input.secret, head.salt) });
    await pipeline(Readable.from(frames), createZstdDecompress(), async (plain: AsyncIterable<Uint8Array>) => {
      await fill(client, new ByteReader(plain), { blobs: input.blobs, told, put });
    });
    await doors.close();
    await client.query("commit");
    const { applied } = await migrateDatabase(input);
    await client.query("analyze");
    return { ...told, applied };
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    for (const blob of put) await input.blobs.remove(blob.workspaceId, blob.digest);
    throw (error as { code?: unknown }).code === "ZSTD_error_corruption_detected"
      ? new AppError("INVALID_STATE", BROKEN, { cause: error })
      : error;
  } finally {
    file.destroy();
    await client.end();
  }
}

function readHead(line: string | null, input: Input): BackupHead {
  const parsed = backupHead.safeParse(parseJson(line ?? ""));
  if (!parsed.success) throw new AppError("INVALID_INPUT", `${input.file} is not a backup of Leadwright, or one of another format.`);
  const head = parsed.data;
  const unknown = head.migrations.filter((name) => !input.migrations.includes(name));
  if (unknown.length > 0)
    throw new AppError("INVALID_STATE", `This backup was made by a newer release (it has ${unknown[0]}). Restore it with that release.`);
  if (head.fingerprint !== fingerprintOf(input.secret))
    throw new AppError(
      "INVALID_STATE",
      "This backup was sealed with another APP_SECRET. Set APP_SECRET to the one of the instance that made it (the file `secret` in its data folder) and restore again.",
    );
  if (head.lastingFingerprint !== fingerprintOf(input.lasting ?? input.secret))
    throw new AppError(
      "INVALID_STATE",
      "This backup needs the SUPPRESSION_SECRET of the instance that made it (the file `suppression-secret` in its data folder): without it, erased people could be mailed again.",
    );
  return head;
}

/** References and triggers out of the way while rows arrive in any order; each reference is checked when it comes back. */
async function openDoors(client: pg.Client): Promise<{ close: () => Promise<void> }> {
  const forced = await liftForce(client);
  const references = await listReferences(client);
  const tables = await listTables(client);
  for (const { table, name } of references) await client.query(`alter table ${table} drop constraint ${name}`);
  for (const { name } of tables) await client.query(`alter table ${name} disable trigger user; truncate ${name}`);
  return {
    async close() {
      for (const { name } of tables) await client.query(`alter table ${name} enable trigger user`);
      for (const { table, name, definition } of references) await client.query(`alter table ${table} add constraint ${name} ${definition}`);
      for (const name of forced) await client.query(`alter table ${name} force row level security`);
    },
  };
}

type Filling = { blobs: BlobStore; told: Told; put: { workspaceId: WorkspaceId; digest: string }[] };

async function fill(client: pg.Client, reader: ByteReader, { blobs, told, put }: Filling): Promise<void> {
  const known = new Set((await listTables(client)).map(({ name }) => name));
  const rows: Record<string, number> = {};
  for (;;) {
    const part = readPart(await reader.line(MOST_LINE_BYTES));
    if (part.part === "table") {
      if (!known.has(part.name))
        throw new AppError("INVALID_STATE", `This backup has a table that this release does not know (${part.name}).`);
      const list = part.columns.map((column) => pg.escapeIdentifier(column)).join(", ");
      const copying = client.query(copyFrom(`copy ${part.name} (${list}) from stdin`));
      await pipeline(Readable.from(chunks(reader)), copying);
      rows[part.name] = copying.rowCount ?? 0;
      told.tables += 1;
      told.rows += rows[part.name] ?? 0;
    } else if (part.part === "sequence") {
      await client.query("select setval($1::regclass, $2::bigint, $3)", [part.name, part.value, part.isCalled]);
    } else if (part.part === "blob") {
      const workspaceId = provenWorkspace(part.workspaceId);
      const { digest } = await blobs.put(workspaceId, chunks(reader));
      put.push({ workspaceId, digest });
      if (digest !== part.digest) throw new AppError("INVALID_STATE", BROKEN);
      told.blobs += 1;
    } else {
      const isWhole = JSON.stringify(rows) === JSON.stringify(part.rows) && told.blobs === part.blobs;
      if (!isWhole) throw new AppError("INVALID_STATE", BROKEN);
      told.missingBlobs = part.missingBlobs;
      return;
    }
  }
}

function readPart(line: string | null): BackupPart {
  const parsed = backupPart.safeParse(parseJson(line ?? ""));
  if (!parsed.success) throw new AppError("INVALID_STATE", BROKEN);
  return parsed.data;
}

async function* chunks(reader: ByteReader): AsyncGenerator<Buffer> {
  for (;;) {
    const length = (await reader.read(4))?.readUInt32BE();
    if (length === 0) return;
    const chunk = length === undefined ? null : await reader.read(length);
    if (!chunk) throw new AppError("INVALID_STATE", BROKEN);
    yield chunk;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
