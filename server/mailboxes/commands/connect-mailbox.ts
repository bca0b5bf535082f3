import { recordAudit } from "#server/audit/commands.ts";
import { suppressOwnAddress } from "#server/compliance/commands.ts";
import type { Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { seal } from "#server/core/seal.ts";
import { setDue } from "#server/jobs/due.ts";
import { rampStart } from "../domain/pace.ts";
import { type ConnectMailboxInput, type ProofStep, proofKeys } from "../schema.ts";

const DEFAULT_CAP = 40;
export const PROVE_DUE = "mailbox-prove";

const untriedProof = (): ProofStep[] => proofKeys.map((key) => ({ key, ok: null, message: null, fix: null, link: null, at: null }));

/** Stores the mailbox, its passwords sealed, and has it prove itself; it sends nothing to others before that. Colleagues' addresses become untouchable. */
export async function connectMailbox(tx: Tx, input: ConnectMailboxInput & { ownerId: string }): Promise<{ id: string }> {
  const existing = await tx.mailbox.findFirst({ where: { address: input.address, removedAt: null }, select: { id: true } });
  if (existing) throw new AppError("CONFLICT", `${input.address} is connected already.`);
  const workspace = await tx.workspace.findFirstOrThrow({ where: { id: tx.workspaceId }, select: { kind: true } });
  if (workspace.kind === "sandbox")
    throw new AppError("INVALID_STATE", "A pretend workspace reaches no mail server. Connect mailboxes in a live workspace.");
  const owner = await tx.member.findFirstOrThrow({
    where: { userId: input.ownerId },
    select: { timeZone: true, hours: true, signature: true },
  });
  const id = newId();
  await tx.mailbox.create({
    data: {
      id,
      workspaceId: tx.workspaceId,
      ownerId: input.ownerId,
      address: input.address,
      displayName: input.displayName,
      kind: "smtp",
      smtp: input.smtp,
      imap: input.imap,
      secret: sealedPasswords(tx, id, input),
      status: "connecting",
      proof: untriedProof(),
      dailyCap: DEFAULT_CAP,
      rampFrom: new Date(`${rampStart(tx.now.toISOString().slice(0, 10))}T00:00:00Z`),
      timeZone: owner.timeZone,
      hours: owner.hours ?? {},
      signature: owner.signature,
      createdAt: tx.now,
    },
  });
  await suppressOwnAddress(tx, { address: input.address, createdById: input.ownerId });
  await setDue(tx, { kind: PROVE_DUE, subjectId: id, dueAt: tx.now });
  await recordAudit(tx, {
    actorId: input.ownerId,
    actorKind: "person",
    action: "mailbox.connected",
    subjectType: "mailbox",
    subjectId: id,
  });
  return { id };
}

/** New servers or passwords for a mailbox that stopped working; it proves itself again. */
export async function reconnectMailbox(
  tx: Tx,
  input: Pick<ConnectMailboxInput, "smtp" | "imap" | "password" | "imapPassword"> & { id: string; byId: string },
): Promise<void> {
  await tx.mailbox.update({
    where: { id: input.id },
    data: {
      smtp: input.smtp,
      imap: input.imap,
      secret: sealedPasswords(tx, input.id, input),
      proof: untriedProof(),
      status: "connecting",
      sendError: null,
      readError: null,
    },
  });
  await setDue(tx, { kind: PROVE_DUE, subjectId: input.id, dueAt: tx.now });
  await recordAudit(tx, {
    actorId: input.byId,
    actorKind: "person",
    action: "mailbox.reconnected",
    subjectType: "mailbox",
    subjectId: input.id,
    fields: ["smtp", "imap", "secret"],
  });
}

/** Tries everything again with what is stored. */
export async function proveAgain(tx: Tx, id: string): Promise<void> {
  await tx.mailbox.update({ where: { id }, data: { proof: untriedProof(), status: "connecting" } });
  await setDue(tx, { kind: PROVE_DUE, subjectId: id, dueAt: tx.now });
}

function sealedPasswords(tx: Tx, id: string, input: { password: string; imapPassword?: string | undefined }): Uint8Array<ArrayBuffer> {
  const passwords = { smtpPassword: input.password, imapPassword: input.imapPassword || input.password };
  return seal(JSON.stringify(passwords), { workspaceId: tx.workspaceId, table: "mailboxes", column: "secret", rowId: id });
}
