import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdCompress } from "node:zlib";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { AppError } from "#server/core/errors.ts";
import { fingerprintOf, refuseOtherSecret } from "#server/core/fingerprint.ts";
import { provenWorkspace } from "#server/core/tenancy.ts";
import type { BlobStore } from "#server/providers/blob-store/port.ts";
import { letOwnerSee, listMigrations, listSequences, listTables } from "../queries/catalogue.ts";
import { type BackupHead, type BackupPart, FORMAT } from "../schema.ts";
import { backupKey, sealFrames } from "./envelope.ts";

type Told = { file: string; bytes: number; tables: number; rows: number; blobs: number; missingBlobs: number };

/**
 * One file with everything but the keys, from one snapshot, while the product runs. Streamed: memory does not grow with the data.
 */
export async function writeBackup(input: {
  ownerUrl: string;
  secret: string;
  lasting?: string;
  blobs: BlobStore;
  file: string;
  now: Date;
}): Promise<Told> {
  const client = new pg.Client({ connectionString: input.ownerUrl });
  client.on("error", () => {});
  await client.connect();
  const draft = `${input.file}.part`;
  try {
    const lasting = input.lasting ?? input.secret;
    await refuseOtherSecret(client, input.secret, { lasting });
    await letOwnerSee(client);
    await client.query("set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set client_encoding = 'UTF8'");
    await client.query("begin transaction isolation level repeatable read, read only");
    const version = (await client.query<{ v: string }>("select current_setting('server_version') as v")).rows[0]?.v ?? "";
    const head: BackupHead = {
      format: FORMAT,
      madeAt: input.now.toISOString(),
      fingerprint: fingerprintOf(input.secret),
      lastingFingerprint: fingerprintOf(lasting),
      salt: randomBytes(32).toString("base64"),
      migrations: await listMigrations(client),
      postgres: version,
    };
    const line = JSON.stringify(head);
    const told: Told = { file: input.file, bytes: 0, tables: 0, rows: 0, blobs: 0, missingBlobs: 0 };
    const key = backupKey(input.secret, head.salt);
    await pipeline(
      Readable.from(parts(client, input.blobs, told), { objectMode: false, highWaterMark: 64 * 1024 }),
      createZstdCompress(),
      async function* (source: AsyncIterable<Uint8Array>) {
        yield Buffer.from(`${line}\n`);
        yield* sealFrames(source, { line, key });
      },
      createWriteStream(draft, { mode: 0o600, flush: true }),
    );
    await client.query("commit");
    await rename(draft, input.file);
    return { ...told, bytes: (await stat(input.file)).size };
  } catch (error) {
    await rm(draft, { force: true });
    throw sayFile(error, input.file);
  } finally {
    await client.end();
  }
}

async function* parts(client: pg.Client, blobs: BlobStore, told: Told): AsyncGenerator<Buffer> {
  const rows: Record<string, number> = {};
  for (const { name, columns } of await listTables(client)) {
    yield lineOf({ part: "table", name, columns });
    const list = columns.map((column) => pg.escapeIdentifier(column)).join(", ");
    const copying = client.query(copyTo(`copy (select ${list} from ${name}) to stdout`));
    yield* chunked(copying);
    rows[name] = copying.rowCount ?? 0;
    told.tables += 1;
    told.rows += rows[name];
  }
  for (const sequence of await listSequences(client)) yield lineOf({ part: "sequence", ...sequence });
  yield* blobParts(client, blobs, told);
  yield lineOf({ part: "end", rows, blobs: told.blobs, missingBlobs: told.missingBlobs });
}

const PAGE = 500;

/** Files are stored before the rows that name them, so every row of the snapshot has its file unless it was erased meanwhile. */
async function* blobParts(client: pg.Client, blobs: BlobStore, told: Told): AsyncGenerator<Buffer> {
  let after = { workspaceId: "00000000-0000-0000-0000-000000000000", digest: "" };
  for (;;) {
    const { rows } = await client.query<typeof after>(
      `select distinct workspace_id as "workspaceId", digest from blobs where (workspace_id, digest) > ($1, $2) order by 1, 2 limit ${PAGE}`,
      [after.workspaceId, after.digest],
    );
    for (const blob of rows) {
      const source = await blobs.open(provenWorkspace(blob.workspaceId), blob.digest).catch((error: unknown) => {
        if (error instanceof AppError && error.code === "NOT_FOUND") return null;
        throw error;
      });
      if (!source) {
        told.missingBlobs += 1;
        continue;
      }
      yield lineOf({ part: "blob", ...blob });
      yield* chunked(source);
      told.blobs += 1;
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last;
  }
}

function lineOf(part: BackupPart): Buffer {
  return Buffer.from(`${JSON.stringify(part)}\n`);
}

async function* chunked(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    if (chunk.byteLength === 0) continue;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.byteLength);
    yield Buffer.concat([length, chunk]);
  }
  yield Buffer.alloc(4);
}

function sayFile(error: unknown, file: string): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === "ENOSPC")
    return new AppError("INVALID_STATE", `The disk is full: ${file} could not be written. Nothing was left behind.`, { cause: error });
  if (code === "ENOENT" || code === "EACCES" || code === "EROFS")
    return new AppError("INVALID_STATE", `${file} cannot be written to (${String(code)}). Name a file in a folder of yours.`, {
      cause: error,
    });
  return error;
}
