import { appendFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";

export type SinkOptions = {
  /** Every DATA that begins and every mail that was taken, one line of JSON each, written before the answer. */
  logFile?: string;
  /** Between the final dot and the answer to it. */
  answerAfterMs?: number | (() => number);
  password?: string;
  /** Refuses sign-in with this answer. */
  refuseSignIn?: string;
  onMail?: (mail: { raw: Buffer; to: string }) => void;
};

export type SinkLine = { event: "data" | "taken"; at: number; to: string; messageId: string };
export type Sink = { port: number; lines: SinkLine[]; close: () => Promise<void> };

class Answer extends Error {
  readonly responseCode: number;
  constructor(code: number, text: string) {
    super(text);
    this.responseCode = code;
  }
}

/**
 * An SMTP server that takes mail on loopback and keeps count. What a recipient's name says, it does: defer-rcpt, refuse-rcpt, defer-data,
 * refuse-data, drop-at-rcpt (hangs up), drop-after-data (takes the mail, hangs up without an answer).
 */
export async function startSink(options: SinkOptions = {}): Promise<Sink> {
  const lines: SinkLine[] = [];
  const note = (line: SinkLine) => {
    lines.push(line);
    if (options.logFile) appendFileSync(options.logFile, `${JSON.stringify(line)}\n`);
  };
  const hangUp = new WeakMap<object, () => void>();
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    authOptional: true,
    logger: false,
    onAuth(auth, _session, callback) {
      if (options.refuseSignIn) return callback(new Answer(535, options.refuseSignIn));
      if (options.password !== undefined && auth.password !== options.password)
        return callback(new Answer(535, "5.7.8 Error: authentication failed"));
      callback(null, { user: auth.username ?? "somebody" });
    },
    onRcptTo({ address }, session, callback) {
      if (address.startsWith("defer-rcpt")) return callback(new Answer(451, "4.3.0 try again later"));
      if (address.startsWith("refuse-rcpt")) return callback(new Answer(550, "5.1.1 no such user"));
      if (address.startsWith("policy-rcpt")) return callback(new Answer(550, "5.7.1 you may not send here"));
      if (address.startsWith("drop-at-rcpt")) return hangUp.get(session)?.();
      callback();
    },
    onData(stream: SMTPServerDataStream, session, callback) {
      const to = session.envelope.rcptTo[0]?.address ?? "";
      const begun = Date.now();
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks);
        const messageId = /^Message-ID:\s*(<[^>]+>)/im.exec(raw.toString("latin1"))?.[1] ?? "";
        note({ event: "data", at: begun, to, messageId });
        if (to.startsWith("defer-data")) return callback(new Answer(452, "4.3.1 no room just now"));
        if (to.startsWith("refuse-data")) return callback(new Answer(554, "5.6.0 not wanted"));
        note({ event: "taken", at: Date.now(), to, messageId });
        options.onMail?.({ raw, to });
        if (to.startsWith("drop-after-data")) return hangUp.get(session)?.();
        const { answerAfterMs = 0 } = options;
        setTimeout(() => callback(null), typeof answerAfterMs === "number" ? answerAfterMs : answerAfterMs());
      });
    },
  });
  server.on("error", () => {});
  // The session object is what handlers are given; the connection that belongs to it is known to the server alone.
  const internal = server as unknown as { connections: Set<{ session: object; _socket: { destroy: () => void } }> };
  server.server.on("connection", () =>
    setImmediate(() => {
      for (const connection of internal.connections) hangUp.set(connection.session, () => connection._socket.destroy());
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    lines,
    close: () =>
      new Promise((resolve) => {
        for (const connection of internal.connections) connection._socket.destroy();
        server.close(() => resolve());
      }),
  };
}
