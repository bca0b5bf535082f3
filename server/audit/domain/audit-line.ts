import { createHash } from "node:crypto";

export type ChainedEntry = {
  seq: number;
  id: string;
  atMs: number;
  actorId: string | null;
  actorKind: string;
  action: string;
  subjectType: string;
  subjectId: string | null;
  fields: readonly string[];
  payloadId: string | null;
  payloadHash: string | null;
};

/** The hash of an entry covers the one before it. The database's seal_audit computes the same. */
export function hashEntry(before: string, entry: ChainedEntry): string {
  const { seq, id, atMs, actorId, actorKind, action, subjectType, subjectId, fields, payloadId, payloadHash } = entry;
  const parts = [seq, id, atMs, actorId, actorKind, action, subjectType, subjectId, fields, payloadId, payloadHash];
  const line = `[${parts.map((part) => JSON.stringify(part)).join(", ")}]`;
  return createHash("sha256").update(`${before}\n${line}`).digest("hex");
}

/** The same for the same values, in whatever order the database gives the keys back. */
export function hashPayload(payload: unknown): string {
  return createHash("sha256").update(canonical(payload)).digest("hex");
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(",")}}`;
}
