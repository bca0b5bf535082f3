import { companyDomainOfAddress } from "#server/accounts/domain/company-domain.ts";
import { recordAudit } from "#server/audit/commands.ts";
import { closeEnrolments } from "#server/campaigns/commands/close-enrolments.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { setDue } from "#server/jobs/due.ts";
import { refreshLeadState } from "#server/leads/commands/refresh-lead-state.ts";
import { cancelReserved } from "#server/sending/commands/cancel-reserved.ts";
import { recordActivity } from "#server/timeline/commands.ts";
import { SUPPRESSION_DUE, suppressionReasonLabels } from "./constants.ts";
import { protectedReasons, type SuppressionKind, type SuppressionReason } from "./schema.ts";

export type NewSuppression = {
  kind: SuppressionKind;
  /** normalised address, bare domain, account id, or hash */
  value: string;
  reason: SuppressionReason;
  note?: string | null;
  until?: Date | null;
  createdById?: string | null;
  /** id of the message or reply that caused it */
  sourceRef?: string | null;
};

export type Suppressed = { id: string; isNew: boolean; leadIds: string[] };

/**
 * Puts one value on the list, with its consequences in the same transaction: the people it means are locked, what is reserved for them is
 * cancelled, their campaigns end. A claim of a message locks the person too, so it either sees this or has committed before it.
 */
export async function suppress(tx: Tx, input: NewSuppression): Promise<Suppressed> {
  const [done] = await suppressMany(tx, [input]);
  if (!done) throw new Error("suppressMany answers every value");
  return done;
}

export async function suppressMany(tx: Tx, inputs: readonly NewSuppression[]): Promise<Suppressed[]> {
  const done: Suppressed[] = [];
  for (const input of inputs) {
    const leadIds = await lockPeople(tx, input);
    const id = newId();
    const rows = await tx.$queryRaw<{ id: string; until: Date | null }[]>`
      insert into suppressions (id, workspace_id, kind, value, reason, note, until, created_by_id, created_at, source_ref)
      values (${id}::uuid, ${tx.workspaceId}::uuid, ${input.kind}, ${input.value}, ${input.reason}, ${input.note ?? null}, ${input.until ?? null},
        ${input.createdById ?? null}::uuid, ${tx.now}, ${input.sourceRef ?? null})
      on conflict (workspace_id, kind, value, reason) where lifted_at is null
      do update set until = case when suppressions.until is null or excluded.until is null then null else greatest(suppressions.until, excluded.until) end
      returning id, until`;
    const isNew = rows[0]?.id === id;
    if (rows[0]?.until) await setDue(tx, { kind: SUPPRESSION_DUE, subjectId: rows[0].id, dueAt: rows[0].until });
    await stopPeople(tx, { leadIds, reason: `Do not contact: ${suppressionReasonLabels[input.reason].toLowerCase()}` });
    if (isNew) {
      for (const leadId of leadIds.slice(0, 200)) {
        await recordActivity(tx, {
          kind: "suppression/added",
          leadId,
          actorId: input.createdById ?? null,
          detail: { suppressionId: id, reason: input.reason, kind: input.kind },
        });
      }
    }
    done.push({ id: rows[0]?.id ?? id, isNew, leadIds });
  }
  return done;
}

/** Removes a rule from force. What the person wanted is lifted only by an admin, with a reason; the row stays, with who and why. */
export async function liftSuppression(
  tx: Tx,
  input: { id: string; reason?: string | undefined; liftedById: string; canLiftProtected: boolean },
): Promise<void> {
  const row = await tx.suppression.findFirst({ where: { id: input.id, liftedAt: null } });
  if (!row) throw new AppError("NOT_FOUND", "This is no longer on the list.");
  const reason = row.reason as SuppressionReason;
  if (reason === "erased") throw new AppError("FORBIDDEN", "An erased person stays on the list for good.");
  if (protectedReasons.includes(reason)) {
    if (!input.canLiftProtected) throw new AppError("FORBIDDEN", "Only an admin can lift what a person asked for.");
    if (!input.reason?.trim()) throw new AppError("INVALID_INPUT", "Give the reason for lifting it; it is kept in the audit.");
  }
  const { count } = await tx.suppression.updateMany({
    where: { id: row.id, liftedAt: null },
    data: { liftedAt: tx.now, liftedById: input.liftedById, liftedReason: input.reason ?? null },
  });
  if (count === 0) throw new AppError("CONFLICT", "Somebody else has just lifted it.");
  await recordAudit(tx, {
    actorId: input.liftedById,
    actorKind: "person",
    action: "suppression.lifted",
    subjectType: "suppression",
    subjectId: row.id,
    fields: ["liftedReason"],
  });
  const leadIds = await lockPeople(tx, { kind: row.kind as SuppressionKind, value: row.value });
  for (const leadId of leadIds.slice(0, 200)) {
    await recordActivity(tx, { kind: "suppression/lifted", leadId, actorId: input.liftedById, detail: { suppressionId: row.id, reason } });
  }
  await refreshLeadState(tx, leadIds);
}

