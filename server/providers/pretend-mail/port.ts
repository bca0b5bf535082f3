export type PretendReply = {
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  messageId: string;
  inReplyTo: string;
  references: readonly string[];
  date: Date;
  headers?: Readonly<Record<string, string>>;
  /** the mail that is answered, quoted below as mail programs do */
  quoted?: { from: string; date: Date; text: string } | undefined;
  /** text/calendar with METHOD:REPLY */
  calendarReply?: string | undefined;
};

export type PretendBounce = {
  to: string;
  failedRecipient: string;
  original: { messageId: string; subject: string };
  messageId: string;
  date: Date;
};

/** Composes what pretend people and their mail servers send, as real MIME, so that it passes through the real reading path. */
export interface PretendMail {
  reply(mail: PretendReply): Promise<Buffer>;
  bounce(mail: PretendBounce): Promise<Buffer>;
}
