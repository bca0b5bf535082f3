import type { MailServer } from "#server/providers/mail-transport/port.ts";

export type { MailServer };

type FolderState = { uidValidity: bigint; uidNext: bigint };

export type MailHeaders = {
  uid: bigint;
  receivedAt: Date;
  from: string | null;
  /** To and Cc */
  to: readonly string[];
  subject: string;
  messageId: string | null;
  /** every Message-ID named in In-Reply-To and References */
  answers: readonly string[];
  /** multipart/report, or from a mail system */
  isReport: boolean;
  size: number;
};

/** A signed-in look into one mailbox. Reads only; nothing is marked as seen. */
export interface InboxSession {
  /** INBOX, and the folder for sent mails where the server has one. */
  folders(): Promise<{ inbox: string; sent: string | null }>;
  /** Where a folder stands now. */
  state(folder: string): Promise<FolderState>;
  /** The first UID that arrived on or after this day; null when there is none. */
  firstUidSince(folder: string, day: Date): Promise<bigint | null>;
  /** Headers of at most `limit` mails after this UID, oldest first. */
  headersAfter(folder: string, uid: bigint, limit: number): Promise<MailHeaders[]>;
  /** The whole source of one mail; null when it is gone. */
  source(folder: string, uid: bigint): Promise<Uint8Array | null>;
  /** Whether a mail with this Message-ID lies in the folder. */
  has(folder: string, messageId: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Reads a mailbox. */
export interface MailInbox {
  readonly name: string;
  /** Connects and signs in. @throws MailServerError, see mail-transport/port.ts */
  open(server: MailServer): Promise<InboxSession>;
}
