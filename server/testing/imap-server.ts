import { type AddressInfo, createServer, type Socket } from "node:net";

export type StoredMail = { uid: number; raw: Buffer; receivedAt: Date };
type Folder = { uidValidity: number; uidNext: number; mails: StoredMail[]; flag: string };

export type ImapServer = {
  port: number;
  /** Puts a mail into a folder (INBOX or Sent), as if it had arrived. */
  deliver: (folder: string, raw: Buffer | string, receivedAt?: Date) => number;
  /** A mailbox that was rebuilt: its old UIDs mean nothing. */
  renew: (folder: string) => void;
  /** Answers every search with NO, as a server does that is too busy; null: it searches again. */
  refuseSearch: (reason: string | null) => void;
  /** Every command line seen, without its tag. */
  commands: string[];
  close: () => Promise<void>;
};

export type ImapOptions = { password?: string; refuseSignIn?: string; withoutSent?: boolean };

/** A small IMAP4rev1 server on loopback, true to the protocol as far as a reader needs it: two folders, literals, UID FETCH and SEARCH, APPEND, IDLE. */
export async function startImapServer(options: ImapOptions = {}): Promise<ImapServer> {
  const folders = new Map<string, Folder>([["INBOX", { uidValidity: 1, uidNext: 1, mails: [], flag: "\\HasNoChildren" }]]);
  if (!options.withoutSent) folders.set("Sent", { uidValidity: 1, uidNext: 1, mails: [], flag: "\\HasNoChildren \\Sent" });
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const busy: Context["busy"] = { reason: null };
  const deliver = (name: string, raw: Buffer | string, receivedAt = new Date()): number => {
    const folder = folders.get(name);
    if (!folder) throw new Error(`no folder ${name}`);
    folder.mails.push({ uid: folder.uidNext, raw: Buffer.from(raw), receivedAt });
    return folder.uidNext++;
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    serve(socket, { options, folders, commands, deliver, busy });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    deliver,
    renew: (name) => {
      const folder = folders.get(name);
      if (!folder) return;
      folder.uidValidity += 1;
      folder.uidNext = 1;
      for (const mail of folder.mails) mail.uid = folder.uidNext++;
    },
    refuseSearch: (reason) => {
      busy.reason = reason;
    },
    commands,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

type Context = {
  options: ImapOptions;
  folders: Map<string, Folder>;
  commands: string[];
  deliver: (folder: string, raw: Buffer) => number;
  busy: { reason: string | null };
};

function serve(socket: Socket, context: Context): void {
  let [buffer, selected, idleTag]: [Buffer, Folder | null, string | null] = [Buffer.alloc(0), null, null];
  /** A command that waits for the rest of its literal. */
  let literal: { head: string; length: number } | null = null;
  const say = (line: string | Buffer) => socket.write(Buffer.concat([Buffer.from(line), Buffer.from("\r\n")]));
  say("* OK [CAPABILITY IMAP4rev1 UIDPLUS IDLE NAMESPACE SPECIAL-USE LITERAL+] ready");

  const run = (line: string, body: Buffer | null) => {
    if (idleTag && /^DONE$/i.test(line)) {
      say(`${idleTag} OK IDLE done`);
      idleTag = null;
      return;
    }
    const [, tag = "*", verb = "", rest = ""] = /^(\S+) ((?:UID )?\S+)(?: (.*))?$/i.exec(line) ?? [];
    context.commands.push(`${verb.toUpperCase()} ${rest}`.trim());
    const folderOf = (text: string) => context.folders.get(unquote(text.trim()).replace(/^inbox$/i, "INBOX"));
    switch (verb.toUpperCase()) {
      case "CAPABILITY":
        say("* CAPABILITY IMAP4rev1 UIDPLUS IDLE NAMESPACE SPECIAL-USE LITERAL+");
        return say(`${tag} OK done`);
      case "LOGIN": {
        const words = rest.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
        if (context.options.refuseSignIn) return say(`${tag} NO ${context.options.refuseSignIn}`);
        const isRight = context.options.password === undefined || unquote(words[1] ?? "") === context.options.password;
        return say(isRight ? `${tag} OK signed in` : `${tag} NO [AUTHENTICATIONFAILED] Invalid credentials`);
      }
      case "NAMESPACE":
        say('* NAMESPACE (("" "/")) NIL NIL');
        return say(`${tag} OK done`);
      case "LIST":
      case "LSUB": {
        const isRoot = /""\s+""$/.test(rest);
        if (isRoot) say('* LIST (\\Noselect) "/" ""');
        else for (const [name, folder] of context.folders) say(`* ${verb.toUpperCase()} (${folder.flag}) "/" "${name}"`);
        return say(`${tag} OK done`);
      }
      case "SELECT":
      case "EXAMINE": {
        selected = folderOf(rest.replace(/ \(.*\)$/, "")) ?? null;
        if (!selected) return say(`${tag} NO [NONEXISTENT] no such folder`);
        say(`* ${selected.mails.length} EXISTS`);
        say("* FLAGS (\\Seen)");
        say(`* OK [UIDVALIDITY ${selected.uidValidity}] .`);
        say(`* OK [UIDNEXT ${selected.uidNext}] .`);
        return say(`${tag} OK [${verb.toUpperCase() === "EXAMINE" ? "READ-ONLY" : "READ-WRITE"}] done`);
      }
      case "STATUS": {
        const folder = folderOf(/^("(?:[^"\\]|\\.)*"|\S+)/.exec(rest)?.[1] ?? "");
        if (!folder) return say(`${tag} NO no such folder`);
        say(
          `* STATUS ${/^\S+/.exec(rest)?.[0]} (MESSAGES ${folder.mails.length} UIDNEXT ${folder.uidNext} UIDVALIDITY ${folder.uidValidity})`,
        );
        return say(`${tag} OK done`);
      }
      case "UID SEARCH":
        if (context.busy.reason) return say(`${tag} NO ${context.busy.reason}`);
        say(`* SEARCH ${searched(selected, rest).join(" ")}`.trimEnd());
        return say(`${tag} OK done`);
      case "UID FETCH":
        for (const answer of fetched(selected, rest)) say(answer);
        return say(`${tag} OK done`);
      case "APPEND": {
        const folder = folderOf(/^("(?:[^"\\]|\\.)*"|\S+)/.exec(rest)?.[1] ?? "");
        if (!folder || !body) return say(`${tag} NO [TRYCREATE] no such folder`);
        const uid = context.deliver(unquote(/^("(?:[^"\\]|\\.)*"|\S+)/.exec(rest)?.[1] ?? ""), body);
        return say(`${tag} OK [APPENDUID ${folder.uidValidity} ${uid}] done`);
      }
      case "IDLE":
        idleTag = tag;
        return say("+ idling");
      case "NOOP":
      case "ENABLE":
      case "ID":
      case "CLOSE":
      case "UNSELECT":
        return say(`${tag} OK done`);
      case "LOGOUT":
        say("* BYE");
        say(`${tag} OK done`);
        return void socket.end();
      default:
        return say(`${tag} BAD unknown command`);
    }
  };

  socket.on("data", (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      if (literal) {
        if (buffer.length < literal.length) return;
        const body = buffer.subarray(0, literal.length);
        buffer = buffer.subarray(literal.length);
        const { head } = literal;
        literal = null;
        const end = buffer.indexOf("\r\n");
        buffer = buffer.subarray(end < 0 ? 0 : end + 2);
        // A literal in LOGIN or SEARCH is a string like any other; only APPEND takes it as a body.
        if (/ APPEND /i.test(head)) run(head, body);
        else run(`${head}"${body.toString()}"`, null);
        continue;
      }
      const end = buffer.indexOf("\r\n");
      if (end < 0) return;
      const line = buffer.subarray(0, end).toString();
      buffer = buffer.subarray(end + 2);
      const announced = /\{(\d+)(\+?)\}$/.exec(line);
      if (!announced) {
        run(line, null);
        continue;
      }
      literal = { head: line.slice(0, announced.index), length: Number(announced[1]) };
      if (!announced[2]) socket.write("+ go on\r\n");
    }
  });
}

const unquote = (text: string) => text.replace(/^"(.*)"$/, "$1").replace(/\\(.)/g, "$1");

function inSet(set: string, uid: number, last: number): boolean {
  return set.split(",").some((part) => {
    const [from = "", to = from] = part.split(":");
    const value = (text: string) => (text === "*" ? last : Number(text));
    const [low, high] = [Math.min(value(from), value(to)), Math.max(value(from), value(to))];
    return uid >= low && uid <= high;
  });
}

function searched(folder: Folder | null, query: string): number[] {
  const mails = folder?.mails ?? [];
  const last = mails.at(-1)?.uid ?? 0;
  const set = /\bUID (\S+)/i.exec(query)?.[1];
  const header = /HEADER "?([\w-]+)"? (?:"([^"]*)"|(\S+))/i.exec(query);
  const since = /\bSINCE "?(\d{1,2}-\w{3}-\d{4})"?/i.exec(query)?.[1];
  const text = header?.[2] ?? header?.[3] ?? "";
  return mails
    .filter((mail) => !since || mail.receivedAt.getTime() >= Date.parse(`${since} UTC`))
    .filter((mail) => !set || inSet(set, mail.uid, last))
    .filter(
      (mail) =>
        !header || (new RegExp(`^${header[1]}:(.*)$`, "im").exec(headOf(mail.raw))?.[1] ?? "").toLowerCase().includes(text.toLowerCase()),
    )
    .map((mail) => mail.uid);
}

function fetched(folder: Folder | null, rest: string): Buffer[] {
  const mails = folder?.mails ?? [];
  const set = /^\S+/.exec(rest)?.[0] ?? "";
  return mails.flatMap((mail, index) => {
    if (!inSet(set, mail.uid, mails.at(-1)?.uid ?? 0)) return [];
    const parts: Buffer[] = [Buffer.from(`UID ${mail.uid}`)];
    if (/RFC822\.SIZE/i.test(rest)) parts.push(Buffer.from(` RFC822.SIZE ${mail.raw.length}`));
    if (/INTERNALDATE/i.test(rest)) parts.push(Buffer.from(` INTERNALDATE "${internalDate(mail.receivedAt)}"`));
    const fields = /BODY\.PEEK\[HEADER\.FIELDS \(([^)]*)\)\]/i.exec(rest);
    if (fields) {
      const wanted = (fields[1] ?? "").toLowerCase().split(/\s+/).map(unquote);
      const lines = headOf(mail.raw)
        .split(/\r\n(?![ \t])/)
        .filter((line) => wanted.includes(line.slice(0, line.indexOf(":")).toLowerCase()));
      parts.push(withLiteral(` BODY[HEADER.FIELDS (${fields[1]})]`, Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1")));
    }
    const whole = /BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?/i.exec(rest);
    if (whole)
      parts.push(
        withLiteral(
          whole[1] ? ` BODY[]<${whole[1]}>` : " BODY[]",
          whole[2] ? mail.raw.subarray(Number(whole[1]), Number(whole[1]) + Number(whole[2])) : mail.raw,
        ),
      );
    return [Buffer.concat([Buffer.from(`* ${index + 1} FETCH (`), ...parts, Buffer.from(")")])];
  });
}

const withLiteral = (name: string, body: Buffer) => Buffer.concat([Buffer.from(`${name} {${body.length}}\r\n`), body]);
const headOf = (raw: Buffer) => raw.toString("latin1").split("\r\n\r\n")[0] ?? "";

function internalDate(at: Date): string {
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(at.getUTCDate())}-${months[at.getUTCMonth()]}-${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
}
