import { createHash } from "node:crypto";
import type { Tx } from "#server/core/db.ts";
import { newId } from "#server/core/ids.ts";
import type { Prisma } from "#server/generated/prisma/client.ts";
import type { DecisionKind } from "./schema.ts";

export type DecisionInput = {
  kind: DecisionKind;
  subjectType: string;
  subjectId: string;
  leadId: string | null;
  /** The rule, table or model that decided, and its version. */
  rule: string;
  version: string;
  /** What was decided: ids and closed values only. */
  result: Prisma.InputJsonValue;
  /** Personal values that the decision rested on; deleted when the person is erased, while the hash stays. */
  payload?: Prisma.InputJsonValue;
};

/** Stores how something was decided, so that "Why" can show it and it can be replayed. */
export async function recordDecision(tx: Tx, decision: DecisionInput): Promise<string> {
  const [id] = await recordDecisions(tx, [decision]);
  return id ?? "";
}

/** The same for many at once: two statements, however many there are. */
export async function recordDecisions(tx: Tx, decisions: readonly DecisionInput[]): Promise<string[]> {
  const { workspaceId, now } = tx;
  const payloads: Prisma.SubjectPayloadCreateManyInput[] = [];
  const rows = decisions.map(({ payload, ...facts }) => {
    const id = newId();
    if (payload === undefined) return { id, workspaceId, ...facts, payloadId: null, at: now };
    const payloadId = newId();
    const hash = createHash("sha256").update(JSON.stringify(payload)).digest("hex");
    payloads.push({ id: payloadId, workspaceId, leadId: facts.leadId, payload, hash, createdAt: now });
    return { id, workspaceId, ...facts, payloadId, at: now };
  });
  if (payloads.length > 0) await tx.subjectPayload.createMany({ data: payloads });
  if (rows.length > 0) await tx.decision.createMany({ data: rows });
  return rows.map((row) => row.id);
}
