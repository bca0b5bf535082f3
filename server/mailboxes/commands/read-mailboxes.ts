import { unsubscribe } from "#server/compliance/commands.ts";
import { readUnsubscribe } from "#server/compliance/queries.ts";
import { inWorkspace, type Tx } from "#server/core/db.ts";
import { AppError } from "#server/core/errors.ts";
import { logger } from "#server/core/logger.ts";
import type { WorkspaceId } from "#server/core/tenancy.ts";
import { setDue } from "#server/jobs/due.ts";
import type { InboxSession, MailHeaders } from "#server/providers/mail-inbox/port.ts";
import { MailServerError } from "#server/providers/mail-transport/port.ts";
import { receiveMail } from "#server/replies/commands/receive-mail.ts";
import { settleByEvidence } from "#server/sending/commands/settle-message.ts";
import type { Services } from "#server/services.ts";
import { explainMailProblem } from "../domain/explain-mail-problem.ts";
import { openServers } from "../queries.ts";
import { concerning, isReportOfOurs } from "./choose-mails.ts";

export const READ_DUE = "mailbox-read";
const EVERY_MS = 60_000;
/** A refused password is not tried each minute: some providers lock the account. */
const AFTER_REFUSAL_MS = 15 * 60_000;
const PAGE = 100;
const MOST_PAGES = 20;
const AT_ONCE = 5;
const DAY_MS = 24 * 60 * 60 * 1000;

type Readable = {
  id: string;
  address: string;
  sentFolder: string | null;
  lastReadAt: Date | null;
  servers: NonNullable<ReturnType<typeof openServers>>;
};

/** Looks into mailboxes for mail that concerns us, each from where the last look ended. One that fails says why and holds up no other. */
export async function readMailboxes(services: Services, workspaceId: WorkspaceId, mailboxIds: readonly string[]): Promise<void> {
  const queue = [...mailboxIds];
  const lane = async () => {
    for (let id = queue.shift(); id; id = queue.shift()) await readMailbox(services, workspaceId, id);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, lane));
}

export async function readMailbox(services: Services, workspaceId: WorkspaceId, mailboxId: string): Promise<void> {
  const mailbox = await inWorkspace(workspaceId, (tx) => loadReadable(tx, mailboxId));
  if (!mailbox) return;
  try {
    const session = await services.mailInbox.open(mailbox.servers.imap);
    let isWhole = false;
    try {
      const { inbox, sent } = await session.folders();
      isWhole = await readFolder(services, workspaceId, mailbox, session, inbox);
      await readSent(services, workspaceId, mailbox, session, mailbox.sentFolder ?? sent);
      await settleFromSent(workspaceId, mailbox, session);
    } finally {
      await session.close();
    }
    await inWorkspace(workspaceId, (tx) => noteRead(tx, mailboxId, isWhole));
  } catch (error) {
    if (error instanceof AppError && error.code === "DATABASE_UNAVAILABLE") throw error;
    await inWorkspace(workspaceId, (tx) => noteUnread(tx, mailboxId, error));
  }
}

async function loadReadable(tx: Tx, id: string): Promise<Readable | null> {
  const row = await tx.mailbox.findFirst({ where: { id, removedAt: null, kind: "smtp" } });
  const servers = row && openServers(tx, row);
  return row && servers ? { id: row.id, address: row.address, sentFolder: row.sentFolder, lastReadAt: row.lastReadAt, servers } : null;
}

/** What a person of ours wrote to somebody here in their own mail program. A folder that cannot be opened keeps no answers from being read. */
async function readSent(
  services: Services,
  workspaceId: WorkspaceId,
  mailbox: Readable,
  session: InboxSession,
  folder: string | null,
): Promise<void> {
  if (!folder) return;
  try {
    await readFolder(services, workspaceId, mailbox, session, folder);
  } catch (error) {
    if (error instanceof AppError) throw error;
    logger.warn({ err: error, workspaceId, mailboxId: mailbox.id }, "the folder for sent mails could not be read");
  }
}

/** @returns false when more lies behind what one look takes */
async function readFolder(
  services: Services,
  workspaceId: WorkspaceId,
  mailbox: Readable,
  session: InboxSession,
  folder: string,
): Promise<boolean> {
  let from = await startOfLook(workspaceId, mailbox, session, folder);
  for (let page = 0; page < MOST_PAGES; page++) {
    const headers = await session.headersAfter(folder, from.lastUid, PAGE);
    const last = headers.at(-1);
    if (!last) return true;
    const wanted = await inWorkspace(workspaceId, (tx) => concerning(tx, headers));
    for (const header of headers) await take(services, workspaceId, mailbox, session, { folder, header, isWanted: wanted.has(header.uid) });
    // The place moves on only when everything before it is stored: a crash reads this page again, and the same bytes are one mail.
    from = await inWorkspace(workspaceId, (tx) => moveOn(tx, mailbox.id, folder, { ...from, lastUid: last.uid }));
    if (headers.length < PAGE) return true;
  }
  return false;
}

