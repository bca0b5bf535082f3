import { createHash } from "node:crypto";
import { inWorkspace } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { setDue } from "#server/jobs/due.ts";
import { inboundMailStored } from "#server/jobs/events.ts";
import { emit } from "#server/jobs/outbox.ts";
import type { Services } from "#server/services.ts";
import { INBOUND_DUE, MOST_MAIL_BYTES } from "../constants.ts";

export type IncomingMail = { mailboxId: string; raw: Buffer; receivedAt: Date };

/**
 * Stores a mail as it arrived, before anything reads it: nothing is lost when the process dies here. The same bytes in the same
 * mailbox are one mail. The event wakes the job; the due row is its twin, should the event get lost.
 */
export async function receiveMail(
  services: Services,
  workspaceId: WorkspaceId,
  input: IncomingMail,
): Promise<{ inboundId: string; isNew: boolean }> {
  const digest = createHash("sha256").update(input.raw).digest("hex");
  const known = await inWorkspace(workspaceId, (tx) =>
    tx.inboundMail.findFirst({ where: { mailboxId: input.mailboxId, digest }, select: { id: true } }),
  );
  if (known) return { inboundId: known.id, isNew: false };
  if (input.raw.length > MOST_MAIL_BYTES) throw new AppError("TOO_LARGE", "This mail is larger than 30 MB. It was left in the mailbox.");

  const stored = await services.blobs.put(workspaceId, once(input.raw), { maxBytes: MOST_MAIL_BYTES });
  return inWorkspace(workspaceId, async (tx) => {
    const mailbox = await tx.mailbox.findFirst({ where: { id: input.mailboxId }, select: { id: true } });
    if (!mailbox) throw new AppError("NOT_FOUND", "This mailbox is no longer connected.");
    const [inboundId, blobId] = [newId(), newId()];
    await tx.blob.create({
      data: { id: blobId, workspaceId, digest: stored.digest, bytes: BigInt(stored.bytes), mediaType: "message/rfc822", createdAt: tx.now },
    });
    const { count } = await tx.inboundMail.createMany({
      data: [
        {
          id: inboundId,
          workspaceId,
          mailboxId: input.mailboxId,
          blobId,
          digest,
          messageIdHeader: messageIdOf(input.raw),
          receivedAt: input.receivedAt,
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) {
      await tx.blob.deleteMany({ where: { id: blobId } });
      const first = await tx.inboundMail.findFirstOrThrow({ where: { mailboxId: input.mailboxId, digest }, select: { id: true } });
      return { inboundId: first.id, isNew: false };
    }
    await setDue(tx, { kind: INBOUND_DUE, subjectId: inboundId, dueAt: tx.now });
    await emit(tx, inboundMailStored.create({ workspaceId, inboundId }, { id: `inbound:${inboundId}` }));
    return { inboundId, isNew: true };
  });
}

async function* once(raw: Buffer): AsyncGenerator<Uint8Array> {
  yield raw;
}

/** Read from the bytes, so that a mail can be found by its id before it is parsed. */
function messageIdOf(raw: Buffer): string | null {
  const head = raw.subarray(0, 64_000).toString("latin1").replaceAll("\0", "");
  const end = head.search(/\r?\n\r?\n/);
  return /^message-id:\s*(<[^<>\s]{1,500}>)/im.exec(end < 0 ? head : head.slice(0, end))?.[1] ?? null;
}
