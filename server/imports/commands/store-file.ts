import { isAscii } from "node:buffer";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { BlobStore } from "#server/providers/blob-store/port.ts";
import { fitsHeadings, guessMapping } from "../domain/guess-mapping.ts";
import { sniffFile } from "../domain/sniff-file.ts";
import { type FileShape, MAX_COLUMNS, MAX_FILE_BYTES, type Mapping, mapping as mappingSchema } from "../schema.ts";

const HEAD_BYTES = 256 * 1024;

export type IncomingFile = {
  fileName: string;
  mediaType: string;
  source: AsyncIterable<Uint8Array>;
  userId: string;
  /** what the sender announced; a shorter body was cut on its way */
  expectedBytes?: number | null;
};

export type StoredFile = { digest: string; bytes: number; fileName: string; mediaType: string; userId: string };

/** Stores the raw file before anything else, then looks at its form and guesses its columns. Nothing of its content is a lead yet. */
export async function storeFile(deps: { blobs: BlobStore }, workspaceId: WorkspaceId, file: IncomingFile): Promise<{ id: string }> {
  return recordFile(deps, workspaceId, await putFile(deps, workspaceId, file));
}

/** Until it is recorded, nobody knows of it. */
export async function putFile(deps: { blobs: BlobStore }, workspaceId: WorkspaceId, file: IncomingFile): Promise<StoredFile> {
  const { digest, bytes } = await deps.blobs.put(workspaceId, file.source, { maxBytes: MAX_FILE_BYTES });
  const refused =
    typeof file.expectedBytes === "number" && bytes !== file.expectedBytes
      ? `Only ${bytes.toLocaleString("en")} of ${file.expectedBytes.toLocaleString("en")} bytes arrived. Nothing was imported; send the file again.`
      : bytes === 0
        ? "This file is empty."
        : null;
  if (refused) {
    await forgetUnrecorded(deps.blobs, workspaceId, digest);
    throw new AppError("INVALID_INPUT", refused);
  }
  return { digest, bytes, fileName: file.fileName, mediaType: file.mediaType, userId: file.userId };
}

export async function recordFile(deps: { blobs: BlobStore }, workspaceId: WorkspaceId, file: StoredFile): Promise<{ id: string }> {
  const looked = await lookAt(deps.blobs, workspaceId, file.digest, file.bytes).catch(async (error: unknown) => {
    // Only what is no list, which it will not be for anybody else who is just sending the same.
    if (error instanceof AppError && error.code === "INVALID_INPUT") await forgetUnrecorded(deps.blobs, workspaceId, file.digest);
    throw error;
  });
  return inWorkspace(workspaceId, (tx) => recordImport(tx, { shape: { ...looked, bytes: file.bytes }, file }));
}

/** A file that was refused is full of people whom no erasure would find: nobody knows of it. Unless it is one that was taken before. */
export async function forgetUnrecorded(blobs: BlobStore, workspaceId: WorkspaceId, digest: string): Promise<void> {
  const known = await inWorkspace(workspaceId, (tx) => tx.blob.count({ where: { digest } }));
  if (known === 0) await blobs.remove(workspaceId, digest);
}

async function lookAt(blobs: BlobStore, workspaceId: WorkspaceId, digest: string, bytes: number): Promise<Omit<FileShape, "bytes">> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let isPlain = true;
  let telling: Uint8Array | null = null;
  for await (const chunk of await blobs.open(workspaceId, digest)) {
    if (size >= HEAD_BYTES && !isPlain) break;
    if (size < HEAD_BYTES) {
      parts.push(chunk);
      size += chunk.byteLength;
      isPlain &&= isAscii(chunk);
    } else if (!isAscii(chunk)) {
      telling = chunk;
      break;
    }
  }
  const head = Buffer.concat(parts);
  refuseOtherKinds(head);
  const shape = sniffFile(head, size >= bytes, telling);
  if (shape.headings.length === 0) throw new AppError("INVALID_INPUT", "No rows were found in this file.");
  if (shape.headings.length > MAX_COLUMNS)
    throw new AppError("INVALID_INPUT", `This file has ${shape.headings.length} columns; ${MAX_COLUMNS} are the most.`);
  return shape;
}

function refuseOtherKinds(head: Buffer): void {
  const start = head.subarray(0, 8).toString("latin1");
  if (start.startsWith("PK")) throw new AppError("INVALID_INPUT", "This is an Excel or zip file. Save the sheet as CSV and drop that.");
  if (start.startsWith("\u00d0\u00cf\u0011\u00e0"))
    throw new AppError("INVALID_INPUT", "This is an old Excel file. Save the sheet as CSV and drop that.");
  if (start.startsWith("%PDF")) throw new AppError("INVALID_INPUT", "This is a PDF. Only lists in CSV form can be imported.");
}

async function recordImport(tx: Tx, given: { shape: FileShape; file: StoredFile }): Promise<{ id: string }> {
  const blobId = newId();
  const id = newId();
  await tx.blob.create({
    data: {
      id: blobId,
      workspaceId: tx.workspaceId,
      digest: given.file.digest,
      bytes: BigInt(given.file.bytes),
      mediaType: given.file.mediaType,
      createdAt: tx.now,
    },
  });
  const fileName = cleanFileName(given.file.fileName);
  await tx.leadImport.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      fileName,
      blobId,
      shape: given.shape,
      mapping: await mappingFor(tx, given.shape),
      options: {
        dedupe: "update",
        ownerId: given.file.userId,
        listName: fileName.replace(/\.(?:csv|tsv|txt)$/i, "") || fileName,
        lawfulBasis: null,
      },
      status: "stored",
      createdById: given.file.userId,
      createdAt: tx.now,
    },
  });
  return { id };
}

/** The mapping that somebody chose for these headings before, else the guess. */
async function mappingFor(tx: Tx, shape: FileShape): Promise<Mapping> {
  const remembered = shape.hasHeadings ? await tx.importMapping.findFirst({ where: { headingsKey: shape.headingsKey } }) : null;
  const parsed = remembered ? mappingSchema.safeParse(remembered.mapping) : null;
  if (parsed?.success && fitsHeadings(parsed.data, shape.headings)) return parsed.data;
  const known = await tx.customField.findMany({ select: { key: true, type: true } });
  return guessMapping(
    shape,
    known.flatMap(({ key, type }) => (type === "number" || type === "date" || type === "text" ? [{ key, type }] : [])),
  );
}

function cleanFileName(raw: string): string {
  const name =
    raw
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\p{Cc}/gu, "")
      .trim() ?? "";
  return name.slice(0, 120) || "import.csv";
}

/** What was pasted is a file like any other. */
export function storePaste(
  deps: { blobs: BlobStore },
  workspaceId: WorkspaceId,
  input: { text: string; userId: string },
): Promise<{ id: string }> {
  async function* bytes() {
    yield Buffer.from(input.text);
  }
  return storeFile(deps, workspaceId, { fileName: "pasted rows.csv", mediaType: "text/csv", source: bytes(), userId: input.userId });
}
