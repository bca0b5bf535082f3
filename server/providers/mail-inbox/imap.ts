import { ImapFlow } from "imapflow";
import { assertNoTransaction } from "#server/core/db.ts";
import { lookUpOutside } from "#server/core/outside-host.ts";
import { type MailServer, MailServerError } from "#server/providers/mail-transport/port.ts";
import type { InboxSession, MailHeaders, MailInbox } from "./port.ts";
import { readHeaderBlock } from "./read-header-block.ts";
import { readImapFailure } from "./read-imap-failure.ts";

const HEADERS = ["message-id", "in-reply-to", "references", "from", "to", "cc", "subject", "content-type", "auto-submitted"];
const MOST_SOURCE_BYTES = 30 * 1024 * 1024;

/** IMAP through imapflow: one connection per look, folders opened read-only, nothing marked as seen. */
export function createImapInbox(options: { allowLoopback: boolean; connectTimeoutMs?: number }): MailInbox {
  return {
    name: "imap",
    async open(server) {
      assertNoTransaction("MailInbox.open");
      return lookInto(await connect(server, options));
    },
  };
}

async function connect(server: MailServer, options: { allowLoopback: boolean; connectTimeoutMs?: number }): Promise<ImapFlow> {
  const found = await lookUpOutside(server.host, { allowInside: options.allowLoopback });
  if (found.kind === "unknown") throw new MailServerError({ code: "host-not-found", host: server.host, said: "" });
  if (found.kind === "inside") throw new MailServerError({ code: "host-not-allowed", host: server.host, said: "" });
  if (server.security === "none" && !options.allowLoopback)
    throw new MailServerError({ code: "starttls-missing", host: server.host, said: "" });
  const client = new ImapFlow({
    host: found.address,
    port: server.port,
    secure: server.security === "tls",
    doSTARTTLS: server.security === "starttls",
    servername: server.host,
    tls: { servername: server.host, minVersion: "TLSv1.2" },
    auth: { user: server.user, pass: server.password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: options.connectTimeoutMs ?? 20_000,
    greetingTimeout: options.connectTimeoutMs ?? 20_000,
    socketTimeout: 60_000,
  });
  // A connection that dies between two calls shows in the next call.
  client.on("error", () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw readImapFailure(error, server.host);
  }
}

function lookInto(client: ImapFlow): InboxSession {
  const opened = async (folder: string) => {
    const current = client.mailbox;
    if (!current || current.path !== folder) return client.mailboxOpen(folder, { readOnly: true });
    return current;
  };
  /** imapflow answers a search that the server refused ("busy", throttled) like one that found nothing: a reader would pass over mail. */
  const uidsOf = async (query: { since?: Date; uid?: string }): Promise<number[]> => {
    const found = await client.search(query, { uid: true });
    if (!Array.isArray(found)) throw new Error("The mail server refused to search the folder.");
    return found.sort((one, two) => one - two);
  };
  return {
    async folders() {
      const list = await client.list();
      const sent = list.find((folder) => folder.specialUse === "\\Sent");
      return { inbox: "INBOX", sent: sent?.path ?? null };
    },
    async state(folder) {
      const { uidNext, uidValidity } = await client.mailboxOpen(folder, { readOnly: true });
      return { uidValidity: BigInt(uidValidity), uidNext: BigInt(uidNext) };
    },
    async firstUidSince(folder, day) {
      await opened(folder);
      const [first] = await uidsOf({ since: day });
      return first === undefined ? null : BigInt(first);
    },
    async headersAfter(folder, uid, limit) {
      await opened(folder);
      const found = await uidsOf({ uid: `${uid + 1n}:*` });
      // "5:*" also names the last mail when it is older than 5.
      const uids = found.filter((one) => BigInt(one) > uid).slice(0, limit);
      if (uids.length === 0) return [];
      const mails = await client.fetchAll(uids, { uid: true, size: true, internalDate: true, headers: HEADERS }, { uid: true });
      return mails
        .map((mail): MailHeaders => {
          const header = readHeaderBlock(mail.headers?.toString("latin1") ?? "");
          return { uid: BigInt(mail.uid), receivedAt: new Date(mail.internalDate ?? 0), size: mail.size ?? 0, ...header };
        })
        .sort((one, two) => Number(one.uid - two.uid));
    },
    async source(folder, uid) {
      await opened(folder);
      const mail = await client.fetchOne(String(uid), { uid: true, source: { maxLength: MOST_SOURCE_BYTES } }, { uid: true });
      const source = mail ? mail.source : undefined;
      return source ? new Uint8Array(source) : null;
    },
    async has(folder, messageId) {
      await opened(folder);
      const found = await client.search({ header: { "message-id": messageId } }, { uid: true });
      return Array.isArray(found) && found.length > 0;
    },
    async close() {
      await client.logout().catch(() => client.close());
    },
  };
}
