import type { Readable, Transform } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { assertNoTransaction } from "#server/core/db.ts";
import { lookUpOutside } from "#server/core/outside-host.ts";
import { composeMime } from "./compose-mime.ts";
import {
  type MailAccount,
  type MailServer,
  MailServerError,
  type MailSession,
  type MailTransport,
  type OutgoingMail,
  type SendOutcome,
} from "./port.ts";
import { readConnectFailure, readSmtpFailure, type SmtpFailure } from "./read-smtp-failure.ts";
import { createTurns } from "./turns.ts";

export type SmtpOptions = {
  /** Tests only: servers on this machine, and connections without TLS. */
  allowLoopback: boolean;
  /** Connections per mailbox, open at once and kept for the next mail. */
  most?: number;
  connectTimeoutMs?: number;
  /** Silence after which a connection counts as lost. RFC 5321 allows ten minutes after the final dot; the lease of a message is longer than this. */
  silenceMs?: number;
};

type Connection = { smtp: SMTPConnection; server: MailServer; isBroken: boolean; idleSince: number };

const MOST_IDLE_MS = 20_000;

/**
 * SMTP through nodemailer's connection, pooled per mailbox. A session is connected and signed in before the ledger commits `sending`, so
 * that the mail leaves in the next round trip (with PIPELINING, MAIL, RCPT and DATA go out together).
 */
export function createSmtpTransport(options: SmtpOptions): MailTransport {
  const idle = new Map<string, Connection[]>();
  const all = new Set<Connection>();
  const inUse = new WeakMap<MailSession, Connection>();
  const most = options.most ?? 10;
  const turns = createTurns(most);

  async function connect(server: MailServer): Promise<Connection> {
    const found = await lookUpOutside(server.host, { allowInside: options.allowLoopback });
    if (found.kind === "unknown") throw new MailServerError({ code: "host-not-found", host: server.host, said: "" });
    if (found.kind === "inside") throw new MailServerError({ code: "host-not-allowed", host: server.host, said: "" });
    if (server.security === "none" && !options.allowLoopback)
      throw new MailServerError({ code: "starttls-missing", host: server.host, said: "" });
    const smtp = new SMTPConnection({
      host: found.address,
      port: server.port,
      secure: server.security === "tls",
      requireTLS: server.security === "starttls",
      ignoreTLS: server.security === "none",
      servername: server.host,
      tls: { servername: server.host, minVersion: "TLSv1.2" },
      connectionTimeout: options.connectTimeoutMs ?? 20_000,
      greetingTimeout: options.connectTimeoutMs ?? 20_000,
      socketTimeout: options.silenceMs ?? 120_000,
      dnsTimeout: 10_000,
      logger: false,
    });
    const connection: Connection = { smtp, server, isBroken: false, idleSince: 0 };
    const breaks = () => {
      connection.isBroken = true;
      all.delete(connection);
    };
    smtp.on("end", breaks);
    await new Promise<void>((resolve, reject) => {
      const fail = (error: unknown) => {
        breaks();
        smtp.close();
        reject(readConnectFailure(error as SmtpFailure, server.host));
      };
      smtp.once("error", fail);
      smtp.connect((error) => {
        if (error) return fail(error);
        smtp.login({ user: server.user, credentials: { user: server.user, pass: server.password } }, (refused) => {
          if (refused) return fail(refused);
          smtp.removeListener("error", fail);
          smtp.on("error", breaks);
          resolve();
        });
      });
    });
    all.add(connection);
    return connection;
  }

  function giveBack(account: MailAccount, connection: Connection): void {
    const waiting = (idle.get(account.mailboxId) ?? []).filter((one) => !one.isBroken);
    if (connection.isBroken || waiting.length >= most) connection.smtp.quit();
    else waiting.push(Object.assign(connection, { idleSince: Date.now() }));
    idle.set(account.mailboxId, waiting);
  }

  function takeIdle(account: MailAccount, server: MailServer): Connection | null {
    const waiting = idle.get(account.mailboxId) ?? [];
    while (waiting.length > 0) {
      const one = waiting.pop();
      if (!one || one.isBroken) continue;
      const isSame =
        one.server.host === server.host &&
        one.server.port === server.port &&
        one.server.user === server.user &&
        one.server.password === server.password;
      if (isSame && Date.now() - one.idleSince < MOST_IDLE_MS) return one;
      one.smtp.quit();
    }
    return null;
  }

  return {
    name: "smtp",
    atOnce: most,
    async open(account) {
      assertNoTransaction("MailTransport.open");
      if (!account.server) throw new MailServerError({ code: "protocol", host: "", said: "This mailbox has no mail server." });
      await turns.take(account.mailboxId);
      let connection: Connection;
      try {
        connection = takeIdle(account, account.server) ?? (await connect(account.server));
      } catch (error) {
        turns.giveBack(account.mailboxId);
        throw error;
      }
      const release = () => {
        giveBack(account, connection);
        turns.giveBack(account.mailboxId);
      };
      const session: MailSession = { account, release };
      inUse.set(session, connection);
      return session;
    },

    async send(session, mail) {
      assertNoTransaction("MailTransport.send");
      const connection = inUse.get(session);
      if (!connection) throw new Error("a session sends one mail");
      inUse.delete(session);
      const outcome = await handOver(connection, session.account, mail).catch((error: unknown) => {
        turns.giveBack(session.account.mailboxId);
        throw error;
      });
      // After anything but a plain answer the state of the conversation is not known.
      if (outcome.kind === "unknown" || (outcome.kind === "not_accepted" && outcome.cause === "lost")) {
        connection.isBroken = true;
        connection.smtp.close();
      } else if (outcome.kind !== "accepted") connection.smtp.quit();
      if (outcome.kind !== "accepted") {
        all.delete(connection);
        turns.giveBack(session.account.mailboxId);
      } else session.release();
      return outcome;
    },

    async close() {
      for (const connection of all) connection.smtp.quit();
      all.clear();
      idle.clear();
    },
  };
}

async function handOver({ smtp }: Connection, account: MailAccount, mail: OutgoingMail): Promise<SendOutcome> {
  const mime = await composeMime(account, mail);
  let hasBegun = false;
  // nodemailer pipes the source only after the server asked for it: that is the line between "not taken" and "perhaps".
  const source = {
    pipe: (connection: Transform) => {
      hasBegun = true;
      return inOnePiece(connection).end(mime);
    },
  };
  return new Promise((resolve) => {
    let isSettled = false;
    const settle = (outcome: SendOutcome) => {
      if (isSettled) return;
      isSettled = true;
      smtp.removeListener("error", lost);
      smtp.removeListener("end", ended);
      resolve(outcome);
    };
    const lost = (error: unknown) => settle(readSmtpFailure(error as SmtpFailure, hasBegun));
    const ended = () => settle(readSmtpFailure({ message: "The connection was closed." }, hasBegun));
    smtp.on("error", lost);
    smtp.on("end", ended);
    smtp.send({ from: account.address, to: [mail.to], size: mime.length }, source as Readable, (error, result) => {
      if (error) return lost(error);
      settle({ kind: "accepted", response: result?.response ?? "", providerId: result?.serverMessageId ?? null });
    });
  });
}

/** nodemailer gives the mail and the dot that ends it apart: two packets, and a server that wakes twice for each mail. */
function inOnePiece(stream: Transform): Transform {
  const parts: Buffer[] = [];
  const push = stream.push.bind(stream);
  stream.push = (chunk: Buffer | null) => {
    if (chunk) return parts.push(chunk) > 0;
    push(Buffer.concat(parts));
    return push(null);
  };
  return stream;
}
