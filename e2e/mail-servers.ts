import { type ImapServer, startImapServer } from "../server/testing/imap-server.ts";
import { type Sink, startSink } from "../server/testing/smtp-sink.ts";

export type SentMail = { to: string; raw: string };
export type MailServers = {
  smtp: Sink;
  imap: ImapServer;
  /** What was sent to others than the mailbox itself. */
  sent: SentMail[];
  /** Puts somebody's answer to a sent mail into the mailbox. */
  answer: (mail: SentMail, fromName: string, text: string) => void;
  close: () => Promise<void>;
};

/** Two real mail servers on loopback that hold one mailbox: what it sends to itself comes back. */
export async function startMailServers(address: string, password: string): Promise<MailServers> {
  const sent: SentMail[] = [];
  const imap = await startImapServer({ password });
  const smtp = await startSink({
    password,
    onMail: ({ raw, to }) => {
      if (to === address) imap.deliver("INBOX", raw);
      else sent.push({ to, raw: raw.toString() });
    },
  });
  const answer = (mail: SentMail, fromName: string, text: string) => {
    const messageId = header(mail, "Message-ID");
    const lines = [
      `From: ${fromName} <${mail.to}>`,
      `To: <${address}>`,
      `Subject: Re: ${header(mail, "Subject")}`,
      `Date: ${new Date().toUTCString()}`,
      `Message-ID: <answer-${Date.now()}@${mail.to.split("@")[1]}>`,
      `In-Reply-To: ${messageId}`,
      `References: ${messageId}`,
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "",
      text,
      "",
    ];
    imap.deliver("INBOX", lines.join("\r\n"));
  };
  return { smtp, imap, sent, answer, close: async () => void (await Promise.all([smtp.close(), imap.close()])) };
}

export function header(mail: SentMail, name: string): string {
  return new RegExp(`^${name}:\\s*(.*(?:\\r?\\n[ \\t].*)*)`, "im").exec(mail.raw)?.[1]?.replace(/\r?\n[ \t]+/g, " ") ?? "";
}
