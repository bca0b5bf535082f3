import * as z from "zod";

export const FORMAT = "leadwright-backup-1";
export const MOST_LINE_BYTES = 4_000_000;

/** The first line of the file. Nothing in it is secret, and nothing in it is about anybody. */
export const backupHead = z.object({
  format: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  /** of APP_SECRET: the backup holds no key, and opens with this one only */
  fingerprint: z.string(),
  /** of the secret that was first used: the hashes of erased people hang on it */
  lastingFingerprint: z.string(),
  salt: z.string(),
  /** the migrations that the database had: those are applied first, then the data, then the newer ones */
  migrations: z.array(z.string()),
  postgres: z.string(),
});
export type BackupHead = z.infer<typeof backupHead>;

/** What follows inside the frames: a line for each part; tables and blobs are followed by chunks of [length][bytes] up to one of length 0. */
export const backupPart = z.discriminatedUnion("part", [
  z.object({ part: z.literal("table"), name: z.string(), columns: z.array(z.string()) }),
  z.object({ part: z.literal("sequence"), name: z.string(), value: z.string(), isCalled: z.boolean() }),
  z.object({ part: z.literal("blob"), workspaceId: z.uuid(), digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  z.object({ part: z.literal("end"), rows: z.record(z.string(), z.number()), blobs: z.number(), missingBlobs: z.number() }),
]);
export type BackupPart = z.infer<typeof backupPart>;
