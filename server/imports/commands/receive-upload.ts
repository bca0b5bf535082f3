import * as z from "zod";
import { inWorkspace } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { customFieldKey } from "#server/leads/domain/custom-field.ts";
import type { BlobStore } from "#server/providers/blob-store/port.ts";
import { type ColumnMapping, importOptions, importQuery, MAX_FILE_BYTES, mapping as mappingSchema } from "../schema.ts";
import { saveMapping, startImport } from "./plan-import.ts";
import { forgetUnrecorded, type IncomingFile, putFile, recordFile, type StoredFile, storeFile } from "./store-file.ts";

type Upload = { request: Request; userId: string };

/** Stores a file that somebody dropped. */
export async function receiveUpload(deps: { blobs: BlobStore }, workspaceId: WorkspaceId, upload: Upload): Promise<{ id: string }> {
  return storeFile(deps, workspaceId, fileOf(upload));
}

/** The name stands in the address, percent-encoded: headers carry no other letters. */
function fileOf({ request, userId }: Upload): IncomingFile {
  if (!request.body) throw new AppError("INVALID_INPUT", "This file is empty.");
  const fileName = new URL(request.url).searchParams.get("name") ?? "import.csv";
  const announced = Number(request.headers.get("content-length") ?? Number.NaN);
  if (announced > MAX_FILE_BYTES)
    throw new AppError("TOO_LARGE", "A list has at most 512 MB. Split it, and drop one part after the other.");
  return {
    fileName,
    mediaType: request.headers.get("content-type") ?? "text/csv",
    source: request.body,
    userId,
    expectedBytes: Number.isInteger(announced) ? announced : null,
  };
}

/** The import of a script: the file is stored, and `start` begins with it: columns guessed or given. */
export async function receiveImport(
  deps: { blobs: BlobStore },
  workspaceId: WorkspaceId,
  upload: Upload,
): Promise<{ digest: string; start: () => Promise<{ id: string }>; forget: () => Promise<void> }> {
  const asked = importQuery.safeParse(Object.fromEntries(new URL(upload.request.url).searchParams));
  if (!asked.success) throw new AppError("INVALID_INPUT", asked.error.issues[0]?.message ?? "The address is not valid.");
  const given = asked.data.mapping === undefined ? null : readMapping(asked.data.mapping);
  const file = await putFile(deps, workspaceId, fileOf(upload));
  return {
    digest: file.digest,
    start: () => startUpload(deps, workspaceId, file, { ...asked.data, given }),
    forget: () => forgetUnrecorded(deps.blobs, workspaceId, file.digest),
  };
}

type Asked = Pick<z.output<typeof importQuery>, "dedupe" | "list"> & { given: z.output<typeof givenMapping> | null };

async function startUpload(
  deps: { blobs: BlobStore },
  workspaceId: WorkspaceId,
  file: StoredFile,
  { dedupe, list, given }: Asked,
): Promise<{ id: string }> {
  const { id } = await recordFile(deps, workspaceId, file);
  await inWorkspace(workspaceId, async (tx) => {
    const record = await tx.leadImport.findFirstOrThrow({ where: { id } });
    const options = {
      ...importOptions.parse(record.options),
      dedupe,
      ...(list && { listName: list }),
    };
    const guessed = mappingSchema.parse(record.mapping);
    const mapping =
      given === null
        ? guessed
        : Array.isArray(given)
          ? given
          : guessed.map((entry) => renamed(entry, (Object.hasOwn(given, entry.heading) && given[entry.heading]) || entry.becomes));
    await saveMapping(tx, { id, mapping, options }, { isStarting: true });
    await startImport(tx, id, file.userId);
  });
  return { id };
}

/** A column that was guessed to be something else has no name of its own yet: its heading is it. */
function renamed(entry: ColumnMapping, becomes: ColumnMapping["becomes"]): ColumnMapping {
  if (becomes !== "custom" || entry.key) return { ...entry, becomes };
  return { ...entry, becomes, key: customFieldKey(entry.heading) || `column_${entry.column + 1}`, type: entry.type ?? "text" };
}

/** Either the full list of columns, or { "heading": "field" } for those that differ from the guess. */
const givenMapping = z.union([mappingSchema, z.record(z.string(), mappingSchema.element.shape.becomes)]);

function readMapping(text: string): z.output<typeof givenMapping> {
  try {
    return givenMapping.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError("INVALID_INPUT", 'mapping is JSON: {"Heading": "email", …} with the fields of the import page.', { cause });
  }
}
