import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";

export type ObservationSource = "import" | "person" | "reply" | "website" | "booking" | "api" | "derived";
export type ObservedFields = Record<string, { value: string | number; quote?: string; confidence?: number }>;

/** Stores what one source said at one time, as given. Observations are never changed. */
export async function recordObservation(
  tx: Tx,
  said: {
    subjectType: "lead" | "account";
    subjectId: string;
    source: ObservationSource;
    sourceRef?: string | null;
    setById?: string | null;
    fields: ObservedFields;
    fetchedAt?: Date;
  },
): Promise<string | null> {
  if (Object.keys(said.fields).length === 0) return null;
  const id = newId();
  await tx.observation.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      subjectType: said.subjectType,
      subjectId: said.subjectId,
      source: said.source,
      sourceRef: said.sourceRef ?? null,
      setById: said.setById ?? null,
      fetchedAt: said.fetchedAt ?? tx.now,
      fields: said.fields,
    },
  });
  return id;
}

/** The fields that were given, in an observation's shape; what is empty says nothing. */
export function observed(values: Record<string, string | number | null | undefined>): ObservedFields {
  return Object.fromEntries(
    Object.entries(values).flatMap(([field, value]) => (value === null || value === undefined || value === "" ? [] : [[field, { value }]])),
  );
}
