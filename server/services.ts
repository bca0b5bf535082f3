import { join } from "node:path";
import { env } from "#server/core/env.ts";
import { requireSecret } from "#server/core/secret.ts";
import { createFolderBlobStore } from "#server/providers/blob-store/folder.ts";
import type { BlobStore } from "#server/providers/blob-store/port.ts";

/** Everything outside the product, behind ports. The only file that picks an adapter. */
export type Services = {
  blobs: BlobStore;
};

export const services: Services = {
  blobs: createFolderBlobStore({ folder: join(env.DATA_DIR, "blobs"), secret: requireSecret }),
};
