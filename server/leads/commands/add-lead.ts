import { recordAudit } from "#server/audit/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import type { CreateLeadInput } from "../schema.ts";
import type { Corrector } from "./correct-lead.ts";
import { createLead } from "./create-lead.ts";

/** Somebody adds a person by hand or through the API: who is here already is not added twice. */
export async function addLead(tx: Tx, input: CreateLeadInput, by: Corrector): Promise<string> {
  const ownerId = input.ownerId ?? by.userId;
  const owner = await tx.member.findFirst({ where: { userId: ownerId, removedAt: null }, select: { userId: true } });
  if (!owner) throw new AppError("INVALID_INPUT", "Choose an owner who is in this workspace.");
  const { id, created, wasDeleted } = await createLead(tx, {
    ...input,
    ownerId,
    source: by.actorKind === "person" ? "by hand" : "api",
    actorId: by.userId,
  });
  if (wasDeleted) throw new AppError("CONFLICT", "Somebody with this e-mail address is in the trash. Restore them there.");
  if (!created) throw new AppError("CONFLICT", "Somebody here has this e-mail address already. One person per address.");
  await recordAudit(tx, { actorId: by.userId, actorKind: by.actorKind, action: "lead/created", subjectType: "lead", subjectId: id });
  return id;
}
