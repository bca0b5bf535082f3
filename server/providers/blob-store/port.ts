import type { WorkspaceId } from "#server/core/tenancy.ts";

/** Keeps files of a workspace by content: the same bytes are stored once. Sealed per workspace at rest. */
export interface BlobStore {
  readonly name: string;
  /** Stores the stream and resolves to its sha-256 (hex) and size in bytes. Fails with TOO_LARGE past `maxBytes`. */
  put(
    workspaceId: WorkspaceId,
    source: AsyncIterable<Uint8Array>,
    options?: { maxBytes?: number },
  ): Promise<{ digest: string; bytes: number }>;
  /** Streams the plain bytes. Throws NOT_FOUND when there is no such file. */
  open(workspaceId: WorkspaceId, digest: string): Promise<AsyncIterable<Uint8Array>>;
  remove(workspaceId: WorkspaceId, digest: string): Promise<void>;
}
