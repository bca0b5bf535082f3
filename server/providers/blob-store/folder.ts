import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { BlobStore } from "./port.ts";

const IV_BYTES = 16;

/**
 * Embedded default: files below a folder, each encrypted with a key of its workspace (AES-256-CTR; the file's name is the
 * digest of its plain bytes, which is checked when it is read to the end).
 */
export function createFolderBlobStore(config: { folder: string; secret: () => string }): BlobStore {
  const keyOf = (workspaceId: WorkspaceId) => Buffer.from(hkdfSync("sha256", config.secret(), workspaceId, "blob-store", 32));
  const pathOf = (workspaceId: WorkspaceId, digest: string) => join(config.folder, workspaceId, digest.slice(0, 2), digest);

  return {
    name: "folder",
    async put(workspaceId, source, options) {
      const draft = join(config.folder, workspaceId, `incoming-${newId()}`);
      await mkdir(dirname(draft), { recursive: true, mode: 0o700 });
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-ctr", keyOf(workspaceId), iv);
      const hash = createHash("sha256");
      let bytes = 0;
      const sealed = async function* () {
        yield iv;
        for await (const chunk of source) {
          bytes += chunk.byteLength;
          if (options?.maxBytes !== undefined && bytes > options.maxBytes) throw new AppError("TOO_LARGE", "This file is too large.");
          hash.update(chunk);
          yield cipher.update(chunk);
        }
        yield cipher.final();
      };
      try {
        await pipeline(Readable.from(sealed()), createWriteStream(draft, { mode: 0o600, flush: true }));
        const digest = hash.digest("hex");
        await mkdir(dirname(pathOf(workspaceId, digest)), { recursive: true, mode: 0o700 });
        await rename(draft, pathOf(workspaceId, digest));
        return { digest, bytes };
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    async open(workspaceId, digest) {
      const path = pathOf(workspaceId, digest);
      const iv = await readIv(path);
      const decipher = createDecipheriv("aes-256-ctr", keyOf(workspaceId), iv);
      return checked(createReadStream(path, { start: IV_BYTES }).pipe(decipher), digest);
    },
    async remove(workspaceId, digest) {
      await rm(pathOf(workspaceId, digest), { force: true });
    },
  };
}

async function readIv(path: string): Promise<Buffer> {
  const file = await open(path, "r").catch((cause: unknown) => {
    throw new AppError("NOT_FOUND", "This file is no longer stored.", { cause });
  });
  try {
    const iv = Buffer.alloc(IV_BYTES);
    await file.read(iv, 0, IV_BYTES, 0);
    return iv;
  } finally {
    await file.close();
  }
}

/** Passes the bytes on and fails at the end when they are not the ones that were stored. */
async function* checked(source: AsyncIterable<Uint8Array>, digest: string): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest("hex") !== digest) throw new AppError("NOT_FOUND", "This stored file is damaged: its content does not match its digest.");
}
