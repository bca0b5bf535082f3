/** How a mailbox's mail server is reached. */
export type MailServer = { host: string; port: number; security: "tls" | "starttls" | "none"; user: string; password: string };

/** The mailbox that a mail leaves from. A sandbox mailbox has no server. */
export type MailAccount = { mailboxId: string; address: string; displayName: string; server: MailServer | null };

export type OutgoingMail = {
  to: string;
  subject: string;
  text: string;
  html: string | null;
  /** text/calendar; the METHOD inside it becomes the part's method */
  calendar: string | null;
  /** with angle brackets; the same on every attempt */
  messageId: string;
  inReplyTo: string | null;
  references: readonly string[];
  date: Date;
  /** List-Unsubscribe: the mailto address always, the https link only when it reaches us (then with one-click). Null for mails to ourselves. */
  unsubscribe: { mailto: string; url: string | null } | null;
  /** RFC 3834: set on mails that nobody typed and that must not be answered by a machine. */
  isAutomatic?: boolean;
};

/**
 * What the other side proved.
 * - accepted: it took the mail.
 * - refused: it did not and never will (5xx).
 * - not_accepted: it did not, and may later: no connection, a connection lost before the mail was handed over, or 4xx.
 * - unknown: the mail was handed over and the answer never came.
 */
export type SendOutcome =
  | { kind: "accepted"; response: string; providerId: string | null }
  | { kind: "refused"; response: string; scope: "recipient" | "mail" | "sender" }
  | { kind: "not_accepted"; response: string; cause: "unreachable" | "sign-in" | "lost" | "later" }
  | { kind: "unknown"; response: string };

/** An open, signed-in connection that waits for one mail. */
export interface MailSession {
  readonly account: MailAccount;
  /** Gives it back unused. */
  release(): void;
}

/** Why a server could not be used, in a closed set, with what it said. `explainMailError` makes the sentence. */
export type MailProblem = { code: MailProblemCode; host: string; said: string };
type MailProblemCode =
  | "host-not-found"
  | "host-not-allowed"
  | "no-connection"
  | "no-answer"
  | "tls-failed"
  | "starttls-missing"
  | "sign-in-refused"
  | "app-password-needed"
  | "basic-auth-off"
  | "imap-off"
  | "protocol";

export class MailServerError extends Error {
  override readonly name = "MailServerError";
  readonly problem: MailProblem;
  constructor(problem: MailProblem, options: { cause?: unknown } = {}) {
    super(`${problem.code} at ${problem.host}`, options);
    this.problem = problem;
  }
}

/** Hands a mail to the world. Only server/sending/commands/send-message.ts calls `send`. */
export interface MailTransport {
  readonly name: string;
  /** Sessions of one mailbox that are open at the same time. */
  readonly atOnce: number;
  /** Connects and signs in, or takes a connection that waits. @throws MailServerError */
  open(account: MailAccount): Promise<MailSession>;
  /** Hands over one mail and gives the session back. Never throws for what the other side did. */
  send(session: MailSession, mail: OutgoingMail): Promise<SendOutcome>;
  /** Closes every connection. */
  close(): Promise<void>;
}