/** Colleagues are never prospects: the company's own domain, or the address alone where the host is everybody's. */
export async function suppressOwnAddress(tx: Tx, input: { address: string; createdById?: string | null }): Promise<void> {
  const domain = companyDomainOfAddress(input.address);
  await suppress(tx, {
    ...(domain ? { kind: "domain", value: domain } : { kind: "address", value: input.address }),
    reason: "own_domain",
    createdById: input.createdById ?? null,
  });
}

/**
 * The unsubscribe page and one-click. Stops the person of that message; `company` also stops everybody at the person's company for two
 * weeks, and says so to the owner, who makes it permanent. Safe to repeat.
 */
export async function unsubscribe(
  tx: Tx,
  input: { leadId: string; messageId: string; scope: "person" | "company" },
): Promise<{ address: string; domain: string | null }> {
  const message = await tx.message.findFirst({
    where: { id: input.messageId, leadId: input.leadId },
    select: { toAddress: true, id: true },
  });
  if (!message) throw new AppError("NOT_FOUND", "This link does not belong to a mail of ours.");
  const address = message.toAddress;
  // Erased: on the list for good by their hash, and nothing is to be written about them.
  if (address === "") return { address, domain: null };
  const stopped = await suppress(tx, { kind: "address", value: address, reason: "opted_out", sourceRef: message.id });
  if (stopped.isNew) {
    await tx.mailEvent.create({
      data: {
        id: newId(),
        workspaceId: tx.workspaceId,
        messageId: message.id,
        leadId: input.leadId,
        kind: "unsubscribed",
        isHuman: true,
        detail: {},
        occurredAt: tx.now,
      },
    });
  }
  const domain = companyDomainOfAddress(address);
  if (input.scope === "company" && domain) {
    const until = new Date(tx.now.getTime() + COMPANY_PAUSE_MS);
    await suppress(tx, {
      kind: "domain",
      value: domain,
      reason: "asked_to_wait",
      until,
      sourceRef: message.id,
      note: "Somebody there asked that nobody be written to. Make it permanent?",
    });
  }
  return { address, domain };
}
const COMPANY_PAUSE_MS = 14 * 24 * 60 * 60 * 1000;

/** Locks everybody whom a value means, in one order, so that two stops never wait for each other in a circle. */
export async function lockPeople(tx: Tx, input: { kind: SuppressionKind; value: string }): Promise<string[]> {
  const workspace = tx.workspaceId;
  if (input.kind === "hash") return [];
  const rows =
    input.kind === "address"
      ? await tx.$queryRaw<
          { id: string }[]
        >`select id from leads where workspace_id = ${workspace}::uuid and email = ${input.value} for no key update`
      : input.kind === "company"
        ? await tx.$queryRaw<{ id: string }[]>`
            select id from leads where workspace_id = ${workspace}::uuid and account_id = ${input.value}::uuid order by id for no key update`
        : await tx.$queryRaw<{ id: string }[]>`
            select id from leads where workspace_id = ${workspace}::uuid
              and (split_part(email, '@', 2) = ${input.value} or right(split_part(email, '@', 2), length(${input.value}) + 1) = '.' || ${input.value}
                or account_id in (select a.id from accounts a where a.workspace_id = ${workspace}::uuid and a.domain = ${input.value}))
            order by id for no key update`;
  return rows.map((row) => row.id);
}

async function stopPeople(tx: Tx, input: { leadIds: string[]; reason: string }): Promise<void> {
  if (input.leadIds.length === 0) return;
  await closeEnrolments(tx, { leadIds: input.leadIds, reason: input.reason, status: "stopped" });
  await cancelReserved(tx, { leadIds: input.leadIds, purposes: ["campaign", "reply"], reason: input.reason });
  await refreshLeadState(tx, input.leadIds);
}
