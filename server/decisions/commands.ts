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
  const [id, { workspaceId, now }] = [newId(), tx];
  const { payload, ...facts } = decision;
  const payloadId = payload === undefined ? null : newId();
  if (payloadId && payload !== undefined) {
    const hash = createHash("sha256").update(JSON.stringify(payload)).digest("hex");
    await tx.subjectPayload.create({ data: { id: payloadId, workspaceId, leadId: decision.leadId, payload, hash, createdAt: now } });
  }
  await tx.decision.create({ data: { id, workspaceId, ...facts, payloadId, at: now } });
  return id;
}