/** Where the last look ended. A folder that was rebuilt (other UIDVALIDITY) is read again from the day before the last look. */
async function startOfLook(
  workspaceId: WorkspaceId,
  mailbox: Readable,
  session: InboxSession,
  folder: string,
): Promise<{ uidValidity: bigint; lastUid: bigint }> {
  const state = await session.state(folder);
  const known = await inWorkspace(workspaceId, (tx) => tx.mailboxFolder.findFirst({ where: { mailboxId: mailbox.id, folder } }));
  if (known && known.uidValidity === state.uidValidity) return { uidValidity: known.uidValidity, lastUid: known.lastUid };
  let lastUid = state.uidNext - 1n;
  if (known) {
    const first = await session.firstUidSince(folder, new Date((mailbox.lastReadAt?.getTime() ?? 0) - DAY_MS));
    if (first !== null) lastUid = first - 1n;
  }
  return inWorkspace(workspaceId, (tx) => moveOn(tx, mailbox.id, folder, { uidValidity: state.uidValidity, lastUid }));
}

async function moveOn(
  tx: Tx,
  mailboxId: string,
  folder: string,
  place: { uidValidity: bigint; lastUid: bigint },
): Promise<{ uidValidity: bigint; lastUid: bigint }> {
  await tx.$executeRaw`
    insert into mailbox_folders (workspace_id, mailbox_id, folder, uid_validity, last_uid, checked_at)
    values (${tx.workspaceId}::uuid, ${mailboxId}::uuid, ${folder}, ${place.uidValidity}, ${place.lastUid}, ${tx.now})
    on conflict (workspace_id, mailbox_id, folder) do update set checked_at = excluded.checked_at, uid_validity = excluded.uid_validity,
      last_uid = case when mailbox_folders.uid_validity = excluded.uid_validity then greatest(mailbox_folders.last_uid, excluded.last_uid) else excluded.last_uid end`;
  return place;
}

async function take(
  services: Services,
  workspaceId: WorkspaceId,
  mailbox: Readable,
  session: InboxSession,
  mail: { folder: string; header: MailHeaders; isWanted: boolean },
): Promise<void> {
  const { header, folder, isWanted } = mail;
  if (header.from !== mailbox.address) await takeUnsubscribe(workspaceId, header);
  if (!isWanted && !header.isReport) return;
  const source = await session.source(folder, header.uid);
  if (!source) return;
  if (!isWanted && !(await inWorkspace(workspaceId, (tx) => isReportOfOurs(tx, mailbox, source)))) return;
  try {
    await receiveMail(services, workspaceId, { mailboxId: mailbox.id, raw: Buffer.from(source), receivedAt: header.receivedAt });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "TOO_LARGE") throw error;
    logger.warn({ workspaceId, mailboxId: mailbox.id, bytes: source.length }, "a mail was too large to store and was left in its mailbox");
  }
}

/** The mailto way of List-Unsubscribe: the signed token in the subject says who, whatever address it comes from. */
async function takeUnsubscribe(workspaceId: WorkspaceId, header: MailHeaders): Promise<void> {
  const token = /^unsubscribe\s+([\w-]{86})$/i.exec(header.subject.trim())?.[1];
  const claim = token ? readUnsubscribe(token) : null;
  if (!claim || claim.workspaceId !== workspaceId) return;
  try {
    await inWorkspace(workspaceId, (tx) => unsubscribe(tx, { ...claim, scope: "person" }));
  } catch (error) {
    // The mail that it came with is gone: a backup was put back, or the person was erased.
    if (!(error instanceof AppError) || error.code !== "NOT_FOUND") throw error;
  }
}

/** An uncertain mail that lies in the folder for sent mails was sent. Its absence shows nothing: not every server keeps a copy. */
async function settleFromSent(workspaceId: WorkspaceId, mailbox: Readable, session: InboxSession): Promise<void> {
  const folder = mailbox.sentFolder;
  if (!folder) return;
  const open = await inWorkspace(workspaceId, (tx) =>
    tx.message.findMany({
      where: { mailboxId: mailbox.id, status: "uncertain" },
      select: { id: true, messageIdHeader: true },
      orderBy: { dueAt: "desc" },
      take: 20,
    }),
  );
  for (const message of open) {
    if (!(await session.has(folder, message.messageIdHeader))) continue;
    await inWorkspace(workspaceId, (tx) => settleByEvidence(tx, { messageId: message.id, shows: "sent", by: "found in Sent" }));
  }
}

/** With answers still unread it does not count as read, so that follow-ups wait for them; it goes on at once. */
async function noteRead(tx: Tx, id: string, isWhole: boolean): Promise<void> {
  await tx.mailbox.updateMany({ where: { id }, data: { ...(isWhole && { lastReadAt: tx.now }), readError: null } });
  await tx.mailbox.updateMany({ where: { id, status: "cannot_read" }, data: { status: "ready" } });
  await setDue(tx, { kind: READ_DUE, subjectId: id, dueAt: new Date(tx.now.getTime() + (isWhole ? EVERY_MS : 0)) });
}

async function noteUnread(tx: Tx, id: string, error: unknown): Promise<void> {
  const problem = error instanceof MailServerError ? error.problem : null;
  if (!problem) logger.error({ err: error, mailboxId: id }, "reading a mailbox failed");
  const sentence = problem ? explainMailProblem(problem, "read").sentence : "Reading stopped half-way; it goes on in a minute.";
  await tx.mailbox.updateMany({ where: { id }, data: { readError: sentence } });
  if (problem) await tx.mailbox.updateMany({ where: { id, status: "ready" }, data: { status: "cannot_read" } });
  const isRefusal = problem !== null && ["sign-in-refused", "app-password-needed", "basic-auth-off", "imap-off"].includes(problem.code);
  await setDue(tx, { kind: READ_DUE, subjectId: id, dueAt: new Date(tx.now.getTime() + (isRefusal ? AFTER_REFUSAL_MS : EVERY_MS)) });
}
