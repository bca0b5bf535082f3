import { randomUUID } from "node:crypto";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { failPoint } from "#server/core/fail-point.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import type { MailTransport } from "#server/providers/mail-transport/port.ts";
import { followUpSent } from "./follow-up-sent.ts";
import { type Look, lookAtDue } from "./look-at-due.ts";
import { type Loaded, sendMessage } from "./send-message.ts";
import { type Ledger, openLedger } from "./turn-ledger.ts";

export type SendingServices = { mailTransport: MailTransport; sandboxTransport: MailTransport };

/** Who holds a lease. One name a process is enough: a lease is told apart by message and attempt. */
const WORKER = `${process.pid}-${randomUUID().slice(0, 8)}`;
/** Looked at together. The next slice is looked at while as many wait to leave. */
const SLICE = 250;
/** The lanes of a workspace share so many transactions at a time: while one waits for the disk, the mails of the others leave. */
const LEDGERS = 2;
const FOLLOW_UP_AT_ONCE = 500;

type Lanes = { transport: MailTransport; queue: Loaded[]; open: number };

/**
 * Looks at messages whose time has come, whatever state they are in: reserved ones are sent, deferred ones are offered again, leases that
 * ran out become uncertain, sent ones get what follows. Safe to run twice and by several workers at once.
 */
export async function sendDueMessages(
  services: SendingServices,
  workspaceId: WorkspaceId,
  messageIds: readonly string[],
  looked?: Look,
): Promise<{ sent: number }> {
  const ledgers = Array.from({ length: LEDGERS }, () => openLedger(workspaceId, WORKER));
  const failures: unknown[] = [];
  const failed = (error: unknown) => void failures.push(error);
  const follow = followBehind(workspaceId, failed);
  const lanes = new Map<string, Lanes>();
  const running: Promise<void>[] = [];
  let [sent, waiting, wake] = [0, 0, (): void => {}];

  // A lane sends one mail after the other, always through the same ledger: a mail's outcome commits before the lane's next claim or with it,
  // so no more mails are `sending` than there are lanes.
  const lane = async (of: Lanes, ledger: Ledger) => {
    of.open += 1;
    ledger.lanes += 1;
    let recorded: Promise<void> = Promise.resolve();
    for (let next = of.queue.shift(); next; next = of.queue.shift()) {
      waiting -= 1;
      if (waiting < SLICE) wake();
      const { messageId } = next;
      try {
        const result = await sendMessage(of.transport, workspaceId, ledger, next);
        if (result.kind !== "sent") continue;
        sent += 1;
        recorded = result.recorded.then(() => follow.add(messageId)).catch(failed);
      } catch (error) {
        failed(error);
      }
    }
    of.open -= 1;
    ledger.lanes -= 1;
    await recorded;
  };

  for (let from = 0; from < messageIds.length; from += SLICE) {
    const isLooked = looked && from === 0;
    const look = isLooked ? looked : await inWorkspace(workspaceId, (tx) => lookAtDue(tx, messageIds.slice(from, from + SLICE)));
    failPoint("ledger.looked");
    for (const id of look.toFollowUp) follow.add(id);
    // A pretend workspace has one transport, whatever its mailboxes say.
    const transport = look.isSandbox ? services.sandboxTransport : services.mailTransport;
    waiting += look.ready.length;
    // A mailbox whose server is slow keeps only its own mails waiting.
    for (const [mailboxId, ready] of Map.groupBy(look.ready, (one) => one.account.mailboxId)) {
      const of = lanes.get(mailboxId) ?? { transport, queue: [], open: 0 };
      lanes.set(mailboxId, of);
      of.queue.push(...ready);
      while (of.open < transport.atOnce && of.queue.length > 0) running.push(lane(of, ledgers[running.length % LEDGERS] as Ledger));
    }
    if (waiting >= SLICE) await new Promise<void>((resolve) => (wake = resolve));
  }
  await Promise.all(running);
  await follow.end();
  // One that failed by surprise (the database went away) is looked at again: its row in `due` stays.
  if (failures.length > 0) throw failures[0];
  return { sent };
}

/** The same, with the first look in the caller's transaction. */
export async function beginSending(tx: Tx, messageIds: readonly string[]) {
  const looked = await lookAtDue(tx, messageIds.slice(0, SLICE));
  return (services: SendingServices, workspaceId: WorkspaceId) => sendDueMessages(services, workspaceId, messageIds, looked);
}

/** What follows is done in slices while other mails leave, one slice after the other. */
function followBehind(workspaceId: WorkspaceId, failed: (error: unknown) => void) {
  let [waiting, following]: [string[], Promise<unknown>] = [[], Promise.resolve()];
  const start = () => {
    const slice = waiting;
    waiting = [];
    following = following.then(() => followUpSent(workspaceId, slice)).catch(failed);
  };
  return {
    add: (messageId: string) => {
      if (waiting.push(messageId) >= FOLLOW_UP_AT_ONCE) start();
    },
    end: async () => {
      start();
      await following;
    },
  };
}
