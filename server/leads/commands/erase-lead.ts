import { recordAudit } from "#server/audit/commands.ts";
import { closeEnrolments } from "#server/campaigns/commands/close-enrolments.ts";
import { suppressMany } from "#server/compliance/commands.ts";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { seal, suppressionHash } from "#server/core/seal.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { leadEraseRequested } from "#server/jobs/events.ts";
import { emit } from "#server/jobs/outbox.ts";
import { cancelReserved } from "#server/sending/commands/cancel-reserved.ts";
import type { Viewer } from "#server/teams/queries.ts";
import { type ErasureTerms, erasureTerms } from "../domain/erasure-terms.ts";
import { requireLead } from "../queries/get-lead.ts";
import { eraseOwnRows } from "./erase-own-rows.ts";

/**
 * Final. In one transaction the person is stopped, known only by the keyed hash of their addresses, and gone from every row that is theirs;
 * the job that follows looks through all other texts and files. What is being sent at this moment is left to its outcome, and erased then.
 */
export async function eraseLead(
  workspaceId: WorkspaceId,
  input: { id: string; by: Viewer & { actorKind: "person" | "api_key" } },
): Promise<void> {
  await inWorkspace(workspaceId, async (tx) => {
    const lead = await requireLead(tx, input.id, input.by);
    await refuseWhileImporting(tx);
    const terms = await collectTerms(tx, lead.id);
    await closeEnrolments(tx, { leadIds: [lead.id], reason: "Erased", status: "stopped", actorId: input.by.userId });
    await cancelReserved(tx, { leadIds: [lead.id], reason: "This person was erased." });
    await suppressMany(
      tx,
      terms.addresses.map((address) => ({
        kind: "hash" as const,
        value: suppressionHash(address),
        reason: "erased" as const,
        createdById: input.by.userId,
      })),
    );
    // The hash stands for them from here on.
    await tx.suppression.deleteMany({ where: { kind: "address", value: { in: terms.addresses } } });
    const id = newId();
    await tx.erasure.create({
      data: {
        id,
        workspaceId: tx.workspaceId,
        leadId: lead.id,
        requestedById: input.by.userId,
        terms: seal(JSON.stringify(terms), { workspaceId: tx.workspaceId, table: "erasures", column: "terms", rowId: id }),
        requestedAt: tx.now,
      },
    });
    await eraseOwnRows(tx, lead.id);
    await recordAudit(tx, {
      actorId: input.by.userId,
      actorKind: input.by.actorKind,
      action: "lead.erased",
      subjectType: "lead",
      subjectId: lead.id,
    });
    await emit(tx, leadEraseRequested.create({ workspaceId: tx.workspaceId, leadId: lead.id }));
  });
}

/** A file that is being read would bring the person back. */
async function refuseWhileImporting(tx: Tx): Promise<void> {
  const running = await tx.leadImport.findFirst({ where: { status: { in: ["checking", "running"] } }, select: { fileName: true } });
  if (running) throw new AppError("INVALID_STATE", `${running.fileName} is being imported. Erase when that has ended, or cancel it first.`);
}

/** Every address, name and number under which the workspace knows this person, now or before. */
async function collectTerms(tx: Tx, leadId: string): Promise<ErasureTerms> {
  const [own] = await tx.$queryRaw<
    { email: string | null; name: string; phone: string | null; first: string | null; last: string | null }[]
  >`
    select email, full_name as name, phone, first_name as first, last_name as last from leads where workspace_id = ${tx.workspaceId}::uuid and id = ${leadId}::uuid`;
  const said = await tx.$queryRaw<{ field: string; value: string | null }[]>`
    select f.key as field, f.value ->> 'value' as value from observations o, jsonb_each(o.fields) f
    where o.workspace_id = ${tx.workspaceId}::uuid and o.subject_id = ${leadId}::uuid and f.key in ('email', 'fullName', 'phone')`;
  const elsewhere = await tx.$queryRaw<{ address: string | null; name: string | null }[]>`
    select r.from_address as address, r.from_name as name from replies r where r.workspace_id = ${tx.workspaceId}::uuid and r.lead_id = ${leadId}::uuid and r.class <> 'bounce'
    union select m.to_address, null from messages m where m.workspace_id = ${tx.workspaceId}::uuid and m.lead_id = ${leadId}::uuid
    union select t.attendee_email, t.attendee_name from meetings t where t.workspace_id = ${tx.workspaceId}::uuid and t.lead_id = ${leadId}::uuid`;
  const of = (field: string) => said.filter((row) => row.field === field).map((row) => row.value);
  const members = await tx.member.findMany({ select: { email: true } });
  const ours = new Set(members.map((member) => member.email));
  const terms = erasureTerms({
    addresses: [own?.email ?? null, ...of("email"), ...elsewhere.map((row) => row.address)],
    names: [own?.name ?? null, `${own?.first ?? ""} ${own?.last ?? ""}`, ...of("fullName"), ...elsewhere.map((row) => row.name)],
    phones: [own?.phone ?? null, ...of("phone")],
  });
  return { ...terms, addresses: terms.addresses.filter((address) => !ours.has(address)) };
}
