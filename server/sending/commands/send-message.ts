import { failPoint } from "#server/core/fail-point.ts";
import { logger } from "#server/core/logger.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import {
  type MailAccount,
  MailServerError,
  type MailSession,
  type MailTransport,
  type OutgoingMail,
  type SendOutcome,
} from "#server/providers/mail-transport/port.ts";
import { noteMailboxTrouble } from "./note-mailbox-trouble.ts";
import { recordNotSent, type Tried } from "./record-outcome.ts";
import type { Ledger } from "./turn-ledger.ts";
import { withdrawMessage } from "./withdraw-message.ts";

export type Loaded = Omit<Tried, "attempt" | "at"> & { account: MailAccount; mail: Omit<OutgoingMail, "date"> };
/** `recorded`: its outcome, which waits for the disk while the connection is already free for the next mail. */
export type SendResult = { kind: "sent"; recorded: Promise<unknown> } | { kind: "not-sent" | "held" | "taken" };

/**
 * The only place from which a mail leaves. Connect → claim (checks again, commits `sending`) → hand over → record. A server that cannot be
 * reached costs an attempt, so that the ledger shows it.
 */
export async function sendMessage(
  transport: MailTransport,
  workspaceId: WorkspaceId,
  ledger: Ledger,
  message: Loaded,
): Promise<SendResult> {
  const { session, problem } = await openSession(transport, message.account);
  const claim = await ledger.claim(message).catch((error: unknown) => {
    session?.release();
    throw error;
  });
  if (claim.kind !== "claimed") {
    session?.release();
    if (claim.kind === "taken") return claim;
    await withdrawMessage(workspaceId, message, claim);
    return { kind: "held" };
  }
  const tried: Tried = { ...message, attempt: claim.attempt, at: claim.now };
  const outcome: SendOutcome = session
    ? await transport.send(session, { ...message.mail, date: claim.now })
    : {
        kind: "not_accepted",
        response: problem?.said || "No connection to the mail server.",
        cause: problem?.code.includes("sign-in") ? "sign-in" : "unreachable",
      };
  failPoint("ledger.handed-over");
  if (outcome.kind === "accepted") {
    const { messageId, attempt, at } = tried;
    const { response, providerId } = outcome;
    return { kind: "sent", recorded: ledger.recordSent({ messageId, attempt, at, response, providerId }) };
  }
  await recordNotSent(workspaceId, tried, outcome);
  if (problem) await noteMailboxTrouble(workspaceId, { mailboxId: message.account.mailboxId, problem });
  logger.info({ workspaceId, messageId: message.messageId, outcome: outcome.kind }, "a mail was not accepted");
  return { kind: "not-sent" };
}

async function openSession(
  transport: MailTransport,
  account: MailAccount,
): Promise<{ session: MailSession | null; problem: MailServerError["problem"] | null }> {
  try {
    return { session: await transport.open(account), problem: null };
  } catch (error) {
    if (!(error instanceof MailServerError)) throw error;
    return { session: null, problem: error.problem };
  }
}
