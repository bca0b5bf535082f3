import { randomUUID } from "node:crypto";
import { publicUrl } from "#server/compliance/domain/public-url.ts";
import { unsubscribeTokenFor } from "#server/compliance/queries.ts";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { env } from "#server/core/env.ts";
import { failPoint } from "#server/core/fail-point.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { setDue } from "#server/jobs/due.ts";
import { mailAccounts } from "#server/mailboxes/queries.ts";
import type { MailTransport } from "#server/providers/mail-transport/port.ts";
import { followUpSent } from "./follow-up-sent.ts";
import { expireLeases } from "./record-outcome.ts";
import { type Loaded, sendMessage } from "./send-message.ts";
import { openLedger } from "./turn-ledger.ts";

export type SendingServices = { mailTransport: MailTransport; sandboxTransport: MailTransport };

/** Who holds a lease. One name a process is enough: a lease is told apart by message and attempt. */
const WORKER = `${process.pid}-${randomUUID().slice(0, 8)}`;
/** Of one mailbox. More than it has connections: while some mails wait for the disk to take their outcome, others are handed over. */
const AT_ONCE = 24;
const FOLLOW_UP_AT_ONCE = 100;

type Look = { ready: Loaded[]; toFollowUp: string[]; isSandbox: boolean };

/**
 * Looks at messages whose time has come, whatever state they are in: reserved ones are sent, deferred ones are offered again, leases that
 * ran out become uncertain, sent ones get what follows. Safe to run twice and by several workers at once.
 */
export async function sendDueMessages(
  services: SendingServices,
  workspaceId: WorkspaceId,
  messageIds: readonly string[],
): Promise<{ sent: number }> {
  const look = await inWorkspace(workspaceId, (tx) => lookAt(tx, messageIds));
  failPoint("ledger.looked");
  // A pretend workspace has one transport, whatever its mailboxes say.
  const transport = look.isSandbox ? services.sandboxTransport : services.mailTransport;
  const ledger = openLedger(workspaceId, WORKER);
  // A mailbox whose server is slow keeps only its own mails waiting.
  const queues = Map.groupBy(look.ready, (one) => one.account.mailboxId);
  const failures: unknown[] = [];
  let [sent, waiting]: [number, string[]] = [0, look.toFollowUp];
  // What follows is done in slices while other mails leave, one slice after the other.
  let following: Promise<unknown> = Promise.resolve();
  const follow = () => {
    const slice = waiting;
    waiting = [];
    following = following.then(() => followUpSent(workspaceId, slice)).catch((error: unknown) => failures.push(error));
  };
  const lane = async (queue: Loaded[]) => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      try {
        if ((await sendMessage(transport, workspaceId, ledger, next)) !== "sent") continue;
        sent += 1;
        if (waiting.push(next.messageId) >= FOLLOW_UP_AT_ONCE) follow();
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all([...queues.values()].flatMap((queue) => Array.from({ length: Math.min(AT_ONCE, queue.length) }, () => lane(queue))));
  follow();
  await following;
  // One that failed by surprise (the database went away) is looked at again: its row in `due` stays.
  if (failures.length > 0) throw failures[0];
  return { sent };
}

async function lookAt(tx: Tx, ids: readonly string[]): Promise<Look> {
  await expireLeases(tx, ids);
  await tx.$executeRaw`
    update messages set status = 'reserved' where workspace_id = ${tx.workspaceId}::uuid and id = any(${[...ids]}::uuid[]) and status = 'deferred' and due_at <= ${tx.now}`;
  const rows = await tx.message.findMany({
    where: { id: { in: [...ids] }, OR: [{ status: { in: ["reserved", "sending", "deferred"] } }, { status: "sent", followedUpAt: null }] },
    orderBy: [{ dueAt: "asc" }, { id: "asc" }],
  });
  for (const row of rows) {
    if (row.status === "sending") await lookAgainAfterLease(tx, row.id);
    if (row.status === "deferred") await setDue(tx, { kind: "message", subjectId: row.id, dueAt: row.dueAt });
  }
  const workspace = await tx.workspace.findFirstOrThrow({ where: { id: tx.workspaceId }, select: { kind: true, publicUrlProvenAt: true } });
  const reserved = rows.filter((row) => row.status === "reserved");
  const accounts = await mailAccounts(tx, [...new Set(reserved.map((row) => row.mailboxId))]);
  const link = publicUrl(env.APP_URL, workspace.publicUrlProvenAt);
  const ready = reserved.flatMap((row): Loaded[] => {
    const account = accounts.get(row.mailboxId);
    if (!account) return [];
    const token = row.leadId ? unsubscribeTokenFor({ workspaceId: tx.workspaceId, leadId: row.leadId, messageId: row.id }) : null;
    return [
      {
        messageId: row.id,
        reservedAt: row.reservedAt,
        leadId: row.leadId,
        enrolmentId: row.enrolmentId,
        campaignId: row.campaignId,
        toAddress: row.toAddress,
        account,
        mail: {
          to: row.toAddress,
          subject: row.subject,
          text: row.bodyText,
          html: row.bodyHtml,
          calendar: row.calendarPart,
          messageId: row.messageIdHeader,
          inReplyTo: row.inReplyTo,
          references: row.references,
          unsubscribe:
            row.purpose === "campaign" && token
              ? { mailto: `${account.address}?subject=unsubscribe%20${token}`, url: link ? `${link}/u/${token}` : null }
              : null,
          isAutomatic: row.purpose === "report" || row.purpose === "proof",
        },
      },
    ];
  });
  return { ready, toFollowUp: rows.filter((row) => row.status === "sent").map((row) => row.id), isSandbox: workspace.kind === "sandbox" };
}

/** Another worker is sending it, or died doing so: the lease, by the database's clock, says when that is decided. */
async function lookAgainAfterLease(tx: Tx, id: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ waitMs: number }[]>`
    select greatest(extract(epoch from lease_until - clock_timestamp()) * 1000, 0)::float8 as "waitMs" from messages
    where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid`;
  await setDue(tx, { kind: "message", subjectId: id, dueAt: new Date(tx.now.getTime() + Math.ceil(row?.waitMs ?? 0) + 1_000) });
}
