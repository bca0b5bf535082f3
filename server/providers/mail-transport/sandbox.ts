import { assertNoTransaction } from "#server/core/db.ts";
import { composeMime } from "./compose-mime.ts";
import type { MailAccount, MailSession, MailTransport, OutgoingMail } from "./port.ts";

/**
 * The transport of a pretend workspace: it composes the same MIME as the real one and hands it to nobody. What was "sent" is read from the
 * ledger by the cast. It opens no socket.
 */
export function createSandboxTransport(): MailTransport {
  return {
    name: "sandbox",
    // No connection is held: as many as share a transaction well.
    atOnce: 50,
    async open(account: MailAccount): Promise<MailSession> {
      assertNoTransaction("MailTransport.open");
      return { account, release() {} };
    },
    async send({ account }: MailSession, mail: OutgoingMail) {
      assertNoTransaction("MailTransport.send");
      const mime = await composeMime(account, mail);
      return { kind: "accepted", response: `250 kept here, ${mime.length} bytes`, providerId: null };
    },
    async close() {},
  };
}
